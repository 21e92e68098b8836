#!/usr/bin/env python3
"""org_test.py JALON: organisations whole from the command line, and what the log keeps of it."""
import json
import sqlite3
import subprocess

from jalon import PROGRAM, clean_environment, folder, main

OK, FAILED, USAGE = 0, 1, 2


def org(data, *arguments):
    """(exit code, standard output, standard error) of `jalon org …`."""
    done = subprocess.run([PROGRAM, "org", *arguments, "--data", str(data)], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=20, check=False, env=clean_environment())
    return done.returncode, done.stdout, done.stderr


def log(data):
    """(who, action, organisation, object) of every entry of the log, in order."""
    with sqlite3.connect(data / "jalon.db") as base:
        return base.execute("SELECT who, action, org_id, object_id FROM audit ORDER BY id").fetchall()


def with_an_organisation(data):
    """Makes a folder with one organisation: its number, and its id as pages write it."""
    subprocess.run([PROGRAM, "migrate", "--data", str(data)], check=True, capture_output=True, timeout=20)
    with sqlite3.connect(data / "jalon.db") as base:
        base.execute("INSERT INTO org (id, name, time_zone, created_ms, updated_ms) VALUES (4711, 'Belloy', 'Europe/Paris', 1, 1)")
    return 4711, json.loads(org(data, "list", "--json")[1])[0]["id"]


def test_an_export_an_import_and_an_erasure_are_noted():
    with folder() as data, folder() as other:
        number, name = with_an_organisation(data)
        archive = data / "belloy.zip"
        code, out, text = org(data, "export", name, str(archive))
        assert (code, out) == (OK, ""), text
        assert log(data) == [("jalon org", "exported the organisation", number, number)]
        code, out, text = org(other, "import", str(archive))
        assert code == OK, text
        assert log(other)[-1] == ("jalon org", "imported the organisation", number, number)
        assert org(data, "erase", name, "Belloy")[0] == OK
        assert log(data) == [("jalon org", "erased an organisation", 1, number)]


def test_what_was_not_handed_over_is_not_noted():
    with folder() as data:
        _, name = with_an_organisation(data)
        taken = data / "taken.zip"
        taken.write_text("here already")
        assert org(data, "export", name, str(taken))[0] == USAGE
        assert taken.read_text() == "here already"
        assert org(data, "export", "0000000000099", str(data / "nobody.zip"))[0] == FAILED
        assert log(data) == []


if __name__ == "__main__":
    main(globals())
