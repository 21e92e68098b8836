#!/usr/bin/env python3
"""read_exports.py PDF DOCX XLSX: what the three say, as JSON on standard output.

The texts of the documents with single spaces; each worksheet as rows of values, numbers as numbers."""
import html
import json
import re
import subprocess
import sys
import zipfile

import openpyxl


def squeezed(text):
    return re.sub(r"[\s\u00a0\u202f]+", " ", text)


def pdf_text(path):
    return squeezed(subprocess.run(["pdftotext", path, "-"], check=True, capture_output=True, text=True).stdout)


def docx_text(path):
    xml = zipfile.ZipFile(path).read("word/document.xml").decode()
    return squeezed(html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>|<w:tab/>", " ", xml))))


def xlsx_rows(path):
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


pdf, docx, xlsx = sys.argv[1:]
json.dump({"pdf": pdf_text(pdf), "docx": docx_text(docx), "xlsx": xlsx_rows(xlsx)}, sys.stdout)
