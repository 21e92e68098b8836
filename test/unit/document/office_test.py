#!/usr/bin/env python3
"""Office files as others read them: office_test.py SAMPLES. SAMPLES (samples.c) writes them; Python's own ZIP
and XML readers, openpyxl, icalendar and LibreOffice open them. Speaks TAP."""
import csv
import datetime
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import openpyxl

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import tap  # noqa: E402

FOLDER = Path(tempfile.mkdtemp(prefix="jalon-office-"))
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DC = "{http://purl.org/dc/elements/1.1/}"
DOCUMENTS = ("report", "hostile", "long")


def texts(name):
    return json.loads((FOLDER / f"{name}.json").read_text())


def as_xml_holds(text):
    """What of `text` an XML document can hold; ends of lines are one character."""
    text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def squash(text):
    return " ".join(text.split())


@lru_cache
def part(name, path):
    with zipfile.ZipFile(FOLDER / f"{name}.docx") as package:
        return ElementTree.fromstring(package.read(path))


def text_of(element):
    pieces = {f"{W}t": lambda e: e.text or "", f"{W}tab": lambda e: "\t", f"{W}br": lambda e: "\n"}
    return "".join(pieces[e.tag](e) for run in element.iter(f"{W}r") for e in run if e.tag in pieces)


def style_of(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style.get(f"{W}val") if style is not None else ""


def paragraphs(name, *styles):
    return [text_of(p) for p in part(name, "word/document.xml").iter(f"{W}p") if style_of(p) in styles]


@lru_cache
def converted(kind):
    """Runs LibreOffice once for all documents; returns the folder of the results."""
    out = FOLDER / kind
    names = DOCUMENTS if kind == "txt" else DOCUMENTS[:2]
    subprocess.run(["soffice", f"-env:UserInstallation=file://{FOLDER}/profile", "--headless", "--convert-to",
                    "txt:Text (encoded):UTF8" if kind == "txt" else kind, "--outdir", str(out),
                    *(str(FOLDER / f"{name}.docx") for name in names)],
                   check=True, capture_output=True, timeout=240)
    return out


# ---- DOCX ----

def test_packages_are_whole():
    for name in DOCUMENTS:
        with zipfile.ZipFile(FOLDER / f"{name}.docx") as package:
            assert package.testzip() is None
            names = package.namelist()
            assert len(names) == len(set(names))
            for path in names:
                if path.endswith((".xml", ".rels", ".svg")):
                    ElementTree.fromstring(package.read(path))
                elif path.endswith(".png"):
                    assert package.read(path).startswith(b"\x89PNG\r\n\x1a\n")
            types = ElementTree.fromstring(package.read("[Content_Types].xml"))
            known = {e.get("Extension") for e in types} | {e.get("PartName") for e in types}
            for path in names[1:]:
                assert f"/{path}" in known or path.rsplit(".", 1)[1] in known, path


def test_references_lead_somewhere():
    for name in DOCUMENTS:
        document = part(name, "word/document.xml")
        with zipfile.ZipFile(FOLDER / f"{name}.docx") as package:
            paths = package.namelist()
        targets = {e.get("Id"): e.get("Target") for e in part(name, "word/_rels/document.xml.rels")}
        assert all(f"word/{target}" in paths for target in targets.values()), targets
        used = {v for e in document.iter() for k, v in e.attrib.items() if k.startswith(R)}
        assert used and used <= set(targets), used
        styles = {e.get(f"{W}styleId") for e in part(name, "word/styles.xml").iter(f"{W}style")}
        asked = {e.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for e in document.iter(W + tag)}
        asked |= {e.get(f"{W}val") for tag in ("basedOn", "next") for e in part(name, "word/styles.xml").iter(W + tag)}
        assert asked <= styles, asked - styles
        marks = [e.get(f"{W}name") for e in document.iter(f"{W}bookmarkStart")]
        assert len(marks) == len(set(marks))
        assert {e.get(f"{W}anchor") for e in document.iter(f"{W}hyperlink")} <= set(marks)
        numbers = {e.get(f"{W}numId") for e in part(name, "word/numbering.xml").iter(f"{W}num")}
        assert {e.get(f"{W}val") for e in document.iter(f"{W}numId")} <= numbers
        ids = [e.get("id") for e in document.iter(f"{WP}docPr")]
        assert len(ids) == len(set(ids))


def test_headings_are_headings():
    assert paragraphs("report", "Heading1") == ["Votre résultat", "Actions"]
    assert paragraphs("report", "Heading2") == ["Par catégorie"]
    assert paragraphs("report", "Heading3") == ["Détail"]
    assert paragraphs("report", "Title") == ["Carte de performance"]
    assert paragraphs("report", "CoverDetail")[0] == "Bilan de maturité"


def test_the_logo_is_a_picture_of_its_own():
    cover = [e for e in part("report", "word/document.xml").iter(f"{W}p")
             if (style := e.find(f"{W}pPr/{W}pStyle")) is not None and style.get(f"{W}val") == "CoverLogo"]
    assert len(cover) == 1 and len(list(cover[0].iter(f"{WP}inline"))) == 1


def test_contents_are_a_field_with_links():
    assert paragraphs("report", "TOC1") == ["Votre résultat\t", "Actions\t"]
    assert paragraphs("report", "TOC2") == ["Par catégorie\t"]
    codes = [e.text.strip() for e in part("report", "word/document.xml").iter(f"{W}instrText")]
    assert codes == [r'TOC \o "1-2" \h \z \u'] + [rf"PAGEREF _Toc00000{i} \h" for i in (1, 2, 3)], codes
    marks = [e.get(f"{W}fldCharType") for e in part("report", "word/document.xml").iter(f"{W}fldChar")]
    depth = 0
    for mark in marks:
        depth += {"begin": 1, "separate": 0, "end": -1}[mark]
        assert depth >= 0
    assert depth == 0 and marks.count("begin") == marks.count("separate") == 4


def test_tables_have_header_rows():
    for table in part("report", "word/document.xml").iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        kept = [all(cell.find(f"{W}p/{W}pPr/{W}keepNext") is not None for cell in row.iter(f"{W}tc")) for row in rows]
        assert kept == ([True] * (len(rows) - 1) + [False] if len(rows) <= 8 else [False] * len(rows)), kept
        grid = [int(e.get(f"{W}w")) for e in table.findall(f"{W}tblGrid/{W}gridCol")]
        assert sum(grid) == 9306, grid
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")


def test_figures_have_both_forms_and_words():
    logo, *pictures = part("report", "word/document.xml").findall(f".//{WP}inline")
    assert logo.find(f".//{A}blip").get(f"{R}embed").startswith("png") and len(logo.find(f".//{A}blip")) == 0
    assert len(pictures) == 2
    for picture in pictures:
        assert picture.find(f"{WP}docPr").get("descr") == "20 points sur 34 : bande du milieu"
        blip = picture.find(f".//{A}blip")
        assert blip.get(f"{R}embed").startswith("png")
        assert blip.find(f"{A}extLst/{A}ext")[0].get(f"{R}embed").startswith("svg")
    wide, half = (int(p.find(f"{WP}extent").get("cx")) for p in pictures)
    assert abs(wide - 2 * half) <= 2, (wide, half)


def test_lists_count_from_one_again():
    numbers = [e.get(f"{W}val") for e in part("report", "word/document.xml").iter(f"{W}numId")]
    assert numbers == ["3", "3", "1", "4", "4", "1"], numbers
    starts = [e.get(f"{W}val") for e in part("report", "word/numbering.xml").iter(f"{W}startOverride")]
    assert starts == ["1", "1"]


def test_properties_and_language():
    core = part("report", "docProps/core.xml")
    assert core.find(f"{DC}title").text == "Carte de performance"
    assert core.find(f"{DC}creator").text == "Claire Renoux"
    assert core.find(f"{DC}language").text == "fr-FR"
    assert core.find("{http://purl.org/dc/terms/}created").text == "2026-03-12T07:20:00Z"
    language = part("report", "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert language.get(f"{W}val") == "fr-FR"


def test_footer_counts_pages():
    footer = part("report", "word/footer1.xml")
    assert [e.text.strip() for e in footer.iter(f"{W}instrText")] == ["PAGE", "NUMPAGES"]
    assert text_of(footer) == "12 mars 2026\tpage 1 sur 1"
    assert text_of(part("report", "word/header1.xml")) == "Carte de performance"


def test_every_text_is_there_as_written():
    for name in DOCUMENTS:
        found = {text_of(p) for p in part(name, "word/document.xml").iter(f"{W}p")}
        found |= {e.get("descr") for e in part(name, "word/document.xml").iter(f"{WP}docPr")}
        whole = "\0".join(found)
        for text in texts(name):
            assert as_xml_holds(text) in whole or as_xml_holds(text.replace("\r", "")) in whole, text[:200]


def test_hostile_text_stays_text():
    document = part("hostile", "word/document.xml")
    assert all(e.tag.startswith("{http://schemas.") for e in document.iter())
    runs = "".join(e.text or "" for e in document.iter(f"{W}t"))
    assert "_x000D_" in runs and "{{language}}" in runs and "]]>" in runs and "\ufffd" in runs
    title = part("hostile", "docProps/core.xml").find(f"{DC}title").text
    assert as_xml_holds(title) == as_xml_holds(texts("hostile")[0])


def test_libreoffice_finds_every_text():
    for name in DOCUMENTS:
        shown = squash((converted("txt") / f"{name}.txt").read_text("utf-8-sig"))
        alternatives = {e.get("descr") for e in part(name, "word/document.xml").iter(f"{WP}docPr")}
        for text in texts(name):
            if name == "hostile":  # LibreOffice leaves some controls out
                text = text.split(" ")[0]
            if as_xml_holds(text) not in alternatives:
                assert squash(text) in shown, text[:200]


def test_libreoffice_makes_pages():
    for name in DOCUMENTS[:2]:
        pages = subprocess.run(["pdftotext", "-layout", str(converted("pdf") / f"{name}.pdf"), "-"],
                               check=True, capture_output=True, text=True).stdout.split("\f")[:-1]
        if name == "hostile":
            continue
        assert 5 <= len(pages) <= 9, len(pages)
        assert "Carte de performance" in pages[0] and "page 1" not in pages[0]
        assert f"page {len(pages)} sur {len(pages)}" in pages[-1]
        rows = [page for page in pages if "Ligne-" in page]
        assert len(rows) > 2 and all("Intitulé-de-colonne" in page for page in rows)


# ---- XLSX ----

@lru_cache
def workbook():
    return openpyxl.load_workbook(FOLDER / "workbook.xlsx")


def test_cells_have_their_types():
    sheet = workbook()["Résultats"]
    assert [cell.value for cell in sheet[1]] == ["Service", "Réponses", "Moyenne", "Part", "Échéance"]
    values = [cell.value for cell in sheet[2]]
    assert values == ["Finance", 1234, -22.5, 0.5882, datetime.datetime(2026, 3, 12)], values
    assert [cell.data_type for cell in sheet[2]] == ["s", "n", "n", "n", "d"]
    assert [cell.number_format for cell in sheet[2]][1:4] == ["#,##0", "#,##0.00", "#,##0%"]
    assert [cell.alignment.horizontal for cell in sheet[1]] == ["left"] + ["right"] * 4
    hidden = [cell.value for cell in sheet[3]]
    assert hidden[:4] == ["Achats", "masqué pour protéger les répondants", None, "masqué"], hidden
    assert hidden[4] == datetime.datetime(1970, 1, 1)


def test_sheets_are_ready_to_be_read():
    for sheet in workbook():
        assert sheet.freeze_panes == "A2" and sheet.print_title_rows == "$1:$1", sheet.title
        assert sheet.auto_filter.ref and sheet["A1"].font.bold
        assert 9 <= sheet.column_dimensions["A"].width <= 62
    assert workbook().properties.title == "Campagne & <résultats>"
    assert workbook().properties.creator == "Claire Renoux"
    assert workbook().properties.created == datetime.datetime(2026, 3, 12, 7, 20)


def test_rows_are_as_high_as_their_texts():
    sheet = workbook().worksheets[1]
    heights = {sheet.cell(row, 1).value: sheet.row_dimensions[row].height for row in range(1, sheet.max_row + 1)}
    assert heights["=1+1"] in (None, 15) and heights["a\nb"] == 30
    assert max(height or 0 for height in heights.values()) == 405


def test_sheet_names_are_fit_for_excel():
    names = workbook().sheetnames
    assert names == ["Résultats", "a b  c d e f g", "1", "RÉSULTATS (2)", "quoted", "history (2)",
                     "Un nom de feuille bien trop lon", "Un nom de feuille bien trop (2)", "\U0001f600" * 15], names
    assert all(len(name.encode("utf-16-le")) <= 62 for name in names)


def test_typed_texts_are_texts():
    """As openpyxl shows them, once Excel's own escapes are undone."""
    for sheet in workbook().worksheets[1:]:
        cells = [row[0] for row in sheet.iter_rows(min_row=2)]
        assert all(cell.data_type == "s" and cell.hyperlink is None for cell in cells)
        shown = [re.sub("_x005F_", "_", cell.value) for cell in cells]
        assert shown[:-3] == json.loads((FOLDER / "typed.json").read_text()), shown
        assert shown[-3] == "\ufffd" * 4, ascii(shown[-3])
        assert shown[-2] == "a\nb\nc"
        assert len(shown[-1]) == 32767 and shown[-1].endswith("m [coupé]")


def test_xlsx_holds_no_formula_and_no_link():
    with zipfile.ZipFile(FOLDER / "workbook.xlsx") as package:
        for path in package.namelist():
            root = ElementTree.fromstring(package.read(path))
            if path.startswith("xl/worksheets/"):
                assert not [e for e in root.iter() if e.tag.endswith(("}f", "}hyperlink"))], path
        strings = package.read("xl/sharedStrings.xml").decode()
        assert "_x005F_x000D_" in strings and "<si><r>" not in strings
        assert {entry.date_time[0] for entry in package.infolist()} == {1980}


def test_libreoffice_shows_the_texts():
    out = FOLDER / "csv"
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    subprocess.run(["soffice", f"-env:UserInstallation=file://{FOLDER}/profile", "--headless", "--convert-to", options,
                    "--outdir", str(out), str(FOLDER / "workbook.xlsx")], check=True, capture_output=True, timeout=240)
    file = next(out.glob("workbook*.csv"))
    rows = [row[0] if row else "" for row in csv.reader(file.open(newline="", encoding="utf-8"))]
    assert rows[1:len(json.loads((FOLDER / "typed.json").read_text())) + 1] == json.loads(
        (FOLDER / "typed.json").read_text()), rows[:40]


# ---- CSV ----

def test_csv_is_read_back():
    typed = json.loads((FOLDER / "typed.json").read_text())
    for form, separator, encoding in ((0, ";", "utf-8-sig"), (1, ",", "utf-8-sig"), (2, ",", "utf-8")):
        data = (FOLDER / f"typed{form}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf") == (form < 2)
        rows = list(csv.reader(data.decode(encoding).splitlines(keepends=True), delimiter=separator, strict=True))
        assert all(len(row) == 1 for row in rows)
        texts_read = [row[0] for row in rows[1:len(typed) + 1]]
        if form < 2:
            assert not [text for text in texts_read if text[:1] in "=+-@\t\r\n" and text]
            texts_read = [re.sub("^'(?=[=+@\t-])", "", text) for text in texts_read]
        assert texts_read == typed, texts_read


# ---- iCalendar ----

def test_calendar_is_read_back():
    data = (FOLDER / "plan.ics").read_bytes()
    lines = data.split(b"\r\n")
    assert lines.pop() == b"" and b"\n" not in b"".join(lines)
    for line in lines:
        assert len(line) <= 75 and line.decode()
    calendar = icalendar.Calendar.from_ical(data)
    assert calendar["X-WR-CALNAME"] == "Plan; d’actions" and calendar["VERSION"] == "2.0"
    typed = json.loads((FOLDER / "typed.json").read_text())
    events = calendar.walk("VEVENT")
    assert len(events) == len(typed) + 1 and not calendar.errors
    for i, (event, text) in enumerate(zip(events, typed)):
        first = datetime.date(2026, 3, 12) + datetime.timedelta(i)
        assert event["SUMMARY"] == text and event["DESCRIPTION"] == typed[-1 - i], event
        assert event["DTSTART"].dt == first and event["DTEND"].dt == first + datetime.timedelta(i + 1)
        assert event["UID"] == f"action-{i}@jalon.example" and event["SEQUENCE"] == i
        assert event["DTSTAMP"].dt.isoformat() == "2026-03-12T07:20:00+00:00"
    text, summary = "Élève à 59\u202f% ; ", events[-1]["SUMMARY"]
    assert len(summary) > 100000 and summary == text * (len(summary) // len(text))


if __name__ == "__main__":
    subprocess.run([sys.argv[1], str(FOLDER)], check=True)
    try:
        tap.run(globals())
    finally:
        subprocess.run(["rm", "-r", str(FOLDER)], check=False)
