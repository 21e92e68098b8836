#!/usr/bin/env python3
"""Renders sample.html with hostile texts in every place and reads it back as a browser would: the
text comes back unchanged, the tags and attributes are those of the template."""
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

HOSTILE = [
    "<script>alert(1)</script>",
    "</p></title></textarea><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=\"alert(1)",
    "javascript:alert(1)",
    "JAVASCRIPT:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "//example.org/x",
    "\\\\example.org\\x",
    "https://example.org/\"onclick=\"alert(1)",
    "<!-- --><![CDATA[ ]]>",
    "&amp;&lt;&#60;&",
    "{text} {{m->text}} {n}",
    "../../etc/passwd",
    "..",
    "?a=b&c=d#e",
    "%00%3Cscript%3E",
    "`<svg/onload=alert(1)>`",
    "<a href=\"javascript:alert(1)\">x</a>",
    "ümlaut œuvre \u202f% 日本 🦊 \u2028\u202e",
    "\\u003cscript\\u003e",
    "</bdi>\u05e9<bdi>",
    "</bdi><bdi>",
    "a" * 5000 + "<" * 5000,
]
SAFE_SCHEMES = {"", "http", "https", "mailto"}
VOID = {"input", "link", "use"}


class Page(HTMLParser):
    """The shape of a page (tags and attribute names) and what stands in it, by id or tag."""

    def __init__(self, text):
        super().__init__()
        self.shape, self.texts, self.attributes, self.open = [], {}, {}, []
        self.isolated = 0  # <bdi> around text that may turn, and their ends
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "bdi" and not attrs:
            self.isolated += 1
            return
        self.shape.append((tag, [name for name, _ in attrs]))
        key = dict(attrs).get("id") or tag
        self.attributes[key] = dict(attrs)
        if tag not in VOID:
            self.open.append(key)

    def handle_endtag(self, tag):
        if tag == "bdi":
            self.isolated += 1
            return
        self.shape.append(("/" + tag, []))
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data):
        if self.open:
            self.texts[self.open[-1]] = self.texts.get(self.open[-1], "") + data

    def handle_comment(self, data):
        self.shape.append(("comment", []))

    def handle_decl(self, decl):
        self.shape.append(("declaration", []))

    unknown_decl = handle_pi = handle_comment


def render(program, text):
    done = subprocess.run([program], input=text.encode(), stdout=subprocess.PIPE, check=True)
    return Page(done.stdout.decode())


def faults(page, plain, text):
    """What is wrong with `page`, rendered with `text`."""
    if page.shape != plain.shape:
        yield "tags or attributes differ"
        return
    # Each of the five places where an element can stand; a C string is our own.
    if page.isolated != (10 if "\u202e" in text or "\u05e9" in text else 0):
        yield f"{page.isolated} tags isolate"
    expected = {
        "the text": (page.texts["text"], text),
        "a C string": (page.texts["c"], text),
        "the title": (page.texts["title"], text),
        "the text area": (page.texts["textarea"], "\n" + text),
        "a placeholder": (page.texts["filled"], "About " + text),
        "an attribute": (page.attributes["attribute"]["title"], text),
        "a placeholder in an attribute": (page.attributes["filled"]["aria-label"], "About " + text),
        "an input": (page.attributes["input"]["value"], text),
    }
    for what, (got, want) in expected.items():
        if got != want:
            yield f"{what} is {got[:60]!a}"
    whole = page.attributes["whole"]["href"]
    if urlsplit(whole).scheme.lower() not in SAFE_SCHEMES or any(c <= " " for c in whole):
        yield f"the address is {whole[:60]!a}"
    segment = "-" if text in (".", "..") else text
    part = page.attributes["part"]["href"]
    if [unquote(p) for p in urlsplit(part).path.split("/")] != ["", "data", "c", segment, "q"]:
        yield f"the address with parts is {part[:60]!a}"
    if unquote(urlsplit(part).fragment) != segment:
        yield f"the fragment of {part[:60]!a}"


def main():
    program = sys.argv[1]
    plain = render(program, "x")
    print(f"1..{len(HOSTILE)}")
    for number, text in enumerate(HOSTILE, 1):
        wrong = list(faults(render(program, text), plain, text))
        # A name in TAP ends at # or a backslash may escape: letters and digits are enough.
        name = "".join(c if c.isalnum() else " " for c in text[:40])
        print(f"{'not ' if wrong else ''}ok {number} - survives {name.encode('ascii', 'replace').decode()}")
        for fault in wrong:
            print(f"# {fault}")


if __name__ == "__main__":
    main()
