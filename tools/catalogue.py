#!/usr/bin/env python3
"""Keeps po/fr.po in step with the sources, and its French in order.

    catalogue.py update   adds new texts to po/fr.po (to be translated), keeps every translation;
                          those whose text is gone stay at the end, marked #~
    catalogue.py check    says file:line of what is missing, fuzzy, obsolete, or not well written,
                          in po/fr.po and in the French of packs/; exit status 1 when anything is"""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from po import entries_of, unescape
from template_html import TemplateError
from templates import compile_file

ROOT = Path(__file__).resolve().parent.parent
PLURAL_RULE = "nplurals=2; plural=(n > 1);"  # what trn() in src/i18n/tr.c does
KEYWORDS = ("tr:2", "trc:2c,3", "trn:2,3", "N_:1", "tr_with:3", "say_line:1", "say_text:2", "say_error:1", "say_error_at:2")
HEADER = '''msgid ""
msgstr ""
"Project-Id-Version: jalon\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

'''

NARROW, WIDE = "\u202f", "\u00a0"


# ---- how texts are written ----

# (what to find, what is wrong). Addresses and clock times are taken out before.
FRENCH_RULES = (
    (re.compile(rf"(?<![{NARROW}?!])[;!?](?![\w/])"), "U+202F goes before ; ! and ?"),
    (re.compile(rf"(?<!{NARROW})%"), "U+202F goes before %"),
    (re.compile(rf"(?<!{WIDE}):(?=\s|$)"), "U+00A0 goes before a colon"),
    (re.compile(rf"«(?!{WIDE})"), "U+00A0 goes after «"),
    (re.compile(rf"(?<!{WIDE})»"), "U+00A0 goes before »"),
    (re.compile(r'"'), "« » are the quotation marks"),
    (re.compile(r"[“”]"), "« » are the quotation marks"),
)
COMMON_RULES = (
    (re.compile(r"'"), "the apostrophe is ’"),
    (re.compile(r"\.\.\."), "the ellipsis is …"),
    (re.compile(r"  "), "two spaces"),
    (re.compile(rf"^[ {NARROW}{WIDE}]|[ {NARROW}{WIDE}]$"), "a space at an end"),
)
ENGLISH_RULES = (
    (re.compile(rf"[ {NARROW}{WIDE}][;:!?%]"), "English has no space before ; : ! ? %"),
    (re.compile(r'"'), "“ ” are the quotation marks"),
)
NOT_PROSE = re.compile(r"(https?://|mailto:|www\.)\S+|\b\d{1,2}:\d\d\b|\{[a-z0-9_]+\}")


def faults_of(text, rules):
    prose = NOT_PROSE.sub("x", text)
    return [what for pattern, what in rules + COMMON_RULES if pattern.search(prose)]


def placeholders(text):
    return sorted(set(re.findall(r"\{[a-z0-9_]+\}", text)))


# ---- checking ----

def check_header(entry):
    fields = dict(line.split(": ", 1) for line in entry.forms[0].splitlines() if ": " in line)
    if fields.get("Plural-Forms") != PLURAL_RULE:
        yield entry.line, f"Plural-Forms is not {PLURAL_RULE!r}, the rule of src/i18n/tr.c"
    if "utf-8" not in fields.get("Content-Type", "").lower():
        yield entry.line, "the charset is not UTF-8"


def check_entry(e):
    what = f"{e.id[:40]!r}"
    if e.is_obsolete:
        yield e.line, f"{what} is obsolete: no source says it"
        return
    if "fuzzy" in e.flags:
        yield e.line, f"{what} is fuzzy"
    for text in (e.id, e.plural):
        for fault in faults_of(text, ENGLISH_RULES):
            yield e.line, f"English {what}: {fault}"
    if len(e.forms) != (2 if e.plural else 1):
        yield e.line, f"{what} has {len(e.forms)} forms"
    for form, line in zip(e.forms, e.form_lines):
        if not form:
            yield line, f"{what} is not translated"
            continue
        # French has no form for 1 alone: its singular says 0 too, so it names the number.
        if placeholders(form) != placeholders(e.plural or e.id):
            yield line, f"{what}: the placeholders differ"
        for fault in faults_of(form, FRENCH_RULES):
            yield line, f"{what}: {fault}"


def check_po(path, messages):
    entries = entries_of(path.read_text(encoding="utf-8"))
    if not entries or entries[0].id:
        yield 1, "no header"
        return
    yield from check_header(entries[0])
    for entry in entries[1:]:
        yield from check_entry(entry)
    known = {(e.context, e.id, e.plural) for e in entries if not e.is_obsolete}
    said = {(e.context, e.id, e.plural) for e in messages}
    for message in sorted(said - known):
        yield 1, f"{message[1][:60]!r} is missing: tools/catalogue.py update"
    for e in entries[1:]:
        if not e.is_obsolete and (e.context, e.id, e.plural) not in said:
            yield e.line, f"{e.id[:60]!r} is said nowhere: tools/catalogue.py update"


PACK_TEXT = re.compile(r"(?:^|[\s{,-])(fr|en):[ \t]*(?=\S)")


def pack_texts(text):
    """(line, language, text) of every fr: and en: in a pack: in double quotes, over several lines or
    not, or the rest of the line."""
    for match in PACK_TEXT.finditer(text):
        start = match.end()
        if text[start] == '"':
            quoted = re.compile(r'"((?:[^"\\]|\\.)*)"', re.S).match(text, start)
            value = quoted[1] if quoted else ""
        else:
            value = text[start:].split("\n", 1)[0]
        line = text.count("\n", 0, start) + 1
        yield line, match[1], re.sub(r"\s*\n\s*", " ", unescape(value))


def check_pack(path):
    text = path.read_text(encoding="utf-8")
    # Comments become empty lines, so that offsets stay those of the file.
    text = re.sub(r"(?m)^\s*#.*$", lambda m: "\n" * m[0].count("\n"), text)
    for line, language, value in pack_texts(text):
        for fault in faults_of(value, FRENCH_RULES if language == "fr" else ENGLISH_RULES):
            yield line, f"{fault}: {value[:50]!r}"


# ---- the sources ----

def source_files(suffix):
    return sorted(p for p in (ROOT / "src").rglob("*" + suffix) if not p.name.endswith("_priv.h"))


def po_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def template_messages():
    """(where, message) of every text of every template."""
    for path in source_files(".html"):
        name = path.relative_to(ROOT).as_posix()
        try:
            messages = compile_file(path).messages
        except TemplateError as e:
            sys.exit(f"{name}:{e.line}:{e.column}: {e.text}")
        for m in messages:
            yield f"{name}:{m.line}", m


def pot_of(messages):
    """A .pot with each of the (where, message) once: one said in several places has them all, one said
    both alone and with a plural is the entry with the plural, as in a .mo."""
    places, plurals = {}, {}
    for where, m in messages:
        key = m.context, m.id
        places.setdefault(key, []).append(where)
        plurals[key] = plurals.get(key) or m.plural
    out = [HEADER]
    for (context, text), where in places.items():
        out += [f"#: {place}\n" for place in where]
        if context:
            out.append(f"msgctxt {po_string(context)}\n")
        out.append(f"msgid {po_string(text)}\n")
        plural = plurals[context, text]
        if plural:
            out.append(f'msgid_plural {po_string(plural)}\nmsgstr[0] ""\nmsgstr[1] ""\n\n')
        else:
            out.append('msgstr ""\n\n')
    return "".join(out)


def run(*command):
    subprocess.run([str(c) for c in command], check=True, cwd=ROOT)


def extract(directory):
    """All texts of the sources, as a .pot in `directory`."""
    pot = directory / "jalon.pot"
    pot.write_text(pot_of(template_messages()), encoding="utf-8")
    files = [p.relative_to(ROOT) for p in source_files(".c") + source_files(".h")]
    run("xgettext", "--language=C", "--from-code=UTF-8", "--omit-header", "--join-existing", "--sort-by-file",
        "--keyword", *(f"--keyword={k}" for k in KEYWORDS), "-o", pot, *files)
    return pot


def update():
    with tempfile.TemporaryDirectory() as name:
        pot = extract(Path(name))
        run("msgmerge", "--quiet", "--update", "--backup=none", "--no-fuzzy-matching", "--sort-by-file",
            "--add-location=file", ROOT / "po/fr.po", pot)


def check():
    with tempfile.TemporaryDirectory() as name:
        messages = entries_of(extract(Path(name)).read_text(encoding="utf-8"))[1:]
    faults = [("po/fr.po", *fault) for fault in check_po(ROOT / "po/fr.po", messages)]
    for path in sorted((ROOT / "packs").rglob("*.yaml")):
        relative = path.relative_to(ROOT).as_posix()
        faults += [(relative, *fault) for fault in check_pack(path)]
    for path, line, what in faults:
        print(f"{path}:{line}: {what}")
    return 1 if faults else 0


def main():
    commands = {"update": update, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in commands:
        sys.exit(__doc__)
    sys.exit(commands[sys.argv[1]]())


if __name__ == "__main__":
    main()
