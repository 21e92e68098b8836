#!/usr/bin/env python3
"""tools/catalogue.py: what it finds wrong in a catalogue and in a pack."""
import tempfile
from pathlib import Path

import tap
from catalogue import check_pack, check_po, faults_of, pot_of, ENGLISH_RULES, FRENCH_RULES
from po import Entry, entries_of, hash_of, table_of, translations_of
from templates import Message

HEADER = '''msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

'''


def written(check, text, *more):
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "file"
        path.write_text(text, encoding="utf-8")
        return list(check(path, *more))


def faults_in_po(text, header=HEADER, said=None):
    entries = entries_of(header + text)[1:]
    messages = [e for e in entries if not e.is_obsolete] if said is None else said
    return written(check_po, header + text, messages)


def expect_one(found, line, part):
    assert len(found) == 1 and found[0][0] == line and part in found[0][1], found


def test_french_spaces():
    good = ["Vraiment\u202f?", "Score\u00a0: 3", "«\u00a0oui\u00a0»", "59\u202f%", "à 09:05", "Quoi\u202f?!",
            "https://example.org/?a=b;c", "l’essai…", "{n}\u202f%", "a\u202f; b", "Voir\u00a0: https://x.org"]
    bad = ["Vraiment ?", "Vraiment?", "Vraiment\u00a0?", "Score : 3", "Score: 3", "Score\u202f: 3", "« oui »",
           "«oui»", "«\u202foui\u202f»", "59 %", "59%", "59\u00a0%", "l'essai", "suite...", "a; b", "a\u00a0; b",
           'dit "oui"', "dit “oui”", "deux  espaces", " début", "fin\u00a0", "{n} %"]
    for text in good:
        assert not faults_of(text, FRENCH_RULES), text
    for text in bad:
        assert faults_of(text, FRENCH_RULES), text


def test_english_spaces():
    for text in ("Really?", "Score: 3", "59%", "don’t", "“yes”", "https://example.org/?a"):
        assert not faults_of(text, ENGLISH_RULES), text
    for text in ("Really ?", "Score\u00a0: 3", "59 %", "don't", '"yes"', "and so on..."):
        assert faults_of(text, ENGLISH_RULES), text


def test_reads_po():
    text = '# a note\n#: file.c\nmsgctxt "c"\nmsgid "a "\n"b\\n\\"q\\""\nmsgid_plural "p"\nmsgstr[0] "x"\n' \
           'msgstr[1] "y"\n\n#~ msgid "old"\n#~ msgstr "vieux"\n'
    entries = entries_of(text)
    assert entries[0].context == "c" and entries[0].id == 'a b\n"q"' and entries[0].plural == "p"
    assert entries[0].forms == ["x", "y"] and entries[0].form_lines == [7, 8]
    assert entries[1].is_obsolete and entries[1].id == "old" and entries[1].line == 10


def test_translations_of_a_catalogue():
    text = HEADER + 'msgid "A"\nmsgstr "a"\n\nmsgctxt "c"\nmsgid "A"\nmsgstr "b"\n\n' \
        '#, fuzzy\nmsgid "F"\nmsgstr "f"\n\nmsgid "N"\nmsgstr ""\n\n#~ msgid "O"\n#~ msgstr "o"\n\n' \
        'msgid "P"\nmsgid_plural "Ps"\nmsgstr[0] "p"\nmsgstr[1] "ps"\n'
    assert written(translations_of, text) == [("", "A"), ("c", "A"), ("", "P")]


def test_table():
    """Every message is found from the slot of its hash on, before an empty one; half of them are empty."""
    translations = {("", f"text {i}"): [f"texte {i}"] for i in range(100)} | {("c", "text 1"): ["autre"]}
    slots = table_of(translations)
    assert len(slots) == 256 and len([s for s in slots if s]) == 101
    for (context, text), forms in translations.items():
        at = hash_of(text) % len(slots)
        while slots[at] and slots[at] != (context, text, forms):
            at = (at + 1) % len(slots)
        assert slots[at], text


def test_good_catalogue():
    assert not faults_in_po('msgid "Open {n}"\nmsgstr "Ouvrir {n}"\n\n'
                            'msgid "one sheet"\nmsgid_plural "{n} sheets"\n'
                            'msgstr[0] "{n} fiche"\nmsgstr[1] "{n} fiches"\n')


def test_untranslated():
    expect_one(faults_in_po('msgid "Open"\nmsgstr ""\n'), 7, "not translated")


def test_fuzzy():
    expect_one(faults_in_po('#, fuzzy\nmsgid "Open"\nmsgstr "Ouvrir"\n'), 6, "fuzzy")


def test_obsolete():
    expect_one(faults_in_po('#~ msgid "Open"\n#~ msgstr "Ouvrir"\n'), 6, "obsolete")


def test_placeholders():
    expect_one(faults_in_po('msgid "{n} of {k}"\nmsgstr "{n} sur {m}"\n'), 7, "placeholders")
    expect_one(faults_in_po('msgid "one sheet"\nmsgid_plural "{n} sheets"\nmsgstr[0] "une fiche"\n'
                            'msgstr[1] "{n} fiches"\n'), 8, "placeholders")


def test_spacing_has_its_line():
    expect_one(faults_in_po('msgid "Open?"\nmsgstr "Ouvrir ?"\n'), 7, "U+202F")
    expect_one(faults_in_po('msgid "Don\'t"\nmsgstr "Non"\n'), 6, "apostrophe")


def test_plural_rule_of_the_header():
    wrong = HEADER.replace("n > 1", "n != 1")
    expect_one(faults_in_po("", wrong), 1, "Plural-Forms")


def test_in_step_with_the_sources():
    text = 'msgid "Open"\nmsgstr "Ouvrir"\n'
    expect_one(faults_in_po(text, said=[]), 6, "said nowhere")
    both = [Entry(1, id="Open"), Entry(2, id="Close")]
    expect_one(faults_in_po(text, said=both), 1, "'Close' is missing")
    # The same text in another context is another message.
    assert len(faults_in_po(text, said=[Entry(1, id="Open", context="state")])) == 2


def test_texts_said_in_several_places():
    pot = pot_of([("a.html:1", Message("", "Open", "", 1)), ("b.html:2", Message("", "Open", "", 2)),
                  ("b.html:3", Message("state", "Open", "", 3)),
                  ("a.html:4", Message("", "{n} point", "", 4)), ("b.html:5", Message("", "{n} point", "{n} points", 5)),
                  ("c.html:6", Message("", "{n} point", "", 6))])
    assert [(e.context, e.id, e.plural, len(e.forms)) for e in entries_of(pot)[1:]] == [
        ("", "Open", "", 1), ("state", "Open", "", 1), ("", "{n} point", "{n} points", 2)]
    assert "#: a.html:1\n#: b.html:2\nmsgid \"Open\"\n" in pot
    assert "#: a.html:4\n#: b.html:5\n#: c.html:6\nmsgid \"{n} point\"\n" in pot


def test_packs():
    pack = ('# fr: "un commentaire ?"\ntitle:\n  fr: "Vraiment ?"\n  en: "Really?"\nx: {fr: "Oui", en: "Yes !"}\n'
            'long:\n  fr: "Une phrase sur\n    deux lignes : non"\n  en: plain\n- fr: "l\'essai"\n')
    found = written(check_pack, pack)
    assert [line for line, _ in found] == [3, 5, 7, 10], found


if __name__ == "__main__":
    tap.run(globals())
