#!/usr/bin/env python3
"""tools/guide_facts.py: what it looks up in the pack and in the pages, and what it refuses."""
import tempfile
from pathlib import Path

import tap
from guide_facts import Wrong, check_page_cell, check_pack_cell

PACK = {
    "summary": "One. Two.",
    "milestones": [{"id": "team", "summary": "A team."}],
    "scorecard": {
        "purpose": ["Why.", "How."],
        "questions": [{"id": "lineage", "text": "Known?", "help": "Where from.", "when": {}}],
        "bands": [{"id": "low", "headline": "Low", "commentary": ["A", "B"], "actions_title": "Do"},
                  {"id": "high", "headline": "High", "commentary": ["C"], "actions_title": "Keep"}],
    },
}
FILES = {
    "src/phases/one.html": '<h2 id="h-way">the_way</h2>',
    "src/phases/two.html": '<h2 id="h-all">all</h2>',
    "src/phases/twin.html": "", "src/plan/twin.html": "",
    "src/domain/way.c": "int way_make(void);",
    "test/http/golden/routes.txt": "GET /scorecard/blank.pdf  public\n",
}


def looked_up(check, cell):
    with tempfile.TemporaryDirectory() as folder:
        for path, text in FILES.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return check(Path(folder), PACK, cell)


def refused(check, cell, why):
    try:
        looked_up(check, cell)
    except Wrong as wrong:
        assert why in str(wrong), f"{cell}: {wrong}"
    else:
        raise AssertionError(f"{cell} is let through")


def test_places_of_the_pack():
    for cell in ["scorecard.questions[lineage].text and help", "scorecard.purpose[1]", "milestones[team].summary",
                 "scorecard.bands[low].commentary[0] and headline (two wordings, by lineage)",
                 "scorecard.bands[low] and [high]: actions_title", "summary, first sentence",
                 "scorecard.purpose[0], made into `/scorecard/blank.pdf`; `when` of each question"]:
        assert looked_up(check_pack_cell, cell) > 0, cell


def test_what_the_pack_has_not():
    refused(check_pack_cell, "scorecard.questions[linage].text", "[linage]")
    refused(check_pack_cell, "scorecard.questions[lineage].title", ".title")
    refused(check_pack_cell, "scorecard.questions[lineage].text and hint", ".hint")
    refused(check_pack_cell, "scorecard.purpose[2]", "[2]")
    refused(check_pack_cell, "scorecard.bands[low].commentary[0] and title", ".title")
    refused(check_pack_cell, "scorecard.bands[low] and [middle]: actions_title", "[middle]")
    refused(check_pack_cell, "scorecard.bands[low]: action_titles", "action_titles")
    refused(check_pack_cell, "summary, by start-small", "start-small")
    refused(check_pack_cell, "summary; `done` of each", "done")
    refused(check_pack_cell, "summary, in `/scorecard/blank.odt`", "route")
    assert looked_up(check_pack_cell, "somewhere") == 0


def test_places_of_the_pages():
    for cell in ["`src/phases/one.html`: section `h-way` (`src/domain/way.c`)", "`one.html`: list `the_way`",
                 "`one.html`: section `h-way`; `h-all` in `two.html`", "`way_make` in `src/domain/way.c`"]:
        assert looked_up(check_page_cell, cell) > 0, cell


def test_what_the_pages_have_not():
    refused(check_page_cell, "`src/phases/three.html`", "three.html")
    refused(check_page_cell, "`twin.html`", "several")
    refused(check_page_cell, "`one.html`: section `h-all`", "h-all")
    refused(check_page_cell, "`one.html` and `two.html`, section `h-way`", "two.html")
    refused(check_page_cell, "`h-way` in `two.html`", "h-way")
    refused(check_page_cell, "section `h-way`", "no template")
    refused(check_page_cell, "`way_find` in `src/domain/way.c`", "way_find")


if __name__ == "__main__":
    tap.run(globals())
