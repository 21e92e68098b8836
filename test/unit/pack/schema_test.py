#!/usr/bin/env python3
"""packs/pack.schema.json against the loader: schema_test.py SCHEMA PACK SMALL BAD

The schema accepts PACK and SMALL. Of the cases of BAD (see its head) it refuses those that the loader
refuses, except those marked `~`, which it accepts because it sees values one by one. Speaks TAP."""
import json
import re
import sys
from pathlib import Path

try:
    import jsonschema
    import yaml
except ImportError as missing:
    print(f"1..0 # SKIP {missing}: python3-jsonschema and python3-yaml are not installed")
    sys.exit()


class Core(yaml.SafeLoader):
    """Scalars as YAML 1.2's core schema types them, which is what editors do: `no` is text."""


Core.yaml_implicit_resolvers = {}
Core.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(|~|null)$"), ["", "~", "n"])
Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(true|false)$"), list("tf"))
Core.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?[0-9]+$"), list("-0123456789"))
Core.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^-?[0-9]+\.[0-9]+$"),
                           list("-0123456789"))


def cases(text):
    """(name, lines out, lines in, whether the schema cannot tell) of each case."""
    for block in text.partition("\n\n")[2].split("\n\n"):
        lines = block.splitlines()
        pick = lambda sign: "".join(line[1:] + "\n" for line in lines if line[0] == sign)
        yield pick("#").strip(), pick("-"), pick("+"), pick("~") != ""


def changed(text, out, put):
    whole = "\n" + text
    assert "\n" + out in whole, f"not in the small pack: {out}"
    return whole.replace("\n" + out, "\n" + put, 1)[1:]


def main():
    schema, pack, small, bad = (Path(argument).read_text() for argument in sys.argv[1:])
    jsonschema.Draft202012Validator.check_schema(json.loads(schema))
    validator = jsonschema.Draft202012Validator(json.loads(schema))
    accepts = lambda text: validator.is_valid(yaml.load(text, Core))
    checks = [("the schema accepts the pack that ships", accepts(pack)),
              ("the schema accepts the small pack", accepts(small))]
    for name, out, put, cannot_tell in cases(bad):
        verb = "accepts" if cannot_tell else "refuses"
        checks.append((f"the schema {verb}: {name}", accepts(changed(small, out, put)) == cannot_tell))
    print(f"1..{len(checks)}")
    for number, (name, passed) in enumerate(checks, 1):
        print(f"{'ok' if passed else 'not ok'} {number} - {name.replace('#', '')}")
    sys.exit(not all(passed for _, passed in checks))


if __name__ == "__main__":
    main()
