#!/usr/bin/env python3
"""Whether doc/guide-facts-p1.md still says where things are. guide_facts.py [ROOT] prints file:line of what is not
found; exit status 1 when anything is.

The first table names places of the pack: `scorecard.questions[lineage].text and help`, `scorecard.purpose[0]`. The
second one names files, sections of templates (`h-way`), and what stands in these files. Every row must name something
that can be looked up."""
import re
import sys
from pathlib import Path

import yaml

DOCUMENT = "doc/guide-facts-p1.md"
PACK = "packs/carte-performance/pack.yaml"
ROUTES = "test/http/golden/routes.txt"

STEP = r"(?:\.[a-z_]+|\[[\w-]+\])"
# A path, what stands beside its last step, and what stands beside the last name of it.
PLACE = re.compile(rf"(?<![\w`/.-])((?:scorecard|milestones){STEP}+)((?:, | and )\[[\w-]+\](?: and \[[\w-]+\])*)?"
                   r"((?: and (?:scale|[a-z_]+)(?![\w.[]))*)")
ID = re.compile(r"(?<![\w`/.\[-])[a-z]+(?:[-_][a-z]+)+(?![\w\]/.-])")


class Wrong(Exception):
    pass


def step_into(value, step):
    """The entry that ".name", "[id]" or "[2]" names."""
    if step[0] == ".":
        if isinstance(value, dict) and step[1:] in value:
            return value[step[1:]]
    elif isinstance(value, list):
        name = step[1:-1]
        for entry in value:
            if isinstance(entry, dict) and entry.get("id") == name:
                return entry
        if name.isdecimal() and int(name) < len(value):
            return value[int(name)]
    raise Wrong(f"there is no {step}")


def follow(pack, path):
    """What each step of a path leads to, the pack first."""
    values = [pack]
    first, rest = re.fullmatch(rf"(\w+)({STEP}*)", path).groups()
    for step in ["." + first] + re.findall(STEP, rest):
        values.append(step_into(values[-1], step))
    return values


def check_place(pack, path, twins, names):
    values = follow(pack, path)
    for twin in re.findall(r"\[[\w-]+\]", twins or ""):
        step_into(values[-2], twin)
    # "commentary[3] and headline": beside the last name, whatever was picked from its list.
    picked = len(re.search(r"(?:\[[\w-]+\])*$", path)[0].split("[")) - 1
    for name in re.findall(r" and (\w+)", names or ""):
        step_into(values[-2 - picked], "." + name)


def words_of(value):
    """Every key and every id of a pack."""
    if isinstance(value, dict):
        for key, entry in value.items():
            yield key
            if key == "id":
                yield entry
            yield from words_of(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from words_of(entry)


def check_pack_cell(root, pack, cell):
    """How many places were looked up."""
    known = set(map(str, words_of(pack)))
    looked_up = 0
    for path, twins, names in PLACE.findall(cell):
        check_place(pack, path, twins, names)
        looked_up += 1
    rest = PLACE.sub("", cell)
    first = re.match(r"[a-z_]+", cell)
    if first and first[0] in pack:
        looked_up += 1
    for quoted in re.findall(r"`([^`]+)`", rest):
        if quoted.startswith("/"):
            if f"{quoted} " not in (root / ROUTES).read_text():
                raise Wrong(f"there is no route {quoted}")
        elif not quoted.startswith(".") and quoted.split(":")[0] not in known:
            raise Wrong(f"the pack has no {quoted}")
    for name in ID.findall(rest):
        looked_up += 1
        if name not in known:
            raise Wrong(f"the pack has no {name}")
    return looked_up


def file_of(root, name):
    """The text of a file; one without folders must be the only one in src/ of its name."""
    found = [root / name] if "/" in name else sorted((root / "src").rglob(name))
    if len(found) != 1 or not found[0].is_file():
        raise Wrong(f"there is no {name}" if len(found) < 2 else f"there are several {name}")
    return found[0].read_text()


def check_section(root, templates, section):
    if not templates:
        raise Wrong(f"no template is named for {section}")
    for template in templates:
        if f'id="{section}"' not in file_of(root, template):
            raise Wrong(f"{template} has no {section}")


def check_page_cell(root, pack, cell):
    known = set(map(str, words_of(pack)))
    # "`h-next` in `result_foot.html`" reads as "`result_foot.html` `h-next`".
    cell = re.sub(r"`(h-[\w-]+)` in `([^`]+\.html)`", r"`\2` `\1`", cell)
    quoted = re.findall(r"`([^`]+)`", cell)
    files = [q for q in quoted if re.search(r"\.(?:html|c|h)$", q)]
    texts = [file_of(root, name) for name in files]
    templates, is_new = [], True
    for q in quoted:
        if q.endswith(".html"):
            templates = [q] if is_new else templates + [q]
            is_new = False
        elif q.startswith("h-"):
            check_section(root, templates, q)
            is_new = True
        elif q not in files and q not in known and not any(re.search(rf"\b{re.escape(q)}\b", t) for t in texts):
            raise Wrong(f"{q} is in none of the files named beside it")
    return len(files) + cell.count("section `h-")


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    pack = yaml.safe_load((root / PACK).read_text())
    check, failed = None, False
    for number, line in enumerate((root / DOCUMENT).read_text().splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if len(cells) != 3 or cells[0].startswith("---"):
            continue
        if cells[0] == "Fact":
            check = check_pack_cell if cells[2].endswith("pack") else check_page_cell
            continue
        try:
            if check(root, pack, cells[2]) == 0:
                raise Wrong("nothing here can be looked up")
        except Wrong as wrong:
            print(f"{DOCUMENT}:{number}: {cells[0]}: {wrong}")
            failed = True
    sys.exit(failed)


if __name__ == "__main__":
    main()
