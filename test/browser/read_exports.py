#!/usr/bin/env python3
"""read_exports.py FILE…: what documents say, as a JSON object by their kind (pdf, docx, xlsx) on standard output.

Of a PDF and a DOCX, {"texts": the paragraphs outside tables, "tables": rows of cells}, as their structure has them, with single
spaces and without joiners; of a workbook, each worksheet as rows of values, numbers as numbers."""
import json
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import openpyxl

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text):
    return re.sub(r"[\s\u00a0\u202f]+", " ", text.replace("\u2060", "")).strip()


def pdf(path):
    """By the tags, which say what is a paragraph, a table, a row and a cell."""
    said = subprocess.run(["pdfinfo", "-struct-text", path], check=True, capture_output=True, text=True).stdout
    texts, tables, holders = [], [], []
    for line in said.splitlines():
        depth = len(line) - len(line.lstrip())
        words = line.strip()
        while holders and holders[-1][0] >= depth:
            holders.pop()
        kind = words.split(" ")[0].rstrip(":")
        if words.startswith('"'):
            if holders:
                holders[-1][1].append(words[1:-1])
        elif kind == "Table":
            tables.append([])
        elif kind == "TR":
            tables[-1].append([])
        elif kind in ("TH", "TD"):
            tables[-1][-1].append([])
            holders.append((depth, tables[-1][-1][-1]))
        elif kind in ("P", "H1", "H2", "H3", "Caption", "Span"):
            texts.append([])
            holders.append((depth, texts[-1]))
    whole = subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout
    return {"texts": [squeezed("".join(t)) for t in texts], "whole": squeezed(whole),
            "tables": [[[squeezed("".join(cell)) for cell in row] for row in table] for table in tables]}


def words_of(element):
    parts = ((e.text or "") if e.tag == f"{W}t" else " " for e in element.iter() if e.tag in (f"{W}t", f"{W}tab", f"{W}br"))
    return squeezed("".join(parts))


def docx(path):
    body = ElementTree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))[0]
    tables = [t for t in body.iter(f"{W}tbl")]
    inside = {p for t in tables for p in t.iter(f"{W}p")}
    return {"texts": [words_of(p) for p in body.iter(f"{W}p") if p not in inside],
            "tables": [[[words_of(cell) for cell in row.iter(f"{W}tc")] for row in t.iter(f"{W}tr")] for t in tables]}


def xlsx(path):
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


json.dump({path.rsplit(".", 1)[1]: globals()[path.rsplit(".", 1)[1]](path) for path in sys.argv[1:]}, sys.stdout)
