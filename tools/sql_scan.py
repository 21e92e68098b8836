"""What tools/queries.py needs to know of an SQL text: its tokens, the tables it uses, what it selects,
and whether each use of a tenant's table is tied to a parameter.

This is no SQL parser. It understands the plain forms that queries.sql is meant to hold and refuses what it
does not understand: a query that is refused wrongly can be written more plainly, or states `-- tenant:`.
"""
import re
from dataclasses import dataclass, field

TOKEN = re.compile(r"""
    (?P<space>\s+|--[^\n]*)
  | (?P<string>'(?:[^']|'')*')
  | (?P<param>\$\d+)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*|"[^"]+")
  | (?P<number>\d+(?:\.\d+)?)
  | (?P<op><=|>=|<>|!=|\|\||::|->>|->|[-+*/%=<>(),.;&|~])
""", re.X)

CLAUSES = {"SELECT", "FROM", "WHERE", "ON", "GROUP", "HAVING", "ORDER", "LIMIT", "VALUES", "SET", "RETURNING",
           "UNION", "EXCEPT", "INTERSECT", "WINDOW"}
JOIN_WORDS = {"JOIN", "LEFT", "INNER", "CROSS", "NATURAL", "RIGHT", "FULL"}
# What may stand right after `org_id = $1` for it to be a condition of its own.
AFTER_CONDITION = {"AND", ")"} | CLAUSES | JOIN_WORDS
NOT_AN_ALIAS = CLAUSES | JOIN_WORDS | {"AS", "USING", "DO", "DEFAULT"}


class ScanError(Exception):
    """The text cannot be understood, or breaks a rule."""


def tokenize(sql):
    """The tokens as written, without spaces and comments."""
    tokens, at = [], 0
    while at < len(sql):
        match = TOKEN.match(sql, at)
        if not match:
            raise ScanError(f"cannot read SQL at {sql[at:at + 20]!r}")
        if match.lastgroup != "space":
            tokens.append(match[0])
        at = match.end()
    return tokens


def squeeze(sql, placeholder):
    """`sql` on one line, without comments, its parameters written with `placeholder` for the $."""
    parts = []
    for match in TOKEN.finditer(sql):
        if match.lastgroup == "param":
            parts.append(placeholder + match[0][1:])
        elif match.lastgroup != "space":
            parts.append(match[0])
        elif parts and parts[-1] != " ":
            parts.append(" ")
    return "".join(parts).strip(" ;")


def upper(token):
    return token.upper()


def is_word(token):
    return token[0].isalpha() or token[0] in '_"'


def split_commas(tokens):
    """Splits at commas outside parentheses."""
    parts, depth = [[]], 0
    for token in tokens:
        depth += (token == "(") - (token == ")")
        if token == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def closing(tokens, opening):
    """Index of the parenthesis that closes the one at `opening`."""
    depth = 0
    for at in range(opening, len(tokens)):
        depth += (tokens[at] == "(") - (tokens[at] == ")")
        if depth == 0:
            return at
    raise ScanError("a parenthesis is not closed")


def output_items(tokens):
    """The expressions of RETURNING, or of the first SELECT outside parentheses; [] when none."""
    depth, starts = 0, {}
    for at, token in enumerate(tokens):
        depth += (token == "(") - (token == ")")
        if depth == 0 and upper(token) in ("SELECT", "RETURNING"):
            starts.setdefault(upper(token), at + 1)
    writes = any(upper(t) in ("INSERT", "UPDATE", "DELETE") for t in tokens)
    start = starts.get("RETURNING", None if writes else starts.get("SELECT"))
    if start is None:
        return []
    if upper(tokens[start]) in ("DISTINCT", "ALL"):
        start += 1
    end, depth = start, 0
    while end < len(tokens) and (depth > 0 or upper(tokens[end]) not in CLAUSES):
        depth += (tokens[end] == "(") - (tokens[end] == ")")
        end += 1
    return split_commas(tokens[start:end])


def selects_star(tokens):
    before = {"SELECT", "DISTINCT", "ALL", ",", ".", "RETURNING"}
    return any(t == "*" and at and upper(tokens[at - 1]) in before for at, t in enumerate(tokens))


@dataclass
class Use:
    """A table named in a statement."""
    table: str
    alias: str
    is_insert: bool
    at: int


@dataclass
class Group:
    """A parenthesis (or the statement itself) on the way to a token."""
    clause: str
    conditions: bool       # it holds conditions that are all joined by AND, as far as seen
    serial: int
    parent: "Group" = None
    marks: set = field(default_factory=set)


def table_uses(tokens, tables):
    """Each place where one of `tables` is read or written, with its alias."""
    uses, stack, clause = [], [], ""
    for at, token in enumerate(tokens):
        word = upper(token)
        if token == "(":
            stack.append(clause)
            clause = ""
        elif token == ")":
            clause = stack.pop() if stack else ""
        elif word in CLAUSES:
            clause = word
        elif word in JOIN_WORDS:
            clause = "FROM"
        if token.strip('"') not in tables or at == 0:
            continue
        before = upper(tokens[at - 1])
        is_place = before in ("FROM", "JOIN", "INTO", "UPDATE") or (before == "," and clause == "FROM")
        if not is_place:
            continue
        after = tokens[at + 1:at + 3]
        alias = token
        if after and upper(after[0]) == "AS":
            alias = after[1]
        elif after and is_word(after[0]) and upper(after[0]) not in NOT_AN_ALIAS:
            alias = after[0]
        uses.append(Use(token.strip('"'), alias, before == "INTO", at))
    return uses


class Tenancy:
    """Ties every use of a tenant's table to a parameter, or says which it could not."""

    def __init__(self, tokens, uses, keys):
        """`keys`: the column that names the tenant, by table."""
        self.tokens = tokens
        self.keys = keys
        self.uses = [use for use in uses if use.table in keys]
        self.all_uses = uses
        self.tied = {use.alias: use.alias for use in self.uses}
        self.params = set()  # those that organisations are tied to
        self.conditions = []  # (first token, one past the last) of those that tie
        aliases = [use.alias for use in self.uses]
        if len(set(aliases)) != len(aliases):
            raise ScanError("a table is used twice: give each use an alias of its own")

    def root(self, alias):
        while self.tied[alias] != alias:
            alias = self.tied[alias]
        return alias

    def tie(self, alias, other):
        """`other` is another alias, or None for a parameter."""
        self.tied.setdefault("$", "$")
        self.tied[self.root(alias)] = self.root("$" if other is None else other)

    def key_at(self, at):
        """(alias, next index) when a tenant's key column is written at `at`, else (None, at)."""
        tokens = self.tokens
        if at + 2 < len(tokens) and tokens[at + 1] == ".":
            for use in self.uses:
                if use.alias == tokens[at] and tokens[at + 2] == self.keys[use.table]:
                    return use.alias, at + 3
            return None, at
        if at < len(tokens) and tokens[at - 1] != ".":
            owners = [use for use in self.uses if self.keys[use.table] == tokens[at]]
            if len(owners) == 1 and len(self.uses) == 1 and len(self.all_uses) == 1:
                return owners[0].alias, at + 1
        return None, at

    def unsure(self):
        """Aliases of the uses that no parameter restricts."""
        self.scan_conditions()
        for use in self.uses:
            if use.is_insert:
                self.scan_insert(use)
        self.tied.setdefault("$", "$")
        return [use.alias for use in self.uses if self.root(use.alias) != self.root("$")]

    def scan_conditions(self):
        """Finds `key = $n` and `key = other.key` among conditions joined by AND only."""
        found = []
        group = Group("", False, 0)
        for at, token in enumerate(self.tokens):
            word = upper(token)
            if token == "(":
                before = upper(self.tokens[at - 1]) if at else ""
                group = Group("", group.conditions and before in ("AND", "WHERE", "ON", "("), 0, group)
            elif token == ")":
                group = group.parent
                if group is None:
                    raise ScanError("a parenthesis is closed twice")
            elif word in CLAUSES or word in JOIN_WORDS:
                group.clause, group.serial = word, group.serial + 1
                group.conditions = word in ("WHERE", "ON")
            elif word == "OR":
                group.marks.add(group.serial)
            if group.conditions:
                self.note_condition(at, group, found)
        for alias, other, param, span, chain in found:
            if not any(serial in g.marks for g, serial in chain):
                self.tie(alias, other)
                self.params.update(param)
                self.conditions.append(span)

    def note_condition(self, at, group, found):
        if upper(self.tokens[at - 1]) not in ("WHERE", "ON", "AND", "("):
            return
        alias, after = self.key_at(at)
        if alias is None or self.tokens[after:after + 1] != ["="]:
            return
        other, end, param = None, after + 2, self.tokens[after + 1:after + 2]
        if not self.tokens[after + 1].startswith("$"):
            (other, end), param = self.key_at(after + 1), []
            if other is None:
                return
        if end < len(self.tokens) and upper(self.tokens[end]) not in AFTER_CONDITION:
            return
        chain, inner = [], group
        while inner is not None:
            chain.append((inner, inner.serial))
            if inner.clause in ("WHERE", "ON"):
                break
            inner = inner.parent
        found.append((alias, other, param, (at, end), chain))

    def scan_insert(self, use):
        """INSERT INTO table (columns) VALUES ($n, …) or SELECT …: the key must come from a parameter."""
        tokens, key = self.tokens, self.keys[use.table]
        start = use.at + 1
        if upper(tokens[start]) == "AS":
            start += 2
        if tokens[start] != "(":
            raise ScanError("INSERT must name its columns")
        if {"UNION", "EXCEPT", "INTERSECT"}.intersection(map(upper, tokens)):
            raise ScanError("INSERT takes one SELECT only")
        end = closing(tokens, start)
        columns = [part[0] for part in split_commas(tokens[start + 1:end])]
        if key not in columns:
            return
        index = columns.index(key)
        if all(self.is_tied_value(use, row[index]) for row in self.inserted_rows(end + 1)):
            self.tie(use.alias, None)
        self.check_upsert(end, key)

    def inserted_rows(self, at):
        tokens = self.tokens
        if upper(tokens[at]) == "VALUES":
            at += 1
            while at < len(tokens) and tokens[at] == "(":
                end = closing(tokens, at)
                yield split_commas(tokens[at + 1:end])
                at = end + (2 if tokens[end + 1:end + 2] == [","] else 1)
        elif upper(tokens[at]) == "SELECT":
            end = next((i for i in range(at, len(tokens)) if upper(tokens[i]) == "FROM"), len(tokens))
            yield split_commas(tokens[at + 1:end])
        else:
            raise ScanError("INSERT needs VALUES or a plain SELECT")

    def is_tied_value(self, use, item):
        if len(item) == 1 and item[0].startswith("$"):
            self.params.add(item[0])
            return True
        others = [other for other in self.uses if not other.is_insert]
        for other in others:
            if item == [other.alias, ".", self.keys[other.table]]:
                self.tied.setdefault("$", "$")
                return self.root(other.alias) == self.root("$")
        return False

    def check_upsert(self, at, key):
        """DO UPDATE must not reach a row of another tenant: its target has to hold the key."""
        tokens = [upper(t) for t in self.tokens]
        for i in range(at, len(tokens) - 2):
            if tokens[i:i + 2] == ["ON", "CONFLICT"]:
                target = self.tokens[i + 3:closing(tokens, i + 2)] if tokens[i + 2] == "(" else []
                rest = tokens[i + 2 + len(target):]
                updates = any(rest[j:j + 2] == ["DO", "UPDATE"] for j in range(len(rest)))
                if updates and key not in target:
                    raise ScanError(f"ON CONFLICT … DO UPDATE needs {key} in its target")
