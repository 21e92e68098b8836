#!/usr/bin/env python3
"""Compiles HTML templates into C functions (doc/templates.md states the language).

    templates.py [--icons SPRITE.svg] [--french FR.po] --header NAME_tpl.h --outdir DIR PAGE.html…

writes DIR/PAGE_tpl.c for each page, and DIR/NAME_tpl.h with the prototypes of all of them."""
import argparse
import re
import sys
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

from po import c_string, translations_of
from template_html import Html, TemplateError

# gcc promises literals of 4095 characters at least (C17, 5.2.4.1) and warns past that.
LITERAL_MAX = 2000

# As enum language names them; a page's own texts are written once for each.
LANGUAGES = ("LANG_FR", "LANG_EN")
ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&#34;", "'": "&#39;"})

EXPRESSION_TOKEN = re.compile(
    r"\s*(->|&&|\|\||==|!=|<=|>=|[A-Za-z_]\w*|[0-9]+|[.\[\]()!<>+\-*/%&])")
STRING = re.compile(r'"((?:[^"\\]|\\["\\])*)"')
PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
HEAD = re.compile(r'template\s+(\w+)\((?:struct\s+(\w+)\s+(\w+))?\)((?:\s+uses(?:\s+"[^"]+")+)?)\s*$')
EACH = re.compile(r"#each\s+(\w+)\s+in\s+(.+?)\s+:\s+(.+)$", re.S)
URL_LITERAL = re.compile(r"/[A-Za-z0-9/_.~?=&{}-]*$")
BLOCK = re.compile(r"template\b|#|/|else\b|!")


@dataclass
class Piece:
    """A literal text or the inside of a {{directive}}."""
    is_directive: bool
    text: str
    line: int
    column: int


@dataclass
class Message:
    context: str
    id: str
    plural: str
    line: int


@dataclass
class Template:
    """A compiled page."""
    source: str
    name: str = ""
    struct: str = ""   # of its model; empty when it takes none
    model: str = ""
    uses: list = field(default_factory=list)
    c: str = ""
    messages: list = field(default_factory=list)


# ---- cutting the file into pieces ----

def position(text, at):
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def directive_end(text, start):
    """Offset of the }} that ends the directive at `start`, past strings."""
    at = start
    while at < len(text):
        if text[at] == '"' and not text.startswith("{{!", start):
            match = STRING.match(text, at)
            if not match:
                break
            at = match.end()
        elif text.startswith("}}", at):
            return at
        else:
            at += 1
    raise TemplateError(*position(text, start), "a directive that does not end")


def pieces_of(text):
    pieces, at = [], 0
    while at < len(text):
        start = text.find("{{", at)
        start = len(text) if start < 0 else start
        if start > at:
            pieces.append(Piece(False, text[at:start], *position(text, at)))
        if start == len(text):
            break
        end = directive_end(text, start)
        pieces.append(Piece(True, text[start + 2:end].strip(), *position(text, start)))
        at = end + 2
    drop_block_lines(pieces)
    return pieces


def drop_block_lines(pieces):
    """A line that holds only {{#if …}} and the like leaves nothing in the page."""
    for i, piece in enumerate(pieces):
        if not (piece.is_directive and BLOCK.match(piece.text)):
            continue
        before = pieces[i - 1] if i > 0 else None
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        if before and (before.is_directive or not re.search(r"(\n|^)[ \t]*$", before.text)):
            continue
        if before and "\n" not in before.text and before.column != 1:
            continue
        if after and (after.is_directive or not re.match(r"[ \t]*\n", after.text)):
            continue
        if before:
            before.text = re.sub(r"[ \t]*$", "", before.text)
        if after:
            cut = after.text.index("\n") + 1
            after.text, after.line, after.column = after.text[cut:], after.line + 1, 1


# ---- C text ----

def chunks(text):
    data, at = text.encode(), 0
    while at < len(data):
        end = min(at + LITERAL_MAX, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:
            end -= 1
        yield data[at:end].decode()
        at = end


class Compiler:
    def __init__(self, source, text, icons=None, french=None):
        self.source, self.text, self.icons = source, text, icons
        self.french = french or {}  # (context, id) → forms; what is missing stays English
        self.template = Template(source)
        self.html = Html()
        self.blocks = []   # (kind, line, column, states, where it began)
        self.pending = dict.fromkeys(LANGUAGES, "")  # own text not yet written
        self.values = {}   # of the placeholders of the text at hand
        self.lines = []
        self.at = (1, 1)

    def compile(self):
        pieces = pieces_of(self.text.rstrip("\n"))
        if not pieces or not pieces[0].is_directive:
            raise TemplateError(1, 1, "the first line is {{template name(struct model m) uses \"header.h\"}}")
        self.at = (pieces[0].line, pieces[0].column)
        self.head(pieces[0].text)
        for piece in pieces[1:]:
            self.at = (piece.line, piece.column)
            if piece.is_directive:
                self.html.settle()
                self.directive(piece.text)
            else:
                self.literal(self.html.feed(piece.text, piece.line, piece.column))
        self.flush()
        if self.blocks:
            kind, line, column = self.blocks[-1][:3]
            raise TemplateError(line, column, f"{{{{#{kind}}}}} is not closed")
        self.html.finish(*position(self.text, len(self.text)))
        self.template.c = "".join(line + "\n" for line in self.lines)
        return self.template

    def fail(self, text):
        raise TemplateError(*self.at, text)

    def head(self, text):
        match = HEAD.match(text)
        if not match:
            self.fail("the first line is {{template name(struct model m) uses \"header.h\"}}")
        name, struct, model, uses = match.groups()
        if model == "v":
            self.fail("the model cannot be called v")
        self.template.name, self.template.struct, self.template.model = name, struct or "", model or ""
        self.template.uses = [m[1] for m in STRING.finditer(uses)]

    # ---- writing ----

    def statement(self, code):
        """A C statement that the compiler reports at the template's line."""
        self.flush()
        self.lines.append(f"#line {self.at[0]} {c_string(self.source)}")
        self.lines.append("\t" + code)

    def literal(self, text):
        for language in LANGUAGES:
            self.pending[language] += text

    def flush(self):
        """Writes what is pending: one text when it is the same in all languages."""
        texts = [self.pending[language] for language in LANGUAGES]
        if len(set(texts)) == 1:
            for chunk in chunks(texts[0]):
                self.lines.append(f"\tview_literal(v, {c_string(chunk)});")
        else:
            for parts in zip_longest(*map(chunks, texts), fillvalue=""):
                self.lines.append(f"\tview_translated(v, {', '.join(map(c_string, parts))});")
        self.pending = dict.fromkeys(LANGUAGES, "")

    # ---- directives ----

    def directive(self, text):
        for pattern, method in DIRECTIVES:
            match = re.match(pattern, text, re.S)
            if match:
                method(self, text[match.end():].strip(), text)
                return
        self.fail(f"no such directive: {{{{{text}}}}}")

    def comment(self, rest, text):
        pass

    def begin_if(self, rest, text):
        self.statement(f"if ({self.expression(rest)}) {{")
        self.blocks.append(["if", *self.at, self.html.fork(), []])

    def begin_else(self, rest, text):
        if not self.blocks or self.blocks[-1][0] != "if":
            self.fail("{{else}} without {{#if}}")
        _, _, _, start, ends = self.blocks[-1]
        condition = ""
        if start is None:
            self.fail("a branch after {{else}}")
        if rest:
            match = re.match(r"if\b(.+)$", rest, re.S)
            if not match:
                self.fail("{{else}} or {{else if …}}")
            condition = f"if ({self.expression(match[1])}) "
        ends.append(self.html)
        self.statement("} else " + condition + "{")
        self.html = start.fork()
        if not rest:
            self.blocks[-1][3] = None

    def begin_each(self, rest, text):
        match = EACH.match(text)
        if not match:
            self.fail("{{#each item in array : count}}")
        name, array, count = match.groups()
        if name in ("v", self.template.model):
            self.fail(f"the item cannot be called {name}")
        array, count, i = self.expression(array), self.expression(count), name + "_index"
        self.statement(f"for (size_t {i} = 0; {i} < (size_t)({count}); {i}++) {{")
        self.lines.append(f"\tconst __typeof__(*({array})) *{name} = &({array})[{i}];")
        self.lines.append(f"\t(void){name};")
        self.blocks.append(["each", *self.at, self.html.fork(), []])
        self.html.is_in_loop += 1

    def end(self, rest, text):
        kind = text[1:].strip()
        if not self.blocks or self.blocks[-1][0] != kind:
            self.fail(f"{{{{/{kind}}}}} without {{{{#{kind}}}}}")
        _, _, _, start, ends = self.blocks.pop()
        self.statement("}")
        self.html.join(ends + ([start] if start else []), *self.at)
        if kind == "each":
            self.html.is_in_loop -= 1

    def call(self, rest, text):
        match = re.match(r"(\w+)\((.*)\)$", rest, re.S)
        if not match:
            self.fail("{{> template(model)}}")
        self.html.markup("{{> }}", *self.at)
        argument = ", " + self.expression(match[2]) if match[2].strip() else ""
        self.statement(f"{match[1]}(v{argument});")

    def raw(self, rest, text):
        self.html.markup("{{@ }}", *self.at)
        self.statement(f"view_html_put(v, {self.expression(rest)});")

    def csrf(self, rest, text):
        self.html.csrf(*self.at)
        self.statement("view_csrf(v);")

    def icon(self, rest, text):
        name, rest = self.string(rest)
        if rest or not re.match(r"[a-z-]+$", name):
            self.fail('{{icon "name"}}')
        if self.icons is not None and name not in self.icons:
            self.fail(f"no icon {name!r} in the sprite")
        self.html.markup("{{icon}}", *self.at)
        self.literal('<svg class="ic" aria-hidden="true" focusable="false"><use href="')
        self.statement('view_asset(v, "icons.svg");')
        self.literal(f'#i-{name}"/></svg>')

    def asset(self, rest, text):
        name, rest = self.string(rest)
        if rest:
            self.fail('{{asset "name"}}')
        self.html.address(*self.at)
        self.statement(f"view_asset(v, {c_string(name)});")

    def url(self, rest, text):
        path, rest = self.string(rest)
        arguments = self.arguments(rest)
        parts = path.split("{}")
        if not URL_LITERAL.match(path) or "{" in "".join(parts):
            self.fail('{{url "/path/{}" value}}: letters, digits, / _ . ~ ? = & - and {}')
        if len(arguments) != len(parts) - 1:
            self.fail(f"{len(parts) - 1} places and {len(arguments)} values")
        self.html.address(*self.at)
        self.statement("view_base_path(v);")
        for i, part in enumerate(parts):
            self.literal(part.replace("&", "&amp;"))
            if i < len(arguments):
                self.statement(f"view_component(v, {arguments[i]});")

    def value(self, rest, text):
        expression = self.expression(text)
        function = VALUE_FUNCTIONS[self.html.value(*self.at)]
        self.statement(f"{function}(v, {expression});")

    # ---- translated texts ----

    def translated(self, rest, text):
        message, rest = self.string(rest)
        self.check_message("", message, "", self.words(rest))
        self.put_message(self.texts("", message, message, 0))

    def in_context(self, rest, text):
        context, rest = self.string(rest)
        message, rest = self.string(rest)
        self.check_message(context, message, "", self.words(rest))
        self.put_message(self.texts(context, message, message, 0))

    def plural(self, rest, text):
        one, rest = self.string(rest)
        other, rest = self.string(rest)
        words = self.words(rest)
        if not words:
            self.fail('{{_n "{n} point" "{n} points" count}}')
        self.check_message("", one, other, ["n=" + words[0]] + words[1:])
        self.statement(f"if (plural_form(v->language, (int64_t)({words[0]})) == 0) {{")
        self.put_message(self.texts("", one, one, 0))
        self.statement("} else {")
        self.put_message(self.texts("", one, other, 1))
        self.statement("}")

    def check_message(self, context, one, other, words):
        """Sees that the text may stand here and has its placeholders; keeps what they are to say."""
        names = {}
        for word in words:
            name, equals, value = word.partition("=")
            if not equals or not re.match(r"[a-z0-9_]+$", name):
                self.fail(f"{word!r}: placeholders are given as name=value")
            names[name] = self.expression(value)
        if set(names) != set(PLACEHOLDER.findall(one + other)) or len(names) != len(words):
            self.fail("the placeholders of the text are not the names given")
        if self.html.value(*self.at) not in ("text", "plain", "attribute"):
            self.fail("a translated text in an address")
        self.template.messages.append(Message(context, one, other, self.at[0]))
        self.values = names

    def texts(self, context, message, english, form):
        """The text in each language, cut at its placeholders, whose names are the odd parts."""
        french = self.french.get((context, message), [])
        said = {"LANG_FR": french[form] if form < len(french) else english, "LANG_EN": english}
        return {language: PLACEHOLDER.split(said[language]) for language in LANGUAGES}

    def put_message(self, texts):
        if len({tuple(parts[1::2]) for parts in texts.values()}) == 1:
            self.put_parts(texts)
            return
        for i, language in enumerate(LANGUAGES):
            condition = f"if (v->language == {language}) " if i + 1 < len(LANGUAGES) else ""
            self.statement(("} else " if i else "") + condition + "{")
            self.put_parts(dict.fromkeys(LANGUAGES, texts[language]))
        self.statement("}")

    def put_parts(self, texts):
        """Texts whose placeholders come in the same order in all languages."""
        for i, name in enumerate(texts[LANGUAGES[0]]):
            if i % 2 == 0:
                for language in LANGUAGES:
                    self.pending[language] += texts[language][i].translate(ENTITIES)
            elif name in self.values:
                function = VALUE_FUNCTIONS[self.html.text_kind()]
                self.statement(f"{function}(v, {self.values[name]});")
            else:
                self.literal("{" + name + "}")

    # ---- arguments ----

    def string(self, text):
        match = STRING.match(text)
        if not match or not match[1]:
            self.fail("a text in double quotes is missing")
        return re.sub(r"\\(.)", r"\1", match[1]), text[match.end():].strip()

    def words(self, text):
        """Cut at spaces, but not inside brackets."""
        words, depth, word = [], 0, ""
        for c in text + " ":
            depth += (c in "([") - (c in ")]")
            if c.isspace() and depth == 0:
                words += [word] if word else []
                word = ""
            else:
                word += c
        if word.strip():
            self.fail("unbalanced brackets")
        return words

    def arguments(self, text):
        return [self.expression(word) for word in self.words(text)]

    def expression(self, text):
        """A C expression without calls, assignments or literals other than numbers."""
        tokens, at, text = [], 0, text.strip()
        while at < len(text):
            match = EXPRESSION_TOKEN.match(text, at)
            if not match:
                self.fail(f"not allowed in an expression: {text[at:].strip()[:20]!r}")
            tokens.append(match[1])
            at = match.end()
        for left, right in zip(tokens, tokens[1:]):
            if right == "(" and (left[0].isalpha() or left[0] in "_)]"):
                self.fail("a call in an expression: compute it in the page's code")
            if left in "+-&" and left == right:
                self.fail(f"{left}{right} in an expression")
        if not tokens or tokens.count("(") != tokens.count(")") or tokens.count("[") != tokens.count("]"):
            self.fail("a malformed expression")
        if "v" in tokens:
            self.fail("a template sees its model only")
        return text


VALUE_FUNCTIONS = {
    "text": "view_put",
    "plain": "view_put_plain",
    "attribute": "view_put_attribute",
    "url": "view_put_url",
    "component": "view_component",
}

DIRECTIVES = (
    (r"!", Compiler.comment),
    (r"#if\b", Compiler.begin_if),
    (r"#each\b", Compiler.begin_each),
    (r"else\b", Compiler.begin_else),
    (r"/", Compiler.end),
    (r">", Compiler.call),
    (r"@", Compiler.raw),
    (r"_n(?=\s)", Compiler.plural),
    (r"_c(?=\s)", Compiler.in_context),
    (r"_(?=\s)", Compiler.translated),
    (r"asset(?=\s)", Compiler.asset),
    (r"url(?=\s)", Compiler.url),
    (r"icon(?=\s)", Compiler.icon),
    (r"csrf$", Compiler.csrf),
    (r"(?=[A-Za-z(*])", Compiler.value),
)


# ---- files ----

def prototype(template):
    model = f", const struct {template.struct} *{template.model}" if template.struct else ""
    return f"void {template.name}(struct view *v{model})"


def c_file(template, header):
    includes = "".join(f'#include "{name}"\n' for name in ["view/view.h"] + template.uses + [header])
    unused = f"\t(void){template.model};\n" if template.struct else ""
    return (f"/* Made from {Path(template.source).name} by tools/templates.py. */\n{includes}\n"
            f"{prototype(template)}\n{{\n\t(void)v;\n{unused}{template.c}}}\n")


def header_file(templates, header):
    guard = "JALON_" + re.sub(r"\W", "_", header.upper())
    structs = sorted({"view"} | {t.struct for t in templates if t.struct})
    forward = "".join(f"struct {name};\n" for name in structs)
    prototypes = "".join(prototype(t) + ";\n" for t in templates)
    return (f"/* Made by tools/templates.py. */\n#ifndef {guard}\n#define {guard}\n\n"
            f"{forward}\n{prototypes}\n#endif\n")


def compile_file(path, icons=None, french=None):
    return Compiler(str(path), Path(path).read_text(encoding="utf-8"), icons, french).compile()


def icon_names(path):
    return set(re.findall(r'id="i-([a-z-]+)"', Path(path).read_text(encoding="utf-8")))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--icons", help="the sprite that {{icon}} draws from")
    parser.add_argument("--french", help="the catalogue of the texts' French")
    parser.add_argument("--header", required=True)
    parser.add_argument("--outdir", required=True)
    parser.add_argument("pages", nargs="+")
    options = parser.parse_args()
    icons = icon_names(options.icons) if options.icons else None
    french = translations_of(options.french) if options.french else {}
    outdir, templates = Path(options.outdir), []
    for page in options.pages:
        try:
            template = compile_file(page, icons, french)
        except TemplateError as e:
            sys.exit(f"{page}:{e.line}:{e.column}: {e.text}")
        templates.append(template)
        output = outdir / (Path(page).stem + "_tpl.c")
        output.write_text(c_file(template, options.header), encoding="utf-8")
    (outdir / options.header).write_text(header_file(templates, options.header), encoding="utf-8")


if __name__ == "__main__":
    main()
