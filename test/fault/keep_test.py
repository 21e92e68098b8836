#!/usr/bin/env python3
"""keep_test.py JALON: what was answered goes by itself on the day that respondents were promised, when a server
starts. With $TEST_DB_URL, two servers on one PostgreSQL database start at once: each campaign goes once."""
import os
import sqlite3
import subprocess
import time

from jalon import Server, folder, main, request, rows
from kill9_test import LINK_TEXT, doctor, make_campaign

DATABASE = os.environ.get("TEST_DB_URL")
SOON_SECONDS = 10
CAMPAIGNS = 40
GONE = "erased what was answered in a campaign, on the day promised"


def until(is_so):
    """Waits for it, not for long."""
    end = time.monotonic() + SOON_SECONDS
    while not is_so():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.05)


def write(data, sql):
    base = sqlite3.connect(data / "jalon.db")
    base.execute(sql)
    base.commit()
    base.close()


def respond(server):
    connection = server.connect()
    _, sheet = request(connection, "POST", f"/r/{LINK_TEXT}", "name=Ada")
    request(connection, "POST", f"{sheet}/q/lineage", "answer=yes&comment=Whispered")
    assert request(connection, "POST", f"{sheet}/send", "")[0] == 303
    connection.close()


def test_a_start_carries_it_out():
    with folder() as data:
        make_campaign(data, "nominative")
        with Server(data) as server:
            respond(server)
            assert server.stop()[0] == 0
        assert rows(data, "SELECT count(*) FROM answer WHERE comment = 'Whispered'") == [(1,)]
        write(data, "UPDATE round SET keep_until_ms = 4000000000000")
        with Server(data) as server:
            assert server.stop()[0] == 0
        assert rows(data, "SELECT forgotten_ms FROM round") == [(None,)]
        write(data, "UPDATE round SET keep_until_ms = 2")
        with Server(data) as server:
            until(lambda: rows(data, "SELECT count(*) FROM audit WHERE action = ?", GONE) == [(1,)])
            assert server.stop()[0] == 0
        assert rows(data, "SELECT count(*) FROM sheet") == [(0,)]
        assert rows(data, "SELECT count(*) FROM answer") == [(0,)]
        assert rows(data, "SELECT count(*) FROM participant") == [(0,)]
        assert rows(data, "SELECT state FROM round") == [("closed",)]
        assert rows(data, "SELECT n FROM tally WHERE item = ''") == [(1,)]
        assert doctor(data)[0] == 0
        # Once the log is back in the file, nothing of it says what was answered.
        write(data, "PRAGMA wal_checkpoint(TRUNCATE)")
        for name in ("jalon.db", "jalon.db-wal"):
            assert not (data / name).exists() or b"Whispered" not in (data / name).read_bytes(), f"{name} still says it"


def psql(sql):
    done = subprocess.run(["psql", DATABASE, "-v", "ON_ERROR_STOP=1", "-qAtc", sql], check=True, capture_output=True, text=True,
                          env={**os.environ, "PGOPTIONS": "-c jalon.org=*"})
    return done.stdout.strip()


def test_of_two_programs_one_does_it():
    if not DATABASE:
        return
    database = ("--database", DATABASE)
    with folder() as here, folder() as there:
        with Server(here, *database) as first:
            assert first.stop()[0] == 0
        psql("INSERT INTO org (id, name, created_ms) VALUES (7, 'Maison Belloy', 1);"
             "INSERT INTO round (org_id, id, kind, token_hash, title, pack, pack_version, state, mode, access, threshold,"
             " asks_department, shows_result, language, controller, contact, purpose, retention, opened_ms, created_ms,"
             " updated_ms, version, keep_until_ms) SELECT 7, n, 'scorecard', decode(md5(n::text), 'hex'), 'Spring',"
             " 'carte-performance', 1, 'open', 'nominative', 'public', 5, 0, 0, 'fr', 'c', 'c', 'p', 'r', 1, 1, 1, 1, 2"
             f" FROM generate_series(1, {CAMPAIGNS}) n;"
             "INSERT INTO participant (org_id, id, round_id, kind, token_hash, name, state, created_ms)"
             " SELECT 7, id, id, 'device', decode(md5('p' || id), 'hex'), 'Ada', 'begun', 1 FROM round WHERE org_id = 7")
        with Server(here, *database) as first, Server(there, *database) as second:
            until(lambda: psql("SELECT count(*) FROM participant WHERE org_id = 7") == "0")
            until(lambda: psql("SELECT count(*) FROM round WHERE org_id = 7 AND forgotten_ms IS NULL") == "0")
            assert first.stop()[0] == 0
            assert second.stop()[0] == 0
        assert psql(f"SELECT count(*), count(DISTINCT object_id) FROM audit WHERE action = '{GONE}'") == f"{CAMPAIGNS}|{CAMPAIGNS}"
        assert psql("SELECT count(*) FROM round WHERE org_id = 7 AND version <> 2") == "0"


if __name__ == "__main__":
    main(globals())
