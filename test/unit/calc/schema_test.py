#!/usr/bin/env python3
"""schema_test.py SCHEMAS GOLDEN: every golden document follows its schema, and documents spoilt in
known ways do not. The validator knows the keywords that the schemas use and refuses any other."""
import copy
import json
import sys
from pathlib import Path

IGNORED = {"$schema", "title", "description", "default"}
TYPES = {
    "object": lambda v: isinstance(v, dict),
    "array": lambda v: isinstance(v, list),
    "string": lambda v: isinstance(v, str),
    "boolean": lambda v: isinstance(v, bool),
    "null": lambda v: v is None,
    "number": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool),
    "integer": lambda v: isinstance(v, (int, float)) and not isinstance(v, bool) and v == int(v),
}


class Validator:
    def __init__(self, folder):
        self.schemas = {p.name: json.loads(p.read_text("utf-8")) for p in folder.glob("*.json")}

    def is_valid(self, schema, v):
        return all(self.holds(schema, key, v) for key in schema)

    def holds(self, schema, key, v):
        want = schema[key]
        if key in IGNORED or key in ("then", "additionalProperties"):
            return True  # `then` is read with `if`, the other with `properties`
        if key == "$ref":
            return self.is_valid(self.schemas[want], v)
        if key == "type":
            return any(TYPES[t](v) for t in ([want] if isinstance(want, str) else want))
        if key == "enum":
            return v in want
        if key == "const":
            return v == want
        if key == "anyOf":
            return any(self.is_valid(s, v) for s in want)
        if key == "if":
            return not self.is_valid(want, v) or self.is_valid(schema["then"], v)
        if isinstance(v, dict):
            return self.object_holds(schema, key, want, v)
        if isinstance(v, list):
            return self.array_holds(key, want, v)
        if isinstance(v, str):
            return {"minLength": lambda: len(v) >= want, "maxLength": lambda: len(v) <= want}[key]()
        if TYPES["number"](v):
            return {"minimum": lambda: v >= want, "maximum": lambda: v <= want,
                    "multipleOf": lambda: v / want == int(v / want)}[key]()
        return True

    def object_holds(self, schema, key, want, v):
        if key == "required":
            return all(name in v for name in want)
        assert key == "properties", key
        if schema.get("additionalProperties") is False and set(v) - set(want):
            return False
        return all(self.is_valid(want[name], v[name]) for name in v if name in want)

    def array_holds(self, key, want, v):
        return {"items": lambda: all(self.is_valid(want, x) for x in v),
                "minItems": lambda: len(v) >= want,
                "maxItems": lambda: len(v) <= want,
                "uniqueItems": lambda: len({json.dumps(x) for x in v}) == len(v)}[key]()


def spoilt(document):
    """Copies of an object, each wrong in one way."""
    yield {**document, "no-such-member": 1}
    optional = {"threshold", "mode", "reason"}
    for name in set(document) - optional:
        yield {k: v for k, v in document.items() if k != name}
    for name in document:
        yield {**document, name: {"not": "this"}}


def wrong_answers(document):
    for answers in ({"zorg": "yes"}, {"etl": "maybe"}, {"etl": 1}, {"bi-success": 7},
                    {"bi-practice": "no", "bi-success": 7}, {"bi-practice": "yes", "bi-success": 11},
                    {"bi-practice": "yes", "bi-success": "7"}):
        wrong = copy.deepcopy(document)
        wrong["answers"] = answers
        yield wrong


def main():
    schemas, golden = map(Path, sys.argv[1:])
    validator = Validator(schemas)
    checks = []
    for path in sorted(golden.glob("*.json")):
        case, way, _ = path.name.split(".")
        schema = validator.schemas[f"{case.split('-')[0]}-{way}.json"]
        document = json.loads(path.read_text("utf-8"))
        bad = list(spoilt(document))
        if case.startswith("score") and way == "in":
            bad += wrong_answers(document)
        checks.append((f"{path.name} follows its schema", validator.is_valid(schema, document)))
        checks.append((f"{path.name} spoilt does not",
                       bad and not any(validator.is_valid(schema, b) for b in bad)))
    checks.append(("there are documents of every schema", len(checks) >= 2 * 8))
    print(f"1..{len(checks)}")
    for i, (name, ok) in enumerate(checks, 1):
        print(f"{'ok' if ok else 'not ok'} {i} - {name}")
    return not all(ok for _, ok in checks)


if __name__ == "__main__":
    sys.exit(main())
