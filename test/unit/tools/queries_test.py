#!/usr/bin/env python3
"""tools/queries.py: what it makes of a query, and what it refuses, where."""
import re
from pathlib import Path

import tap
from queries import QueryError, Schema, compile_queries, write_header, write_source

SCHEMA = Schema(tap.ROOT / "sql" / "migrations")


def query(sql, kind=":exec", **header):
    """The text of a queries.sql with one query called `q`."""
    lines = [f"-- name: q {kind}", "-- What it is for."]
    lines += [f"-- {key}: {value}" for key, value in header.items()]
    return "\n".join(lines + [sql])


def compiled(text):
    return compile_queries(text, "queries.sql", "room", SCHEMA)


def refused(text, part, line=1):
    try:
        compiled(text)
    except QueryError as error:
        assert str(error).startswith(f"queries.sql:{line}: ") and part in str(error), error
        return
    raise AssertionError(f"not refused: {text}")


READ = {"kind": ":one", "params": "org_id i64, id i64", "returns": "language text"}


def read(where, **more):
    return query(f"SELECT language FROM sheet WHERE {where}", **{**READ, **more})


def test_makes_typed_functions():
    functions = compiled(query("SELECT id, language, finished_ms FROM sheet WHERE org_id = $1", kind=":many",
                               params="org_id i64", returns="id i64, language text, finished_ms i64?", limit="9"))
    header = write_header("room", "phases/room/queries.h", functions)
    assert "#ifndef JALON_PHASES_ROOM_QUERIES_H" in header
    assert "MUST_CHECK int room_q(struct db *db, struct arena *a, int64_t org_id, struct room_q_rows *ret," in header
    assert "bool has_finished_ms;\n\tint64_t finished_ms;" in header
    source = write_source("room", "phases/room/queries.h", functions)
    assert '.name = "room.q"' in source and ".max = 9" in source
    assert '"SELECT id, language, finished_ms FROM sheet WHERE org_id = ?1"' in source
    assert '.postgres = "SELECT id, language, finished_ms FROM sheet WHERE org_id = $1"' in source


def test_many_arguments_go_through_a_struct():
    sql = "INSERT INTO instance (name, value) VALUES ($1 || $2 || $3, $4)"
    header = write_header("room", "q.h", compiled(query(sql, params="a text, b text, c text, value blob")))
    assert "room_q(struct db *db, struct str a, struct str b, struct str c, struct str value," in header
    header = write_header("room", "q.h", compiled(query(sql, params="a text, b text?, c text, value blob")))
    assert "const struct room_q_params *p" in header and "bool has_b;" in header


def test_says_whose_rows():
    def reach(text):
        return re.search(r"\.reach = (\w+),\s+\.org_param = (-?\d+)", write_source("room", "q.h", compiled(text))).groups()

    assert reach(query("DELETE FROM instance")) == ("DB_REACH_NONE", "0")
    assert reach(read("org_id = $1 AND id = $2")) == ("DB_REACH_ORG", "0")
    assert reach(read("id = $1 AND org_id = $2")) == ("DB_REACH_ORG", "1")
    assert reach(read("org_id > $1 AND id = $2", tenant="why")) == ("DB_REACH_ALL", "-1")
    sql = "UPDATE sheet SET org_id = $2 WHERE org_id = $1"
    assert reach(query(sql, params="org_id i64, to i64")) == ("DB_REACH_ORG", "0")
    sql = "INSERT INTO department (id, org_id, name, position) VALUES ($1, $2, $3, 0)"
    assert reach(query(sql, params="id i64, org_id i64, name text")) == ("DB_REACH_ORG", "1")


def test_keeps_strings_and_variants():
    functions = compiled(query("DELETE FROM instance WHERE name = 'a  \"b\\ $1 --' || $1 -- why\n"
                               "-- postgres:\nDELETE FROM instance WHERE name = concat('x', $1);", params="n text"))
    source = write_source("room", "q.h", functions)
    assert r'''.sqlite = "DELETE FROM instance WHERE name = 'a  \"b\\ $1 --' || ?1"''' in source, source
    assert '''.postgres = "DELETE FROM instance WHERE name = concat('x', $1)"''' in source


def test_refuses_with_file_and_line():
    good = query("DELETE FROM instance") + "\n\n"
    refused(good + "-- name: Bad :one", "not '-- name:", 5)
    refused(good + "-- name: q :exec", "twice", 5)
    refused("SELECT 1", "before the first")
    refused(query("DELETE FROM instance", params="id int"), "'id int'", 3)
    refused(query("DELETE FROM instance", limit="0"), "from 1", 3)
    refused("\n" + query("DELETE FROM nowhere"), "no such table", 2)
    refused("-- name: q :exec\nDELETE FROM instance", "comment line")


def test_refuses_other_shapes():
    refused(query("SELECT name FROM instance WHERE name = $1", kind=":one", returns="name text"), "params: lists 0")
    refused(query("DELETE FROM instance WHERE name = $2", params="a text, b text"), "uses $2")
    refused(query("SELECT name FROM instance", kind=":one", returns="nom text"), "returns:")
    refused(query("SELECT name, value FROM instance", kind=":one", returns="name text"), "returns:")
    refused(query("SELECT name FROM instance", kind=":one", returns="name blob"), "declared blob")
    refused(query("SELECT name FROM instance", kind=":one"), "needs 'returns:'")
    refused(query("SELECT name FROM instance", kind=":many", returns="name text"), "'limit:'")
    refused(query("SELECT * FROM instance", kind=":one", returns="name text, value blob"), "'*'")
    refused(query("SELECT i.* FROM instance i", kind=":one", returns="name text, value blob"), "'*'")
    refused(query("DELETE FROM instance; DELETE FROM instance"), "one statement")
    refused(query("PRAGMA user_version = 3"), "PRAGMA")
    refused(query("DELETE FROM instance -- postgres\n-- postgres:\nDELETE FROM instance WHERE name = $1"), "params:")


def test_refuses_writes_declared_as_reads():
    sql = "DELETE FROM instance RETURNING name"
    refused(query(sql, kind=":one", returns="name text"), "it writes")
    compiled(query(sql, kind=":one writes", returns="name text"))
    refused(query("SELECT name FROM instance", kind=":one writes", returns="name text"), "does not write")
    refused(query("SELECT name FROM instance"), "does not write")
    refused(query(sql), "cannot return rows")


def test_null_is_declared():
    sql = "SELECT finished_ms FROM sheet WHERE org_id = $1{}"
    refused(query(sql.format(""), kind=":one", params="o i64", returns="finished_ms i64"), "may be NULL")
    compiled(query(sql.format(" AND finished_ms IS NOT NULL"), kind=":one", params="o i64",
                   returns="finished_ms i64"))


def test_reads_name_the_organisation():
    compiled(read("org_id = $1 AND id = $2"))
    compiled(read("id = $2 AND (org_id = $1) AND (language = 'a' OR language = 'b')"))
    for where in ("id = $1 + $2", "org_id = 1 AND id = $1 + $2", "org_id = $1 OR id = $2",
                  "NOT (org_id = $1) AND id = $2", "(org_id = $1 OR id = $2)", "NOT org_id = $1 AND id = $2",
                  "(org_id = $1 AND id = 3) OR id = $2", "org_id > $1 AND id = $2", "org_id = $1 + $2",
                  "org_id <> $1 AND id = $2", "CASE WHEN org_id = $1 THEN 1 ELSE 1 END = 1 AND id = $2",
                  "coalesce(org_id = $1, 1) AND id = $2", "id IN (SELECT sheet_id FROM answer WHERE org_id = $1) "
                  "AND id = $2"):
        refused(read(where), "organisation")


def test_a_reason_lifts_it_where_needed():
    token = {"kind": ":one", "params": "t blob", "returns": "language text"}
    sql = "SELECT language FROM sheet WHERE token_hash = $1"
    refused(query(sql, **token), "organisation")
    compiled(query(sql, **token, tenant="a token names one sheet"))
    refused(read("org_id = $1 AND id = $2", tenant="for fun"), "not needed")
    refused(query("DELETE FROM instance", tenant="for fun"), "without a tenant's table")


def test_joins_tie_every_table():
    def join(sql):
        return query(sql, kind=":one", params="org_id i64", returns="question text")
    select = "SELECT a.question FROM sheet s JOIN answer AS a ON "
    compiled(join(select + "a.org_id = s.org_id AND a.sheet_id = s.id WHERE s.org_id = $1"))
    compiled(join(select + "a.sheet_id = s.id AND s.org_id = $1 WHERE a.org_id = s.org_id"))
    refused(join(select + "a.sheet_id = s.id WHERE s.org_id = $1"), "a.org_id")
    refused(join(select + "a.org_id = a.org_id WHERE s.org_id = $1"), "a.org_id")
    refused(join("SELECT a.question FROM sheet s, answer a WHERE s.org_id = $1"), "a.org_id")
    refused(join("SELECT question FROM answer WHERE org_id = $1 UNION SELECT question FROM answer b"), "b.org_id")
    refused(join("SELECT a.question FROM answer a LEFT JOIN org o ON o.id = 1 WHERE a.org_id = $1"), "o.id")
    refused(join("SELECT question FROM (answer) WHERE org_id = $1"), "cannot see")


def test_writes_name_the_organisation():
    keys = "org_id i64, sheet_id i64"
    insert = "INSERT INTO answer (org_id, sheet_id, question, value, updated_ms) "
    compiled(query(insert + "VALUES ($1, $2, 'q', 'v', 0), ($1, $2, 'r', 'v', 0)", params=keys))
    refused(query(insert + "VALUES ($1, $2, 'q', 'v', 0), (1, $2, 'r', 'v', 0)", params=keys), "organisation")
    refused(query("INSERT INTO answer VALUES ($1, $2, 'q', 'v', NULL, 0)", params=keys), "columns")
    compiled(query(insert + "SELECT s.org_id, s.id, 'q', 'v', 0 FROM sheet s WHERE s.org_id = $1 AND s.id = $2",
                   params=keys))
    refused(query(insert + "SELECT s.org_id, s.id, 'q', 'v', 0 FROM sheet s WHERE s.id = $1 + $2", params=keys),
            "organisation")
    refused(query(insert + "SELECT s.org_id, s.id, 'q', 'v', 0 FROM sheet s WHERE s.org_id = $1 AND s.id = $2 "
                  "UNION SELECT 3, 4, 'q', 'v', 0", params=keys), "one SELECT")
    refused(query("UPDATE sheet SET org_id = $1 WHERE id = $2", params=keys), "organisation")
    compiled(query("UPDATE sheet SET org_id = $1 WHERE org_id = $2", params=keys))
    refused(query("DELETE FROM sheet WHERE id = $1", params="id i64"), "organisation")
    refused(query("DELETE FROM org", ), "organisation")
    compiled(query("DELETE FROM org WHERE id = $1", params="id i64"))


def test_an_upsert_stays_in_its_organisation():
    insert = ("INSERT INTO sheet (org_id, id, token_hash, pack, pack_version, language, created_ms, updated_ms) "
              "VALUES ($1, $2, $3, 'p', 1, 'fr', 0, 0) ON CONFLICT ")
    params = {"params": "org_id i64, id i64, token_hash blob"}
    compiled(query(insert + "DO NOTHING", **params))
    compiled(query(insert + "(org_id, id) DO UPDATE SET language = 'en'", **params))
    refused(query(insert + "(token_hash) DO UPDATE SET language = 'en'", **params), "in its target")


if __name__ == "__main__":
    tap.run(globals())
