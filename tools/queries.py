#!/usr/bin/env python3
"""Compiles a room's queries.sql into typed C functions. The syntax and the rules are in doc/queries.md.

Usage: queries.py --room PREFIX --header PATH-TO-INCLUDE --migrations DIRECTORY queries.sql OUT.c OUT.h
"""
import argparse
import re
import sqlite3
import sys
from dataclasses import dataclass, field
from pathlib import Path

import sql_scan
from sql_scan import ScanError, Tenancy, output_items, selects_star, table_uses, tokenize, upper

COLUMNS_MAX = 64         # DB_COLUMNS_MAX and DB_PARAMS_MAX in src/db/db.h
TEXT_MAX = 4000          # C promises string literals of 4,095 bytes
POSITIONAL_MAX = 4       # more arguments than this go through a struct
KINDS = ("one", "many", "exec", "changes")
C_TYPES = {"i64": "int64_t ", "bool": "bool ", "text": "struct str ", "blob": "struct str "}
DB_TYPES = {"i64": "DB_I64", "bool": "DB_I64", "text": "DB_TEXT", "blob": "DB_BLOB"}
SQLITE_TYPES = {"i64": "INTEGER", "bool": "INTEGER", "text": "TEXT", "blob": "BLOB"}
WRITE_ACTIONS = (sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE)


class QueryError(Exception):
    """A mistake in queries.sql; its text gives file and line."""


@dataclass
class Field:
    name: str
    type: str
    nullable: bool


@dataclass
class Query:
    name: str
    kind: str
    writes: bool
    line: int
    comment: list = field(default_factory=list)
    params: list = field(default_factory=list)
    returns: list = field(default_factory=list)
    tenant: str = ""
    limit: int = 0
    sqlite: str = ""
    postgres: str = ""
    reach: str = "DB_REACH_NONE"
    org_param: int = 0


# ---- reading ----

def parse_fields(text):
    """"id i64, finished_ms i64?" as a list of Field."""
    fields = []
    for part in filter(None, (p.strip() for p in text.split(","))):
        match = re.fullmatch(r"([a-z][a-z0-9_]*) (i64|text|blob|bool)(\??)", part)
        if not match:
            raise ScanError(f"{part!r} is not 'name type', with type i64, text, blob or bool, and ? for NULL")
        if any(f.name == match[1] for f in fields):
            raise ScanError(f"{match[1]!r} is there twice")
        fields.append(Field(match[1], match[2], bool(match[3])))
    return fields


def parse_header_line(query, line):
    """One `-- …` line between `-- name:` and the SQL."""
    match = re.fullmatch(r"--\s*(params|returns|tenant|limit):\s*(.*)", line)
    if not match:
        query.comment.append(line.lstrip("-").strip())
        return
    key, value = match[1], match[2].strip()
    if not value:
        raise ScanError(f"'{key}:' says nothing")
    if key == "params":
        query.params += parse_fields(value)
    elif key == "returns":
        query.returns += parse_fields(value)
    elif key == "tenant":
        query.tenant = value
    elif not value.isdecimal() or int(value) < 1:
        raise ScanError("'limit:' needs a number from 1")
    else:
        query.limit = int(value)


def parse(text, path):
    """The queries of a file, as written."""
    queries, query, state = [], None, ""
    for number, line in enumerate(text.splitlines(), 1):
        try:
            if line.startswith("-- name:"):
                match = re.fullmatch(r"-- name: ([a-z][a-z0-9_]*) :(\w+)( writes)?\s*", line)
                if not match or match[2] not in KINDS:
                    raise ScanError("not '-- name: some_name :one', :many, :exec or :changes")
                if any(q.name == match[1] for q in queries):
                    raise ScanError(f"{match[1]} is there twice")
                query = Query(match[1], match[2], bool(match[3]) or match[2] in ("exec", "changes"), number)
                queries.append(query)
                state = "header"
            elif query is None:
                if line.strip() and not line.startswith("--"):
                    raise ScanError("SQL before the first '-- name:'")
            elif line.strip() == "-- postgres:":
                state = "postgres"
            elif state == "header" and line.startswith("--"):
                parse_header_line(query, line)
            elif state == "postgres":
                query.postgres += line + "\n"
            elif line.strip():
                state = "sqlite"
                query.sqlite += line + "\n"
        except ScanError as error:
            raise QueryError(f"{path}:{number}: {error}") from error
    return queries


# ---- checking ----

class Schema:
    """The migrated schema, in a SQLite database in memory."""

    def __init__(self, directory):
        self.db = sqlite3.connect(":memory:", isolation_level=None)
        self.db.execute("PRAGMA foreign_keys = ON")
        for path in sorted(Path(directory).glob("*.sqlite.sql")):
            self.db.executescript(path.read_text(encoding="utf-8"))
        names = [row[0] for row in self.db.execute(
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'")]
        self.tables = {name: self.columns_of(name) for name in names}
        self.tenant_keys = {name: "org_id" for name, columns in self.tables.items() if "org_id" in columns}
        if "org" in self.tables:
            self.tenant_keys["org"] = "id"

    def columns_of(self, table):
        """{column: (type, may be NULL)}"""
        return {row[1]: (row[2], not row[3] and not row[5])
                for row in self.db.execute("SELECT * FROM pragma_table_info(?)", (table,))}

    def explain(self, sql, n_params):
        """Prepares: (whether it writes, columns of its rows)."""
        actions = set()

        def authorize(action, *_):
            actions.add(action)
            return sqlite3.SQLITE_OK

        self.db.set_authorizer(authorize)
        try:
            program = self.db.execute("EXPLAIN " + sql, (None,) * n_params).fetchall()
        except sqlite3.Error as error:
            raise ScanError(f"SQLite: {error}") from error
        finally:
            self.db.set_authorizer(None)
        widths = [row[3] for row in program if row[1] == "ResultRow"]
        return bool(actions.intersection(WRITE_ACTIONS)), max(widths, default=0)


def normal_sql(sql, placeholder):
    """On one line, without comments; parameters as the engine writes them."""
    tokens = tokenize(sql)
    if tokens and tokens[-1] == ";":
        tokens.pop()
    if not tokens or ";" in tokens:
        raise ScanError("one statement is needed, no more and no less")
    if upper(tokens[0]) not in ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"):
        raise ScanError(f"{tokens[0]} is not SELECT, INSERT, UPDATE, DELETE or WITH")
    text = sql_scan.squeeze(sql, placeholder)
    if len(text) > TEXT_MAX:
        raise ScanError(f"longer than {TEXT_MAX} characters")
    return text


def check_params(query, sql):
    used = {int(t[1:]) for t in tokenize(sql) if t.startswith("$")}
    if used != set(range(1, len(query.params) + 1)):
        raise ScanError(f"params: lists {len(query.params)}, the statement uses "
                        + (", ".join(f"${n}" for n in sorted(used)) or "none"))


def item_name(item):
    """The column name an expression of the select list gets."""
    return item[-1].strip('"') if item and sql_scan.is_word(item[-1]) else ""


def check_column(schema, tokens, uses, item, declared):
    """Compares a plain column of the schema with its declaration; expressions are checked when run."""
    plain = item[:-2] if len(item) > 2 and upper(item[-2]) == "AS" else item
    if len(plain) == 3 and plain[1] == ".":
        owners = [u.table for u in uses if u.alias == plain[0] and plain[2] in schema.tables[u.table]]
    elif len(plain) == 1:
        owners = [u.table for u in uses if plain[0] in schema.tables[u.table]]
    else:
        return
    if len(owners) != 1:
        return
    column = plain[-1]
    actual, nullable = schema.tables[owners[0]][column]
    if actual != SQLITE_TYPES[declared.type]:
        raise ScanError(f"{declared.name} is declared {declared.type}, {owners[0]}.{column} is {actual}")
    excluded = any([upper(t) for t in tokens[i + 1:i + 4]] == ["IS", "NOT", "NULL"]
                   for i, t in enumerate(tokens) if t == column)
    if nullable and not declared.nullable and not excluded:
        raise ScanError(f"{owners[0]}.{column} may be NULL: declare {declared.name} {declared.type}?")


def check_output(schema, query, tokens, uses, width):
    items = output_items(tokens)
    names, declared = [item_name(i) for i in items], [f.name for f in query.returns]
    if names != declared or width != len(declared):
        raise ScanError(f"returns: says ({', '.join(declared)}), the statement gives ({', '.join(names)})")
    for item, column in zip(items, query.returns):
        check_column(schema, tokens, uses, item, column)


def check_tenant(schema, query, tokens, uses):
    """Every use of a tenant's table is restricted to an organisation that is a parameter."""
    places = {use.at for use in uses}
    for at, token in enumerate(tokens):
        if token.strip('"') in schema.tenant_keys and at not in places and tokens[at + 1:at + 2] != ["."]:
            raise ScanError(f"cannot see how the table {token} is used here")
    tenancy = Tenancy(tokens, uses, schema.tenant_keys)
    if not tenancy.uses and query.tenant:
        raise ScanError("'tenant:' on a query without a tenant's table")
    unsure = tenancy.unsure()
    if unsure and not query.tenant:
        keys = ", ".join(f"{u.alias}.{schema.tenant_keys[u.table]}" for u in tenancy.uses if u.alias in unsure)
        raise ScanError(f"the organisation is not given: compare or set {keys} to a parameter, in a condition "
                        "of its own joined by AND, or say why not with 'tenant:'")
    if not unsure and query.tenant:
        raise ScanError("'tenant:' is not needed: the organisation is given")
    if tenancy.uses:
        query.reach = "DB_REACH_ALL" if query.tenant else "DB_REACH_ORG"
        query.org_param = int(min(tenancy.params)[1:]) - 1 if len(tenancy.params) == 1 else -1


def check_kind(query, writes):
    returns_rows = query.kind in ("one", "many")
    if writes and not query.writes:
        raise ScanError(f"it writes: declare it ':{query.kind} writes', :exec or :changes")
    if query.writes and not writes:
        raise ScanError("it does not write: declare it :one or :many")
    if returns_rows != bool(query.returns):
        raise ScanError(f":{query.kind} " + ("needs" if returns_rows else "cannot have") + " 'returns:'")
    if (query.kind == "many") != bool(query.limit):
        raise ScanError("'limit:' goes with :many, and :many needs it")


def check_statement(schema, query, sql):
    tokens = [t for t in tokenize(sql) if t != ";"]
    if selects_star(tokens):
        raise ScanError("'*' is not allowed: name the columns")
    check_params(query, sql)
    uses = table_uses(tokens, schema.tables)
    check_tenant(schema, query, tokens, uses)
    return tokens, uses


def check(schema, query):
    if not any(query.comment):
        raise ScanError("a comment line that says what it is for is missing")
    if len(query.params) > COLUMNS_MAX or len(query.returns) > COLUMNS_MAX:
        raise ScanError(f"more than {COLUMNS_MAX} parameters or columns")
    sqlite_text = normal_sql(query.sqlite, "?")
    tokens, uses = check_statement(schema, query, query.sqlite)
    writes, width = schema.explain(sqlite_text, len(query.params))
    check_kind(query, writes)
    if query.kind in ("one", "many"):
        check_output(schema, query, tokens, uses, width)
    elif width:
        raise ScanError(f":{query.kind} cannot return rows")
    if query.postgres:
        check_statement(schema, query, query.postgres)
    return sqlite_text, normal_sql(query.postgres or query.sqlite, "$")


# ---- writing C ----

def c_string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def c_fields(fields):
    """The C declarations of fields; one that may be NULL is preceded by its `has_`."""
    out = []
    for f in fields:
        if f.nullable:
            out.append(f"bool has_{f.name}")
        out.append(C_TYPES[f.type] + f.name)
    return out


def struct_text(name, declarations):
    return "\n".join([f"struct {name} {{"] + [f"\t{d};" for d in declarations] + ["};"])


def wrap(head, arguments, tail):
    """A prototype in at most 100 columns, continued with one tab."""
    lines, line = [], head + "("
    for i, argument in enumerate(arguments):
        piece = argument + (", " if i + 1 < len(arguments) else ")" + tail)
        if len(line.expandtabs(8).rstrip()) + len(piece.rstrip()) > 99:
            lines.append(line.rstrip())
            line = "\t" + piece
        else:
            line += piece
    return "\n".join(lines + [line])


class Function:
    """The C names and texts of one query."""

    def __init__(self, room, query, sqlite_text, postgres_text):
        self.query, self.sqlite, self.postgres = query, sqlite_text, postgres_text
        self.room = room
        self.symbol = f"{room}_{query.name}"
        self.by_struct = len(c_fields(query.params)) > POSITIONAL_MAX

    def prototype(self):
        q = self.query
        arguments = ["struct db *db"]
        if q.returns:
            arguments.append("struct arena *a")
        if self.by_struct:
            arguments.append(f"const struct {self.symbol}_params *p")
        else:
            arguments += c_fields(q.params)
        if q.returns:
            arguments.append(f"struct {self.symbol}_row{'s' if q.kind == 'many' else ''} *ret")
        elif q.kind == "changes":
            arguments.append("int64_t *ret_changed")
        return f"int {self.symbol}", arguments + ["struct err *err"]

    def outcomes(self):
        q = self.query
        names = ["DB_OK"]
        if q.kind == "one":
            names.append("DB_NOT_FOUND")
        if q.writes:
            names.append("DB_CONFLICT")
        text = "Outcomes: " + ", ".join(names) + "."
        return text + (f" More than {q.limit} rows are a fault." if q.limit else "")

    def declaration(self):
        q, out = self.query, []
        if self.by_struct:
            out.append(struct_text(f"{self.symbol}_params", c_fields(q.params)))
        if q.returns:
            out.append(struct_text(f"{self.symbol}_row", c_fields(q.returns)))
        if q.kind == "many":
            out.append(struct_text(f"{self.symbol}_rows", [f"struct {self.symbol}_row *items", "size_t n"]))
        lines = [line.replace("*/", "* /") for line in q.comment] + [self.outcomes()]
        out.append("/*\n" + "\n".join(f" * {line}".rstrip() for line in lines) + "\n */")
        out.append(wrap("MUST_CHECK " + self.prototype()[0], self.prototype()[1], ";"))
        return "\n".join(out) + "\n"

    def query_text(self):
        q, name = self.query, self.query.name
        types = ", ".join(DB_TYPES[f.type] for f in q.params)
        columns = ", ".join(DB_TYPES[f.type] for f in q.returns)
        nullable = ", ".join("true" if f.nullable else "false" for f in q.returns)
        out = []
        if q.params:
            out.append(f"static const enum db_type {name}_param_types[] = {{ {types} }};")
        if q.returns:
            out.append(f"static const enum db_type {name}_column_types[] = {{ {columns} }};")
            out.append(f"static const bool {name}_nullable[] = {{ {nullable} }};")
        out.append(f"static const struct db_query {name}_query = {{\n"
                   f"\t.name = \"{self.room}.{name}\",\n"
                   f"\t.sqlite = {c_string(self.sqlite)},\n"
                   f"\t.postgres = {c_string(self.postgres)},\n"
                   f"\t.n_params = {len(q.params)},\n"
                   f"\t.params = {name + '_param_types' if q.params else 'NULL'},\n"
                   f"\t.n_columns = {len(q.returns)},\n"
                   f"\t.columns = {name + '_column_types' if q.returns else 'NULL'},\n"
                   f"\t.nullable = {name + '_nullable' if q.returns else 'NULL'},\n"
                   f"\t.writes = {'true' if q.writes else 'false'},\n"
                   f"\t.reach = {q.reach},\n"
                   f"\t.org_param = {q.org_param},\n}};")
        return "\n".join(out)

    def param_value(self, f):
        at = "p->" if self.by_struct else ""
        kind = DB_TYPES[f.type]
        type_text = f"{at}has_{f.name} ? {kind} : DB_NULL" if f.nullable else kind
        member = "i64" if kind == "DB_I64" else "bytes"
        return f"\t\t{{ .type = {type_text}, .{member} = {at}{f.name} }},"

    def reader(self):
        """Copies db_value columns into the row struct."""
        q, name = self.query, self.query.name
        out = [f"static void {name}_read(struct arena *a, const struct db_value *columns, void *ret_row)", "{",
               f"\tstruct {self.symbol}_row *row = ret_row;", ""]
        if all(DB_TYPES[f.type] == "DB_I64" for f in q.returns):
            out.append("\t(void)a;")
        for i, f in enumerate(q.returns):
            if f.nullable:
                out.append(f"\trow->has_{f.name} = columns[{i}].type != DB_NULL;")
            value = {"i64": f"columns[{i}].i64", "bool": f"columns[{i}].i64 != 0"}.get(
                f.type, f"str_dup(a, columns[{i}].bytes)")
            out.append(f"\trow->{f.name} = {value};")
        return "\n".join(out + ["}"])

    def fetch_text(self):
        name = self.query.name
        return (f"static const struct db_fetch {name}_fetch = {{\n\t.query = &{name}_query,\n"
                f"\t.row_size = sizeof(struct {self.symbol}_row),\n"
                f"\t.max = {self.query.limit or 1},\n\t.read = {name}_read,\n}};")

    def body(self):
        q, name = self.query, self.query.name
        params = "params" if q.params else "NULL"
        out = [wrap(*self.prototype(), ""), "{"]
        if q.kind == "many":
            out += ["\tvoid *items;", "\tsize_t n;"]
        if q.params:
            out += ["\tconst struct db_value params[] = {"] + [self.param_value(f) for f in q.params] + ["\t};"]
        if q.kind == "many":
            out.append("\tint r;")
        if out[-1] != "{":
            out.append("")
        if q.kind == "one":
            out.append(f"\treturn db_fetch_one(db, a, &{name}_fetch, {params}, ret, err);")
        elif q.kind == "many":
            out += [f"\tr = db_fetch_many(db, a, &{name}_fetch, {params}, &items, &n, err);", "\tif (r)",
                    "\t\treturn r;", "\tret->items = items;", "\tret->n = n;", "\treturn DB_OK;"]
        else:
            changed = "ret_changed" if q.kind == "changes" else "NULL"
            out.append(f"\treturn db_exec(db, &{name}_query, {params}, {changed}, err);")
        return "\n".join(out + ["}"])

    def definition(self):
        parts = [self.query_text()]
        if self.query.returns:
            parts += [self.reader(), self.fetch_text()]
        return "\n\n".join(parts + [self.body()]) + "\n"


def write_header(room, header, functions):
    guard = "JALON_" + re.sub(r"[^A-Z0-9]", "_", header.upper())
    return "\n".join([
        f"/* Generated by tools/queries.py from the queries.sql of {room}: do not edit. */",
        f"#ifndef {guard}", f"#define {guard}", "", '#include "base/arena.h"', '#include "db/db.h"', "",
        "/* Every query of the room, ending with NULL: tests prepare each on both engines. */",
        f"extern const struct db_query *const {room}_queries[];", "",
        "\n".join(f.declaration() for f in functions), "#endif", ""])


def write_source(room, header, functions):
    listed = "".join(f"\t&{f.query.name}_query,\n" for f in functions)
    return "\n".join([
        f"/* Generated by tools/queries.py from the queries.sql of {room}: do not edit. */",
        f'#include "{header}"', "", "\n".join(f.definition() for f in functions),
        f"const struct db_query *const {room}_queries[] = {{\n{listed}\tNULL,\n}};", ""])


def compile_queries(text, path, room, schema):
    """The functions of a queries.sql; QueryError with file and line on a mistake."""
    functions = []
    for query in parse(text, path):
        try:
            functions.append(Function(room, query, *check(schema, query)))
        except ScanError as error:
            raise QueryError(f"{path}:{query.line}: {query.name}: {error}") from error
    return functions


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", required=True)
    parser.add_argument("--header", required=True)
    parser.add_argument("--migrations", required=True)
    parser.add_argument("input")
    parser.add_argument("source_output")
    parser.add_argument("header_output")
    args = parser.parse_args()
    try:
        functions = compile_queries(Path(args.input).read_text(encoding="utf-8"), args.input, args.room,
                                    Schema(args.migrations))
    except QueryError as error:
        sys.exit(str(error))
    Path(args.source_output).write_text(write_source(args.room, args.header, functions), encoding="utf-8")
    Path(args.header_output).write_text(write_header(args.room, args.header, functions), encoding="utf-8")


if __name__ == "__main__":
    main()
