#!/usr/bin/env python3
"""tools/tables.py: every table of organisations, parents first, and the list that doc/export.md shows."""
import sqlite3

import tap
import tables
from queries import Schema

MIGRATIONS = tap.ROOT / "sql" / "migrations"
SCHEMA = Schema(MIGRATIONS)


def test_every_table_with_an_org_id_is_there():
    db = sqlite3.connect(":memory:")
    for path in sorted(MIGRATIONS.glob("*.sqlite.sql")):
        db.executescript(path.read_text(encoding="utf-8"))
    with_org = {row[0] for row in db.execute(
        "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'org_id'")}
    assert len(with_org) >= 10
    assert set(tables.in_order(SCHEMA)) == with_org | {"org"}


def test_parents_come_before_their_children():
    names = tables.in_order(SCHEMA)
    for name in names:
        for _, other in tables.references(SCHEMA, name):
            assert other not in names or other == name or names.index(other) < names.index(name), (name, other)


def test_every_column_is_there():
    source = tables.generate(SCHEMA)
    for name in tables.in_order(SCHEMA):
        block = source.split(f"{name}_columns[] = {{")[1].split("};")[0]
        assert block.count("{ \"") == len(SCHEMA.tables[name])


def test_the_page_on_exports_lists_them():
    page = (tap.ROOT / "doc" / "export.md").read_text(encoding="utf-8")
    shown = page.split("<!-- tables -->\n")[1].split("\n<!-- end -->")[0]
    assert shown == tables.listing(SCHEMA), "python3 tools/tables.py --list sql/migrations"


if __name__ == "__main__":
    tap.run(globals())
