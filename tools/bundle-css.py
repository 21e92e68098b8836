#!/usr/bin/env python3
"""Make the one stylesheet that is served: bundle-css.py OUT FILE... (in the order given).

Comments and needless whitespace go; nothing else changes, so that a rule can be found again by
searching for it. A file named dark.css is written twice: as it stands, for <html data-theme="dark">,
and for systems that prefer dark, unless the page asks for light. NAME=URL arguments rewrite
url("NAME"), for served names that carry a hash.
"""
import re
import sys

# Strings pass through untouched, and so do /*! comments: they name an author and a licence.
TOKEN = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|/\*!.*?\*/)|/\*.*?\*/""", re.S)


def squeeze(css):
    kept = []

    def put_aside(match):
        if not match.group(1):
            return " "                     # a comment separates like a space does
        kept.append(match.group(1))
        return f"\0{len(kept) - 1}\0"

    css = TOKEN.sub(put_aside, css)
    css = re.sub(r"\s+", " ", css)
    # Never around + - * / ( ) or a bare colon: there a space can carry meaning.
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    css = re.sub(r"([{;][\w-]+): ", r"\1:", css)
    css = css.replace(";}", "}").strip()
    return re.sub(r"\0(\d+)\0", lambda m: kept[int(m.group(1))], css)


def for_system(css):
    """The same dark block, for systems set to dark."""
    selector = ":root[data-theme=dark]"
    if css.count(selector) != 1 or css.count("@media screen") != 1:
        sys.exit("dark.css: expected one block for :root[data-theme=dark] in @media screen")
    css = css.replace(selector, ":root:not([data-theme=light])")
    return css.replace("@media screen", "@media screen and (prefers-color-scheme:dark)")


def check(name, css):
    """A brace too many would silently swallow the next file's rules."""
    bare = TOKEN.sub(" ", css)
    if bare.count("{") != bare.count("}"):
        sys.exit(f"{name}: {bare.count('{')} opening braces, {bare.count('}')} closing")


def main(args):
    urls = dict(a.split("=", 1) for a in args[1:] if "=" in a)
    out = []
    for name in (a for a in args[1:] if "=" not in a):
        with open(name, encoding="utf-8") as source:
            css = source.read()
        check(name, css)
        out.append(squeeze(css))
        if re.search(r"(^|/)dark\.css$", name):
            out.append(for_system(out[-1]))
    text = "\n".join(out) + "\n"
    for name, url in urls.items():
        if f'url("{name}")' not in text:
            sys.exit(f"{name}: no such url in the stylesheet")
        text = text.replace(f'url("{name}")', f'url("{url}")')
    with open(args[0], "w", encoding="utf-8") as target:
        target.write(text)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1:])
