#!/usr/bin/env python3
"""tools/migrations.py: what it makes of a folder, and what it refuses."""
import tempfile
from pathlib import Path

import tap
from migrations import MigrationError, generate, load


def folder(**files):
    """load() of a folder with these files; `__` in a name stands for a point."""
    with tempfile.TemporaryDirectory() as name:
        for file, text in files.items():
            (Path(name) / file.lstrip("n").replace("__", ".")).write_text(text, encoding="utf-8")
        return load(name)


def pair(number, name, text="SELECT 1;"):
    return {f"n{number:04}_{name}__{engine}__sql": text for engine in ("sqlite", "postgres")}


def refused(part, **files):
    try:
        folder(**files)
    except MigrationError as error:
        assert part in str(error), error
        return
    raise AssertionError("not refused")


def test_orders_and_generates():
    source = generate(folder(**pair(2, "b", "é"), **pair(1, "a")))
    assert '{ 1, "a", sqlite_1, postgres_1 },\n\t{ 2, "b", sqlite_2, postgres_2 },\n\t{ 0, NULL' in source
    assert "static const char sqlite_2[] = {\n\t(char)195, (char)169, 0,\n};" in source


def test_refuses_gaps_and_halves():
    refused("migration 2 is missing", **pair(1, "a"), **pair(3, "c"))
    refused("0001_a.postgres.sql is missing", n0001_a__sqlite__sql="")
    refused("already called", **pair(1, "a"), n0001_b__sqlite__sql="")
    refused("not NNNN", n1_a__sqlite__sql="")


def test_refuses_what_ends_the_transaction():
    refused(":2: COMMIT", **pair(1, "a", "CREATE TABLE t (id INTEGER);\nCOMMIT;"))
    refused("VACUUM", **pair(1, "a", "VACUUM;"))


def test_refuses_what_is_not_commented():
    table = "-- Notes.\nCREATE TABLE note (\n\tid INTEGER -- given by the program\n) STRICT;\n"
    folder(**pair(1, "a", table))
    refused(":2: the table has no comment", **pair(1, "a", table.replace("-- Notes.", "")))
    refused(":3: column id", **pair(1, "a", table.replace(" -- given by the program", "")))
    refused(":2: the table is not STRICT", **pair(1, "a", table.replace(" STRICT", "")))


if __name__ == "__main__":
    tap.run(globals())
