#!/usr/bin/env python3
"""Makes C of the tables of organisations, from the migrated schema: what they are called, what their columns
hold, and the queries that read, count, add and erase all rows of one organisation (src/db/tables.h).

Usage: tables.py MIGRATIONS OUT.c
       tables.py --list MIGRATIONS      the files of an export and their members, for doc/export.md
"""
import sys
from pathlib import Path

from queries import Schema, c_string

KINDS = {"INTEGER": "DB_I64", "TEXT": "DB_TEXT", "BLOB": "DB_BLOB"}
PAGE_ROWS = 500          # DB_TABLE_PAGE in src/db/tables.h


def references(schema, table):
    """{column: (table, its column)} of the foreign keys."""
    rows = schema.db.execute('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)', (table,))
    return {(column, other): to for column, other, to in rows}


def primary_key(schema, table):
    rows = schema.db.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", (table,))
    return [name for name, in rows]


def in_order(schema):
    """The tenants' tables, parents before their children."""
    left, done = sorted(schema.tenant_keys), []
    while left:
        ready = [t for t in left
                 if not any(other in left and other != t for _, other in references(schema, t))]
        if not ready:
            raise SystemExit(f"tables.py: foreign keys go round in a circle: {', '.join(left)}")
        done += ready
        left = [t for t in left if t not in ready]
    return done


class Table:
    """The C of one table."""

    def __init__(self, schema, name):
        self.name, self.key = name, schema.tenant_keys[name]
        self.columns = schema.tables[name]
        self.names = list(self.columns)
        self.primary = primary_key(schema, name)
        self.within = [column for column in self.primary if column != self.key]
        self.links = references(schema, name)

    def column(self, name):
        kind, nullable = self.columns[name]
        is_account = (name, "account") in self.links
        is_id = kind == "INTEGER" and (name == "id" or name.endswith("_id") or is_account)
        return (f"\t{{ {c_string(name)}, {KINDS[kind]}, {str(nullable).lower()}, {str(is_id).lower()}, "
                f"{str(is_account).lower()} }},")

    def query(self, what, sql, params, returns=(), writes=False):
        """One db_query; parameters and rows are named by their columns."""
        head, out = f"{self.name}_{what}", []
        if params:
            out.append(f"static const enum db_type {head}_params[] = {{ "
                       + ", ".join(KINDS[self.columns[p][0]] for p in params) + " };")
        if returns:
            out.append(f"static const enum db_type {head}_types[] = {{ " + ", ".join(t for t, _ in returns) + " };")
            out.append(f"static const bool {head}_nullable[] = {{ "
                       + ", ".join(str(n).lower() for _, n in returns) + " };")
        out.append(f"static const struct db_query {head} = {{\n\t.name = \"tables.{head}\",\n"
                   f"\t.sqlite = {c_string(sql.replace('$', '?'))},\n\t.postgres = {c_string(sql)},\n"
                   f"\t.n_params = {len(params)},\n\t.params = {head + '_params' if params else 'NULL'},\n"
                   f"\t.n_columns = {len(returns)},\n\t.columns = {head + '_types' if returns else 'NULL'},\n"
                   f"\t.nullable = {head + '_nullable' if returns else 'NULL'},\n"
                   f"\t.writes = {str(writes).lower()},\n\t.reach = DB_REACH_ORG,\n"
                   f"\t.org_param = {list(params).index(self.key)},\n}};")
        return "\n".join(out)

    def statements(self):
        """(name, SQL) of each query."""
        select = f"SELECT {', '.join(self.names)} FROM {self.name} WHERE {self.key} = $1"
        order = f" ORDER BY {', '.join(self.within or [self.key])} LIMIT {PAGE_ROWS}"
        yield "first", select + order
        if self.within:
            after = ", ".join(f"${i}" for i in range(2, len(self.within) + 2))
            yield "next", f"{select} AND ({', '.join(self.within)}) > ({after}){order}"
        values = ", ".join(f"${i}" for i in range(1, len(self.names) + 1))
        yield "add", f"INSERT INTO {self.name} ({', '.join(self.names)}) VALUES ({values})"
        yield "erase", f"DELETE FROM {self.name} WHERE {self.key} = $1"

    def queries(self):
        rows = [(KINDS[kind], nullable) for kind, nullable in self.columns.values()]
        params = {"first": [self.key], "next": [self.key, *self.within], "add": self.names, "erase": [self.key]}
        for what, sql in self.statements():
            is_read = what in ("first", "next")
            yield self.query(what, sql, params[what], rows if is_read else (), not is_read)

    def text(self):
        keys = [self.names.index(column) for column in self.within]
        out = [f"static const struct db_table_column {self.name}_columns[] = {{"]
        out += [self.column(name) for name in self.names] + ["};"]
        if keys:
            out.append(f"static const int {self.name}_within[] = {{ {', '.join(map(str, keys))} }};")
        out += self.queries()
        out.append(f"static const struct db_table {self.name}_table = {{\n\t.name = {c_string(self.name)},\n"
                   f"\t.n_columns = {len(self.names)},\n\t.columns = {self.name}_columns,\n"
                   f"\t.org_column = {self.names.index(self.key)},\n"
                   f"\t.n_within = {len(keys)},\n\t.within = {self.name + '_within' if keys else 'NULL'},\n"
                   f"\t.first = &{self.name}_first,\n\t.next = {'&' + self.name + '_next' if keys else 'NULL'},\n"
                   f"\t.add = &{self.name}_add,\n\t.erase = &{self.name}_erase,\n}};")
        return "\n".join(out) + "\n"


def generate(schema):
    names = in_order(schema)
    parts = ["/* Generated by tools/tables.py from sql/migrations: do not edit. */", '#include "db/tables.h"', "",
             "\n".join(Table(schema, name).text() for name in names),
             "const struct db_table *const db_tables[] = {",
             "\n".join(f"\t&{name}_table," for name in names), "\tNULL,", "};", ""]
    return "\n".join(parts)


def member(table, name):
    """"sheet_id id", "comment text?" """
    kind, nullable = table.columns[name]
    is_account = (name, "account") in table.links
    is_id = kind == "INTEGER" and (name == "id" or name.endswith("_id") or is_account)
    word = "id" if is_id else {"INTEGER": "number", "TEXT": "text", "BLOB": "bytes"}[kind]
    return f"{name} {word}{'?' if nullable else ''}"


def listing(schema):
    rows = ["| file | members of each line |", "|---|---|"]
    for name in in_order(schema):
        table = Table(schema, name)
        rows.append(f"| `tables/{name}.jsonl` | {', '.join(member(table, column) for column in table.names)} |")
    return "\n".join(rows)


def main():
    if sys.argv[1] == "--list":
        print(listing(Schema(sys.argv[2])))
        return
    directory, output = sys.argv[1:]
    Path(output).write_text(generate(Schema(directory)), encoding="utf-8")


if __name__ == "__main__":
    main()
