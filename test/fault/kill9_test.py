#!/usr/bin/env python3
"""kill9_test.py JALON: the server is killed at random instants while answers come in, 100 times on one
folder. Every answer that was acknowledged is there, and the next start takes no longer than any. The same during
a campaign: every sheet that was acknowledged counts, once, and `jalon doctor` finds every count exact."""
import hashlib
import http.client
import json
import random
import sqlite3
import subprocess
import threading
import time

from jalon import PROGRAM, START_SECONDS, Respondent, Server, assert_whole, clean_environment, folder, main, request, rows

ROUNDS = 100
CAMPAIGN_LIVES = 25
RESPONDENTS = 4
LIFE_SECONDS = 0.12  # of a server, at most, under load


def test_what_was_acknowledged_survives_a_kill():
    random.seed(20261123)
    former, acknowledged = [], 0
    with folder() as data:
        for _ in range(ROUNDS):
            with Server(data) as server:
                assert server.start_seconds < START_SECONDS, f"{server.start_seconds:.2f} s to start"
                for respondent in former:
                    respondent.check(data)
                former = [Respondent(server) for _ in range(RESPONDENTS)]
                for respondent in former:
                    respondent.start()
                time.sleep(random.uniform(0, LIFE_SECONDS))
                server.kill()
                for respondent in former:
                    respondent.join()
                    respondent.connection.close()
                    assert respondent.statuses <= {303}, respondent.statuses
            acknowledged += sum(respondent.acknowledged for respondent in former)
        with Server(data) as server:
            for respondent in former:
                respondent.check(data)
            assert_whole(data)
            assert server.stop()[0] == 0
        assert_whole(data)
    assert acknowledged > ROUNDS, f"only {acknowledged} answers were acknowledged in all"
    print(f"# {acknowledged} acknowledged answers in {ROUNDS} lives")


LINK = bytes(range(16))  # the token of the campaign's public link
LINK_TEXT = "AAECAwQFBgcICQoLDA0ODw"


def make_campaign(data, mode):
    """An open campaign, put where the server keeps it: what is tested begins at its link."""
    with Server(data):
        pass
    connection = sqlite3.connect(f"{data}/jalon.db")
    connection.execute("INSERT INTO org (id, name, created_ms) VALUES (7, 'Maison Belloy', 1)")
    connection.execute(
        "INSERT INTO round (org_id, id, kind, token_hash, title, pack, pack_version, state, mode, access, threshold,"
        " asks_department, shows_result, language, controller, contact, purpose, retention, opened_ms, created_ms,"
        " updated_ms, version) VALUES (7, 9, 'scorecard', ?, 'Spring', 'carte-performance', 1, 'open', ?, 'public', 5,"
        " 0, 0, 'fr', 'c', 'c', 'p', 'r', 1, 1, 1, 1)", (hashlib.sha256(LINK).digest(), mode))
    connection.commit()
    connection.close()


class Crowd(threading.Thread):
    """One person after another begins a sheet by the public link, answers and sends, until cut off."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.connection = server.connect()
        self.acknowledged = self.asked = 0

    def run(self):
        try:
            while True:
                status, sheet = request(self.connection, "POST", f"/r/{LINK_TEXT}", "name=Ada")
                assert status == 303, status
                status, _ = request(self.connection, "POST", f"{sheet}/q/lineage", "answer=yes&comment=")
                assert status == 303, status
                self.asked += 1
                status, _ = request(self.connection, "POST", f"{sheet}/send", "")
                assert status == 303, status
                self.acknowledged += 1
        except (OSError, http.client.HTTPException):
            return


def doctor(data):
    run = subprocess.run([PROGRAM, "doctor", "--json", "--data", str(data)], capture_output=True, text=True,
                         env=clean_environment(), check=False)
    return run.returncode, json.loads(run.stdout)


def campaign_survives(mode):
    asked = acknowledged = 0
    with folder() as data:
        make_campaign(data, mode)
        for _ in range(CAMPAIGN_LIVES):
            with Server(data) as server:
                crowd = [Crowd(server) for _ in range(4)]
                for one in crowd:
                    one.start()
                time.sleep(random.uniform(0, LIFE_SECONDS))
                server.kill()
                for one in crowd:
                    one.join()
                    one.connection.close()
            asked += sum(one.asked for one in crowd)
            acknowledged += sum(one.acknowledged for one in crowd)
            code, found = doctor(data)
            assert code == 0 and found["ok"], found
            assert acknowledged <= found["sheets"] <= asked, f"{acknowledged} <= {found['sheets']} <= {asked}"
        assert_whole(data)
        counted = rows(data, "SELECT coalesce(sum(n), 0) FROM tally WHERE item = 'lineage' AND kind = 3")[0][0]
        assert counted == found["sheets"] == rows(data, "SELECT count(*) FROM sheet WHERE sent_ms IS NOT NULL")[0][0]
        linked = rows(data, "SELECT count(*) FROM sheet WHERE sent_ms IS NOT NULL AND participant_id IS NOT NULL")[0][0]
        assert linked == (0 if mode == "anonymous" else counted), f"{linked} sheets are tied to somebody"
        # And a wrong count is found.
        connection = sqlite3.connect(f"{data}/jalon.db")
        connection.execute("UPDATE tally SET n = n + 1 WHERE item = ''")
        connection.commit()
        connection.close()
        assert doctor(data)[0] == 1
    assert acknowledged > CAMPAIGN_LIVES, f"only {acknowledged} sheets were acknowledged in all"
    print(f"# {mode}: {acknowledged} acknowledged sheets in {CAMPAIGN_LIVES} lives")


def test_a_nominative_campaign_survives_kills():
    campaign_survives("nominative")


def test_an_anonymous_campaign_survives_kills():
    campaign_survives("anonymous")


if __name__ == "__main__":
    main(globals())
