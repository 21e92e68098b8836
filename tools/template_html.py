"""What templates.py knows of HTML: where in a page a piece of a template stands, and what must not be
written there. It follows the tags character by character and refuses whatever would make that place
doubtful, so that the escaping chosen for a value is right in every browser."""
import copy
import re
from dataclasses import dataclass, field


class TemplateError(Exception):
    """A mistake in a template, at a line and column counted from 1."""

    def __init__(self, line, column, text):
        super().__init__(text)
        self.line, self.column, self.text = line, column, text


VOID = set("area br col hr img input link meta source track wbr".split())
# They change how the rest is parsed, fetch or run something, or move (DESIGN: figures do not move).
REFUSED_TAGS = set("""style iframe object embed base applet frame frameset noembed noframes noscript
    plaintext xmp math template portal foreignobject animate animatetransform animatemotion
    set""".split())
PREFORMATTED = {"pre", "textarea"}  # their white space counts; a first newline is dropped by browsers
TEXT_ONLY = {"title", "textarea"}   # no tags inside (title of an svg too)
UNISOLATED = TEXT_ONLY | {"option", "svg"}  # no <bdi> inside; each text of theirs stands by itself anyway
# A browser closes <p> before these, whatever we wrote.
CLOSES_P = set("""address article aside blockquote details div dl fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul""".split())
NOT_INSIDE = {"a": {"a", "button"}, "button": {"a", "button"}, "form": {"form"}}

URL_ATTRIBUTES = set("""href src action formaction cite poster ping data background manifest xlink:href
    hx-get hx-post hx-put hx-patch hx-delete hx-push-url hx-replace-url
    hx-sse:connect""".split())
RESOURCE_TAGS = {"script", "link", "use", "image"}  # what they load is never chosen by data
HX_VALUES = {"hx-target", "hx-select", "hx-swap-oob", "hx-include", "hx-indicator"}
READ_ALOUD = set("""alt title placeholder label aria-label aria-description aria-roledescription
    aria-valuetext aria-placeholder""".split())

TAG_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
ATTRIBUTE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9:._-]*")
ENTITY = re.compile(r"&(#[0-9]+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


@dataclass
class Attribute:
    name: str
    line: int
    column: int
    text: str = ""         # its literal parts
    has_value: bool = False  # a value or directive stands in it
    starts_with_value: bool = False
    is_open_url: bool = False  # a whole URL was put: a letter or colon after it could change its scheme

    def base_name(self):
        """htmx 4 writes hx-get:inherited."""
        return self.name.partition(":inherited")[0]

    def is_url(self):
        return self.base_name() in URL_ATTRIBUTES


@dataclass
class Element:
    name: str
    line: int
    column: int
    translate: bool = True
    needs_csrf: bool = False


@dataclass
class Html:
    """The place reached. Modes: text, tag (between attributes), equals (after a name), value, closing."""
    is_in_loop: int = 0
    mode: str = "text"
    stack: list = field(default_factory=list)
    tag: Element = None
    attributes: dict = field(default_factory=dict)
    attribute: Attribute = None
    ids: set = field(default_factory=set)
    last: str = ""  # last character written, to drop indentation

    # ---- branches ----

    def fork(self):
        return copy.deepcopy(self)

    def shape(self):
        names = tuple(e.name for e in self.stack)
        return self.mode, names, self.tag and self.tag.name, self.attribute and self.attribute.name

    def join(self, others, line, column):
        """Several ways led here: they must have led to the same place."""
        for other in others:
            if other.shape() != self.shape():
                raise TemplateError(line, column, "the branches end at different places: "
                                    "each must close the tags it opens")
            self.ids |= other.ids
            for name, attribute in other.attributes.items():
                self.attributes.setdefault(name, attribute)
            for mine, theirs in zip(self.stack, other.stack):
                mine.needs_csrf |= theirs.needs_csrf
            if self.attribute:
                self.attribute.has_value |= other.attribute.has_value
                self.attribute.starts_with_value |= other.attribute.starts_with_value
                self.attribute.is_open_url |= other.attribute.is_open_url
                for attribute in (self.attribute, other.attribute):
                    self.check_scheme(attribute)
                self.attribute.text = self.attribute.text or other.attribute.text
            if other.last != self.last:
                self.last = ""

    # ---- literal text ----

    def feed(self, text, line, column):
        """Follows `text`, which begins at line and column. Returns what of it is to be written."""
        out = []
        at = 0
        while at < len(text):
            step = getattr(self, "in_" + self.mode)
            taken, written = step(text, at, line, column)
            piece = text[at:at + taken]
            at += taken
            for c in piece:
                line, column = (line + 1, 1) if c == "\n" else (line, column + 1)
            out.append(self.without_indent(written))
        return "".join(out)

    def without_indent(self, text):
        if self.mode == "value" or any(e.name in PREFORMATTED for e in self.stack):
            self.last = text[-1:]
            return text
        kept = []
        for c in text:
            if self.last == "\n" and c in " \t\n":
                continue
            kept.append(c)
            self.last = c
        return "".join(kept)

    def parent(self):
        return self.stack[-1].name if self.stack else ""

    def in_text(self, text, at, line, column):
        c = text[at]
        if self.parent() == "script" and not text.startswith("</script>", at):
            raise TemplateError(line, column, "inline script: put it in a file under assets/")
        if text.startswith("</", at):
            return self.close_tag(text, at, line, column)
        if c == "<":
            return self.open_tag(text, at, line, column)
        if c == "&":
            return self.entity(text, at, line, column)
        if c.isalpha() and self.is_translated():
            raise TemplateError(line, column, 'text outside {{_ "…"}}: translate it, or put '
                                'translate="no" on its element')
        return 1, c

    def is_translated(self):
        return not self.stack or self.stack[-1].translate

    def entity(self, text, at, line, column):
        match = ENTITY.match(text, at)
        if not match:
            raise TemplateError(line, column, "a bare &: write &amp;")
        return len(match[0]), match[0]

    def open_tag(self, text, at, line, column):
        if text[at:at + 9].lower() == "<!doctype":
            end = text.index(">", at) + 1
            return end - at, text[at:end]
        if text.startswith("<!", at):
            raise TemplateError(line, column, "an HTML comment would be sent: write {{! … }}")
        if self.parent() in TEXT_ONLY:
            raise TemplateError(line, column, f"a tag inside <{self.parent()}>")
        match = TAG_NAME.match(text, at + 1)
        if not match:
            raise TemplateError(line, column, "a bare < or a tag name that is not literal")
        name = match[0]
        self.check_tag(name, line, column)
        self.mode, self.tag, self.attributes = "tag", Element(name, line, column), {}
        return 1 + len(name), "<" + name

    def check_tag(self, name, line, column):
        open_names = {e.name for e in self.stack}
        if name.lower() in REFUSED_TAGS:
            raise TemplateError(line, column, f"<{name}> is refused (doc/templates.md)")
        if name != name.lower() and "svg" not in open_names:
            raise TemplateError(line, column, f"<{name}>: tag names are lower case")
        if name in CLOSES_P and "p" in open_names:
            raise TemplateError(line, column, f"<{name}> inside <p>: browsers close the <p> before it")
        clash = NOT_INSIDE.get(name, set()) & open_names
        if clash:
            raise TemplateError(line, column, f"<{name}> inside <{clash.pop()}>")

    def close_tag(self, text, at, line, column):
        match = re.compile(r"</([A-Za-z][A-Za-z0-9-]*)>").match(text, at)
        if not match:
            raise TemplateError(line, column, "a malformed end tag")
        if not self.stack or self.stack[-1].name != match[1]:
            wanted = f"</{self.stack[-1].name}>" if self.stack else "nothing"
            raise TemplateError(line, column, f"{match[0]} where {wanted} is to be closed")
        if self.stack.pop().needs_csrf:
            raise TemplateError(line, column, 'a form with method="post" needs {{csrf}}')
        return len(match[0]), match[0]

    def in_tag(self, text, at, line, column):
        c = text[at]
        if c == ">":
            return 1, self.finish_tag(">")
        if text.startswith("/>", at):
            if self.tag.name != "svg" and not any(e.name == "svg" for e in self.stack):
                raise TemplateError(line, column, f"<{self.tag.name} />: only inside svg")
            return 2, self.finish_tag("/>")
        if c.isspace():
            return 1, c
        match = ATTRIBUTE_NAME.match(text, at)
        if not match:
            raise TemplateError(line, column, f"{c!r} inside a tag")
        name = match[0].lower()
        self.check_attribute_name(name, line, column)
        self.attribute = self.attributes[name] = Attribute(name, line, column)
        self.mode = "equals"
        return len(match[0]), match[0]

    def check_attribute_name(self, name, line, column):
        if name in self.attributes:
            raise TemplateError(line, column, f"a second {name}")
        if name == "style" or name == "srcdoc":
            raise TemplateError(line, column, f"{name} is refused: looks belong to assets/jalon.css")
        if name.startswith("data-hx-"):
            raise TemplateError(line, column, f"{name}: write {name[5:]}, whose rules are known here")
        if name.startswith("on") or name.startswith("hx-on"):
            raise TemplateError(line, column, f"{name} is refused: no inline handlers")

    def in_equals(self, text, at, line, column):
        if text.startswith('="', at):
            self.mode = "value"
            return 2, '="'
        if text[at] == "=":
            raise TemplateError(line, column, "an attribute value without double quotes")
        self.attribute = None
        self.mode = "tag"
        return 0, ""

    def in_value(self, text, at, line, column):
        c = text[at]
        if c == '"':
            self.attribute = None
            self.mode = "tag"
            return 1, c
        if c == "&":
            taken, written = self.entity(text, at, line, column)
        else:
            taken, written = 1, c
        if self.attribute.is_open_url and c not in "?#/":
            raise TemplateError(line, column, "after a whole address only / ? or # may follow")
        self.attribute.is_open_url = False
        self.attribute.text += written
        if c.isalpha() and self.attribute.name in READ_ALOUD and self.is_translated() and \
                self.attributes.get("translate", Attribute("", 0, 0)).text != "no":
            raise TemplateError(line, column, f'text in {self.attribute.name} outside {{{{_ "…"}}}}')
        return taken, written

    def finish_tag(self, end):
        tag, attributes = self.tag, self.attributes
        for attribute in attributes.values():
            self.check_attribute(attribute)
        if tag.name == "script" and "src" not in attributes:
            raise TemplateError(tag.line, tag.column, "<script> without src: no inline script")
        if "http-equiv" in attributes and any(
                attributes[name].has_value for name in ("http-equiv", "content") if name in attributes):
            raise TemplateError(tag.line, tag.column, "a value in <meta http-equiv>")
        self.mode, self.tag, self.attributes = "text", None, {}
        if tag.name in VOID or end == "/>":
            return end
        if tag.name == "form":
            if "novalidate" in attributes:
                raise TemplateError(tag.line, tag.column, "novalidate: every form gets it, unwritten")
            end = " novalidate" + end  # else browsers refuse in their own words and language
        is_off = "translate" in attributes and attributes["translate"].text == "no"
        tag.translate = self.is_translated() and not is_off
        tag.needs_csrf = tag.name == "form" and "method" in attributes and \
            attributes["method"].text.lower() == "post"
        self.stack.append(tag)
        return end + "\n" if tag.name in PREFORMATTED else end

    def check_attribute(self, a):
        text = a.text.strip().lower()
        self.check_scheme(a)
        if a.base_name() == "hx-trigger" and "[" in text:
            raise TemplateError(a.line, a.column, "a condition in hx-trigger needs eval")
        if a.name == "id" and not a.has_value:
            self.check_id(a)
        if a.is_url() and not a.starts_with_value:
            self.check_literal_url(a, text)

    def check_scheme(self, a):
        scheme = re.match(r"\s*(js|javascript|vbscript|data):", a.text.lower())
        if scheme:
            raise TemplateError(a.line, a.column, f"{scheme[1]}: in {a.name} is refused")

    def check_id(self, a):
        if a.text in self.ids:
            raise TemplateError(a.line, a.column, f'a second id="{a.text}"')
        if self.is_in_loop:
            raise TemplateError(a.line, a.column, f'id="{a.text}" would repeat with each {{{{#each}}}}')
        self.ids.add(a.text)

    def check_literal_url(self, a, text):
        if text.startswith(("#", "?")) and len(text) + a.has_value > 1:
            return
        if text.startswith(("https://", "http://", "mailto:")) and self.tag.name == "a":
            return
        if a.base_name() in ("hx-push-url", "hx-replace-url") and text in ("true", "false"):
            return
        raise TemplateError(a.line, a.column, f'{a.name}="{a.text}": write {{{{url "/…"}}}} or '
                            '{{asset "…"}}, which know where the site is mounted')

    # ---- values and directives ----

    def value(self, line, column):
        """A value stands here. Returns how it is escaped: text, plain, attribute, url or component."""
        if self.mode == "text":
            self.refuse_in_script(line, column)
            self.last = ""
            return self.text_kind()
        a = self.in_attribute(line, column)
        if self.tag.name in RESOURCE_TAGS or a.name == "srcset":
            raise TemplateError(line, column, f"a value in {a.name} of <{self.tag.name}>: what is "
                                "loaded is not chosen by data")
        if a.name.startswith("hx-") and a.base_name() not in URL_ATTRIBUTES | HX_VALUES:
            raise TemplateError(line, column, f"a value in {a.name}: htmx may run it")
        if a.is_url():
            if self.begin_value(a):
                return "component"
            a.is_open_url = True
            return "url"
        self.begin_value(a)
        return "attribute"

    def text_kind(self):
        """How a value is written here, also one within a translated text."""
        is_plain = self.mode != "text" or any(e.name in UNISOLATED for e in self.stack)
        return "plain" if is_plain else "text"

    def address(self, line, column):
        """{{url}} or {{asset}} stands here."""
        if self.mode != "value" or not self.attribute.is_url():
            raise TemplateError(line, column, "an address outside href, src, action …")
        if self.begin_value(self.attribute):
            raise TemplateError(line, column, "an address stands at the start of its attribute")

    def markup(self, what, line, column):
        """Markup stands here: {{@ }}, {{> }}, {{csrf}}, {{icon}}."""
        self.refuse_in_script(line, column)
        if self.mode != "text" or self.parent() in TEXT_ONLY:
            raise TemplateError(line, column, f"{what} between tags only")
        self.last = ""

    def csrf(self, line, column):
        self.markup("{{csrf}}", line, column)
        for element in self.stack:
            element.needs_csrf = False

    def begin_value(self, attribute):
        """Marks that a value stands in it. True when something stands before."""
        has_more_before = bool(attribute.text) or attribute.has_value
        attribute.starts_with_value |= not has_more_before
        attribute.has_value = True
        return has_more_before

    def in_attribute(self, line, column):
        if self.mode != "value":
            raise TemplateError(line, column, "a value inside a tag, outside quotes")
        return self.attribute

    def refuse_in_script(self, line, column):
        if self.parent() == "script":
            raise TemplateError(line, column, "a value inside <script>")

    def settle(self):
        """A directive follows: an attribute without a value ends here."""
        if self.mode == "equals":
            self.mode, self.attribute = "tag", None

    def finish(self, line, column):
        if self.mode != "text":
            raise TemplateError(line, column, "the template ends inside a tag")
        if self.stack:
            e = self.stack[-1]
            raise TemplateError(e.line, e.column, f"<{e.name}> is not closed")
