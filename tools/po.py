#!/usr/bin/env python3
"""Reads gettext catalogues, and compiles one into the table that src/i18n/catalogue.h describes.

    po.py --name NAME --output OUT.c CATALOGUE.po"""
import argparse
import re
from dataclasses import dataclass, field
from pathlib import Path

PO_LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])?\s+)?"(.*)"\s*$')
FIELDS = {"msgctxt": "context", "msgid": "id", "msgid_plural": "plural"}
HASH_FACTOR = 0x9e3779b97f4a7c15
U64 = 2**64 - 1


@dataclass
class Entry:
    line: int
    flags: str = ""
    is_obsolete: bool = False
    context: str = ""
    id: str = ""
    plural: str = ""
    forms: list = field(default_factory=list)
    form_lines: list = field(default_factory=list)


def unescape(text):
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), text)


def entries_of(text):
    """The entries of a .po file, its header first."""
    entries, entry, keyword = [], None, ""
    for number, line in enumerate(text.splitlines() + [""], 1):
        is_obsolete = line.startswith("#~")
        if is_obsolete:
            line = line[2:].strip()
        if entry is None and line:
            entry = Entry(number)
            entries.append(entry)
        if not line:
            entry = None
            continue
        entry.is_obsolete |= is_obsolete
        if line.startswith("#,"):
            entry.flags += line
        match = PO_LINE.match(line)
        if not match:
            continue
        if match[1] == "msgstr":
            entry.forms.append("")
            entry.form_lines.append(number)
        keyword = match[1] or keyword
        if keyword == "msgstr":
            entry.forms[-1] += unescape(match[3])
        else:
            name = FIELDS[keyword]
            setattr(entry, name, getattr(entry, name) + unescape(match[3]))
    return [e for e in entries if e.forms]


def translations_of(path):
    """{(context, id): forms} of what a .po translates; the header is left out."""
    entries = entries_of(Path(path).read_text(encoding="utf-8"))
    return {(e.context, e.id): e.forms for e in entries
            if e.id and all(e.forms) and not e.is_obsolete and "fuzzy" not in e.flags}


# ---- the table ----

def c_string(text):
    """`text` as a C literal, a source line per line of text."""
    lines = []
    for part in re.split(r"(?<=\n)", text):
        if part:
            part = part.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
            part = part.replace("\t", "\\t").replace("\r", "\\r").replace("??", "?\\?")
            lines.append(f'"{part}"')
    return "\n\t\t".join(lines) or '""'


def hash_of(text):
    """What catalogue_hash() in src/i18n/tr.c computes."""
    data = text.encode()
    h = len(data)
    for at in range(0, len(data), 8):
        h = (h ^ int.from_bytes(data[at:at + 8], "little")) * HASH_FACTOR & U64
        h ^= h >> 32
    return h


def table_of(translations):
    """A list of (context, id, forms) or None, as long as a power of two and half empty."""
    size = 4
    while size < 2 * len(translations):
        size *= 2
    slots = [None] * size
    for (context, text), forms in sorted(translations.items()):
        at = hash_of(text) % size
        while slots[at]:
            at = (at + 1) % size
        slots[at] = context, text, forms
    return slots


def c_file(name, slots):
    rows = "".join(
        f"\t[{i}] = {{ STR({c_string(slot[0])}), STR({c_string(slot[1])}),\n"
        f"\t\t{{ {', '.join(f'STR({c_string(form)})' for form in slot[2])} }} }},\n"
        for i, slot in enumerate(slots) if slot)
    return (f'/* Made by tools/po.py. */\n#include "i18n/catalogue.h"\n\n'
            f"static const struct message messages[{len(slots)}] = {{\n{rows}}};\n"
            f"const struct catalogue {name} = {{ messages, {len(slots)} }};\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--name", required=True)
    parser.add_argument("--output", required=True)
    parser.add_argument("catalogue")
    options = parser.parse_args()
    slots = table_of(translations_of(options.catalogue))
    Path(options.output).write_text(c_file(options.name, slots), encoding="utf-8")


if __name__ == "__main__":
    main()
