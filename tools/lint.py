#!/usr/bin/env python3
"""The rules of the house that no compiler checks, one test each, as TAP.

    lint.py [--root DIR] [RULE...]      all rules, or those named; `lint.py --list` names them

What is at fault is told as "# path:line: why". test/lint/lint_test.py breaks every rule on purpose."""

import argparse
import json
import posixpath
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

FILE_LINES_MAX = 1000
FUNCTION_LINES_MAX = 100
HALF_UNDER = 20  # lines of half of the functions
NINE_TENTHS_UNDER = 60
SAMPLE_MIN = 20  # functions, before the shares above mean anything

# Memory that is not an arena's, with the reason. `free` is also how foreign libraries hand memory over.
MALLOC_ALLOWED = {
    "src/db/fake_faults.c": "lives as long as a database, which no arena outlives",
    "src/db/writer.c": "lives as long as the writer's thread",
    "src/http/call.c": "a call outlives any arena: it is kept and used again",
    "src/http/conns.c": "lives as long as a connection",
    "src/http/request.c": "a later write outlives its request",
    "src/http/server.c": "holds the process's own arena",
    "src/document/pdf_finish.c": "libqpdf returns memory of malloc's",
}
# Rules that need a program beside Python; without it they are skipped, and say so.
NEEDED = {"formatting": "clang-format"}
# Embedded files that the build makes or takes from npm.
ASSETS_MADE = {"htmx.js", "hx-sse.js", "jalon.css", "overpass.woff2"}

TEXT_SUFFIXES = {".c", ".css", ".h", ".html", ".js", ".json", ".md", ".po", ".py", ".sh", ".sql", ".txt",
                 ".yaml", ".yml"}


class Fault(NamedTuple):
    path: str
    line: int
    why: str


class Tree:
    """The files of a source tree; texts are read once."""

    def __init__(self, root):
        self.root = Path(root)
        self.paths = sorted(self.list_files())
        self.texts = {}

    def list_files(self):
        git = ["git", "-C", str(self.root), "ls-files", "--cached", "--others", "--exclude-standard"]
        if (self.root / ".git").exists():
            names = subprocess.run(git, check=True, capture_output=True, text=True).stdout.splitlines()
            return {name for name in names if (self.root / name).is_file()}
        return {str(p.relative_to(self.root)) for p in self.root.rglob("*") if p.is_file()}

    def text(self, path):
        if path not in self.texts:
            # Bytes, because reading as text would hide carriage returns.
            self.texts[path] = (self.root / path).read_bytes().decode()
        return self.texts[path]

    def lines(self, path):
        return self.text(path).splitlines()

    def match(self, pattern):
        return [path for path in self.paths if re.fullmatch(pattern, path)]

    def sources(self):
        """The C files and headers of the program."""
        return self.match(r"src/.*\.[ch]")


RULES = {}


def rule(function):
    """Makes a function from a Tree to Faults a rule, called as it is but with dashes."""
    RULES[function.__name__.replace("_", "-")] = function
    return function


def code_only(text):
    """`text` with comments and the insides of literals blanked, line by line as it was."""
    token = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(match):
        whole = match[0]
        if whole[0] in "\"'":
            return whole[0] + whole[0]
        return " " + "\n" * whole.count("\n")

    return token.sub(blank, text)


# ---- rooms ----

def read_rooms(tree):
    """Room -> rooms it may include, from the table of ARCHITECTURE.md."""
    rooms = {}
    for line in tree.lines("ARCHITECTURE.md"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 4 or not re.fullmatch(r"`\w+/`", cells[0]):
            continue
        room = cells[0].strip("`/")
        above = set(rooms)
        named = set(re.findall(r"\w+", cells[2])) & above
        rooms[room] = {room} | (above if "everything above" in cells[2] else named)
    return rooms


def includes(text):
    """(line, path) of each #include "…"."""
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(r'#include "([^"]+)"', line)
        if match:
            yield number, match[1]


def include_fault(rooms, path, included):
    room, inner = path.split("/")[1], path.split("/")[2:-1]
    target = included.split("/")[0]
    if "/" not in included:
        return f'"{included}" is not written from src/'
    if target not in rooms:
        return f'"{included}" is in no room of ARCHITECTURE.md'
    if target not in rooms[room]:
        return f"{room}/ may not use {target}/"
    if target != room and included.endswith("_priv.h"):
        return f'"{included}" is the inside of {target}/'
    if target == room and included.count("/") > 1:
        neighbour = included.split("/")[1:-1]
        is_public = included.split("/")[-1] == f"{neighbour[0]}.h"
        if inner and neighbour != inner and not is_public:
            return f'"{included}" is the inside of {neighbour[0]}/'
    return None


@rule
def rooms(tree):
    """Includes go down the table of ARCHITECTURE.md, never into another room's inside."""
    table = read_rooms(tree)
    if not table:
        yield Fault("ARCHITECTURE.md", 1, "no table of rooms")
    for path in tree.match(r"src/\w+/.*\.[ch]"):
        if path.split("/")[1] not in table:
            yield Fault(path, 1, f"{path.split('/')[1]}/ is no room of ARCHITECTURE.md")
            continue
        for line, included in includes(tree.text(path)):
            why = include_fault(table, path, included)
            if why:
                yield Fault(path, line, why)


@rule
def own_header_first(tree):
    """x.c begins with its own header, which so proves to need nothing before it."""
    for path in tree.match(r"src/.*\.c"):
        own = path[len("src/"):-1] + "h"
        if f"src/{own}" not in tree.paths:
            continue
        for number, line in enumerate(tree.lines(path), 1):
            if line.startswith("#include"):
                # The inside of a room's contract includes the contract.
                if line not in (f'#include "{own}"', f'#include "{own[:-2]}_priv.h"'):
                    yield Fault(path, number, f'"{own}" comes first')
                break


@rule
def guards(tree):
    """A header's guard is derived from its path."""
    for path in tree.match(r"src/.*\.h"):
        guard = "JALON_" + re.sub(r"[^A-Z0-9]", "_", path[len("src/"):].upper())
        lines = tree.lines(path)
        if f"#ifndef {guard}" not in lines or f"#define {guard}" not in lines:
            yield Fault(path, 1, f"the guard is {guard}")


# ---- sizes ----

def functions(text):
    """(line, name, number of lines in the body) of each function: a brace alone in the first column
    opens one, in our layout, and nothing else."""
    lines = code_only(text).splitlines()
    for start, line in enumerate(lines):
        if line != "{":
            continue
        end = next((i for i in range(start, len(lines)) if lines[i] == "}"), len(lines))
        head = " ".join(lines[max(0, start - 6):start])
        names = re.findall(r"(\w+)\s*\(", head.split(";")[-1].split("}")[-1])
        yield start + 1, names[-1] if names else "?", end - start - 1


@rule
def file_sizes(tree):
    """A file has at most 1,000 lines."""
    for path in tree.match(r"(src|test|tools|bench)/.*\.(c|h|py|js)"):
        n = len(tree.lines(path))
        if n > FILE_LINES_MAX:
            yield Fault(path, n, f"{n} lines; at most {FILE_LINES_MAX}")


@rule
def function_sizes(tree):
    """A function has at most 100 lines; half have under 20, nine in ten under 60."""
    sizes = []
    for path in tree.match(r"src/.*\.c"):
        for line, name, n in functions(tree.text(path)):
            sizes.append(n)
            if n > FUNCTION_LINES_MAX:
                yield Fault(path, line, f"{name}() has {n} lines; at most {FUNCTION_LINES_MAX}")
    for share, limit in ((50, HALF_UNDER), (90, NINE_TENTHS_UNDER)):
        under = sum(n < limit for n in sizes)
        if len(sizes) >= SAMPLE_MIN and under * 100 < share * len(sizes):
            yield Fault("src", 0, f"{under} of {len(sizes)} functions have under {limit} lines; "
                                  f"{share} in 100 must")


def size_summary(tree):
    sizes = sorted(n for path in tree.match(r"src/.*\.c") for _, _, n in functions(tree.text(path)))
    if not sizes:
        return "no functions"
    at = lambda share: sizes[min(len(sizes) - 1, len(sizes) * share // 100)]
    return f"{len(sizes)} functions: median {at(50)} lines, nine in ten at most {at(90)}, longest {sizes[-1]}"


# ---- C ----

@rule
def file_comments(tree):
    """A file begins by saying what it is."""
    for path in tree.sources():
        if not tree.text(path).startswith("/*"):
            yield Fault(path, 1, "no comment says what this file is")


def paragraphs(lines):
    """(number of the first line, lines) of each run of lines that are not blank."""
    start = 0
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            continue
        if number > start:
            yield start + 1, lines[start:number]
        start = number + 1


@rule
def header_comments(tree):
    """Every function of a public header is under a comment: its own, or its group's."""
    prototype = re.compile(r"(?!static|typedef|return)[A-Za-z_][\w\s*]*\b([a-z]\w*)\(")
    for path in tree.match(r"src/\w+/\w+\.h"):
        if path.endswith("_priv.h"):
            continue
        for first, lines in paragraphs(tree.lines(path)):
            commented = False
            for number, line in enumerate(lines, first):
                commented = commented or "/*" in line
                match = prototype.match(line)
                if match and not commented:
                    yield Fault(path, number, f"{match[1]}() has no comment")


@rule
def enum_switches(tree):
    """A switch over an enum has no `default:`, so that the compiler tells a value without its case."""
    for path in tree.sources():
        stack = []
        for number, line in enumerate(code_only(tree.text(path)).splitlines(), 1):
            depth = len(line) - len(line.lstrip("\t"))
            if re.match(r"\t*switch \(", line):
                stack = [entry for entry in stack if entry[0] < depth] + [(depth, [], [])]
            stack = [entry for entry in stack if entry[0] <= depth or not line.strip()]
            if not stack or depth != stack[-1][0]:
                continue
            labels, defaults = stack[-1][1:]
            case = re.match(r"\t*case (.*?):", line)
            if case:
                labels.append(case[1])
            elif re.match(r"\t*default:", line):
                defaults.append(number)
            elif line.strip() == "}":
                if labels and all(re.fullmatch(r"[A-Z][A-Z0-9_]*", label) for label in labels):
                    for at in defaults:
                        yield Fault(path, at, "`default:` in a switch over an enum")
                stack.pop()


@rule
def arenas(tree):
    """Memory comes from arenas: malloc and free only where a reason is stated."""
    for path in tree.sources():
        if path in MALLOC_ALLOWED:
            continue
        for number, line in enumerate(code_only(tree.text(path)).splitlines(), 1):
            match = re.search(r"(?<![\w.>])(malloc|calloc|realloc|free|strdup|asprintf)\(", line)
            if match:
                yield Fault(path, number, f"{match[1]}()")


@rule
def sql(tree):
    """SQL is in queries.sql and in src/db/, nowhere else."""
    words = re.compile(r'"[^"\n]*\b(SELECT\s.*\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|'
                       r'(?:CREATE|DROP|ALTER)\s+TABLE|PRAGMA)\b')
    for path in tree.sources():
        if path.startswith("src/db/"):
            continue
        for number, line in enumerate(tree.lines(path), 1):
            if words.search(line):
                yield Fault(path, number, "SQL in C")


@rule
def formatting(tree):
    """clang-format finds nothing to change (./dev fmt)."""
    paths = tree.match(r"(src|test|bench)/.*\.[ch]")
    if not paths:
        return
    run = subprocess.run(["clang-format", "--dry-run", "--style=file", *paths], cwd=tree.root,
                         capture_output=True, text=True, check=False)
    seen = Counter()
    for match in re.finditer(r"^(.+?):(\d+):\d+: warning", run.stderr, re.M):
        seen[match[1]] += 1
        if seen[match[1]] == 1:
            yield Fault(match[1], int(match[2]), "not as clang-format writes it")


# ---- any text ----

@rule
def whitespace(tree):
    """No space or tab at the end of a line, no tab in YAML, a line feed at the end of a file."""
    for path in tree.paths:
        if Path(path).suffix not in TEXT_SUFFIXES or path.startswith(("test/fuzz/corpus/", "LICENSE")):
            continue
        try:
            text = tree.text(path)
        except UnicodeDecodeError:
            yield Fault(path, 1, "not UTF-8")
            continue
        for number, line in enumerate(text.split("\n"), 1):
            if line != line.rstrip(" \t\r"):
                yield Fault(path, number, "space at the end of the line")
            if "\t" in line and path.endswith((".yaml", ".yml")):
                yield Fault(path, number, "a tab")
            if re.match(r" {8}", line) and path.endswith((".c", ".h")):
                yield Fault(path, number, "indented with spaces")
        if text and not text.endswith("\n"):
            yield Fault(path, text.count("\n") + 1, "no line feed at the end")


@rule
def decisions(tree):
    """Decision records are NNNN-name.md, one number each, and all are in the README's list."""
    seen = {}
    index = "doc/decisions/README.md"
    listed = "\n".join(tree.lines(index)) if index in tree.paths else ""
    for path in tree.match(r"doc/decisions/.*"):
        if path == index:
            continue
        match = re.fullmatch(r"doc/decisions/(\d{4})-[a-z0-9-]+\.md", path)
        if not match:
            yield Fault(path, 1, "a decision record is called NNNN-name.md")
        elif match[1] in seen:
            yield Fault(path, 1, f"number {match[1]} is {seen[match[1]]}")
        else:
            seen[match[1]] = path
            if index in tree.paths and f"({path.rsplit('/', 1)[1]})" not in listed:
                yield Fault(index, 1, f"{path} is not in the list")


@rule
def links(tree):
    """Links of the manual lead to a file, and the sources that it names are there; CONTRIBUTING.md also names new ones."""
    for path in tree.match(r"(doc/.*|[A-Z]+(\.fr)?)\.md"):
        for number, line in enumerate(tree.lines(path), 1):
            for target in re.findall(r'\]\(([^)#:]+)[^):]*\)| src="([^":]+)"', line):
                found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target[0] or target[1]))
                if not any(known == found or known.startswith(f"{found}/") for known in tree.paths):
                    yield Fault(path, number, f"{found} is not there")
            for name in re.findall(r"`((?:src|test|tools|sql|packs|assets|bench)/[\w./-]+\.\w+)`", line):
                if name not in tree.paths and path != "CONTRIBUTING.md":
                    yield Fault(path, number, f"{name} is not there")


def named(tree, pattern):
    """(path, line, name) of each name that `pattern` finds in pages and in C."""
    for path in tree.match(r"src/.*\.(html|c|h)"):
        for number, line in enumerate(tree.lines(path), 1):
            for match in re.finditer(pattern, line):
                yield path, number, next(filter(None, match.groups()))


@rule
def icons(tree):
    """Every icon named in a page or in C is in the sprite."""
    sprites = tree.match(r"assets/icons\.svg")
    known = set(re.findall(r'id="i-([a-z0-9-]+)"', tree.text(sprites[0]))) if sprites else set()
    pattern = r'\{\{icon "([^"]+)"|icons\.svg#i-([a-z0-9-]+)|\bview_icon\([^,]*,\s*"([^"]+)"'
    for path, line, name in named(tree, pattern):
        if name not in known:
            yield Fault(path, line, f"no icon is called {name}")


@rule
def assets(tree):
    """Every embedded file named in a page or in C is in assets/, or made by the build."""
    known = {Path(path).name for path in tree.match(r"assets/.*")} | ASSETS_MADE
    pattern = r'\{\{asset "([^"]+)"|\b(?:view_asset|asset_url)\([^,]*,\s*"([^"]+)"'
    for path, line, name in named(tree, pattern):
        if name not in known:
            yield Fault(path, line, f"no asset is called {name}")


@rule
def styles(tree):
    """Every style sheet is in the bundle that pages load."""
    bundle = "src/phases/site/meson.build"
    bundled = re.findall(r"'([a-z]+)'", tree.text(bundle)) if bundle in tree.paths else []
    for path in tree.match(r"assets/css/.*\.css"):
        if bundled and Path(path).stem not in bundled:
            yield Fault(path, 1, f"not in the bundle of {bundle}")


@rule
def french(tree):
    """French spacing in packs and catalogues, catalogues in step with the sources (tools/catalogue.py)."""
    if "tools/catalogue.py" not in tree.paths:
        return
    run = subprocess.run([sys.executable, "tools/catalogue.py", "check"], cwd=tree.root,
                         capture_output=True, text=True, check=False)
    for line in run.stdout.splitlines() + run.stderr.splitlines():
        match = re.match(r"(?:.*?/)?((?:po|packs|src)/[^:]+):(\d+):? ?(.*)", line)
        if run.returncode and match:
            yield Fault(match[1], int(match[2]), match[3])
        elif run.returncode:
            yield Fault("tools/catalogue.py", 0, line)


@rule
def cookies(tree):
    """The page on personal data lists the cookies that the sources set, and no other."""
    page = "src/phases/site/privacy.html"
    if page not in tree.paths:
        return
    listed = {name for line in tree.lines(page) for name in re.findall(r'<code translate="no">(\w+)</code>', line)}
    texts = {path: tree.text(path) for path in tree.sources()}
    constants = {name: value for text in texts.values()
                 for name, value in re.findall(r'^#define (\w+) "(\w+)"', text, re.M)}
    call = re.compile(r'\breply_cookie(?:_below)?\(\s*[^,;]+,\s*\w+,\s*(?:"(\w+)"|([A-Z]\w*))')
    is_set = set()
    for path, text in texts.items():
        for match in call.finditer(text):
            name = match[1] or constants.get(match[2])
            is_set.add(name)
            if name not in listed:
                line = text.count("\n", 0, match.start()) + 1
                yield Fault(path, line, f"the cookie {name or match[2]} is not in {page}")
    for name in sorted(listed - is_set):
        yield Fault(page, 1, f"nothing sets the cookie {name}")


@rule
def guide_facts(tree):
    """The table of the guide's facts names places that are there (tools/guide_facts.py)."""
    if "tools/guide_facts.py" not in tree.paths:
        return
    run = subprocess.run([sys.executable, "tools/guide_facts.py", "."], cwd=tree.root, capture_output=True, text=True,
                         check=False)
    for line in run.stdout.splitlines() + run.stderr.splitlines():
        match = re.match(r"(doc/[^:]+):(\d+): (.*)", line)
        if run.returncode:
            yield Fault(match[1], int(match[2]), match[3]) if match else Fault("tools/guide_facts.py", 0, line)


@rule
def pack_schema(tree):
    """The schema that editors use for packs is JSON."""
    for path in tree.match(r"packs/.*\.json"):
        try:
            json.loads(tree.text(path))
        except json.JSONDecodeError as error:
            yield Fault(path, error.lineno, error.msg)


def main():
    parser = argparse.ArgumentParser(description="The rules of the house that no compiler checks.")
    parser.add_argument("--root", default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("rules", nargs="*")
    args = parser.parse_args()
    unknown = set(args.rules) - set(RULES)
    if unknown:
        parser.error(f"no rule is called {', '.join(sorted(unknown))}")
    names = args.rules or list(RULES)
    if args.list:
        print("\n".join(f"{name}: {RULES[name].__doc__}" for name in names))
        return
    tree = Tree(args.root)
    print(f"1..{len(names)}")
    failed = False
    for number, name in enumerate(names, 1):
        if name in NEEDED and not shutil.which(NEEDED[name]):
            print(f"ok {number} - {name} # SKIP {NEEDED[name]} is not installed")
            continue
        faults = list(RULES[name](tree))
        failed = failed or bool(faults)
        print(f"{'not ok' if faults else 'ok'} {number} - {name}: {' '.join(RULES[name].__doc__.split())}")
        for fault in faults:
            print(f"# {fault.path}:{fault.line}: {fault.why}")
    print(f"# {size_summary(tree)}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
