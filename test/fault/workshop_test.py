#!/usr/bin/env python3
"""workshop_test.py JALON: a room of thirty phones whose server is killed while they vote, and three hundred votes at
once. Every vote that was acknowledged is there and counted once."""
import http.client
import random
import re
import subprocess
import threading
import time
from urllib.parse import urlencode

from jalon import OWN, PROGRAM, Server, assert_whole, clean_environment, folder, main, rows

PHONES = 30
KILLS = 5
LIFE_SECONDS = 0.25  # of a vote, at most, before the server is killed
VOTES = 300
CONNECTIONS = 16
CHOICES = ("no", "some", "yes", "unknown")
NOTICE = {"controller": "a", "contact": "b", "purpose": "c", "retention": "d"}


class Browser:
    """Somebody with cookies."""

    def __init__(self, server):
        self.cookies = {}
        self.at(server)

    def at(self, server):
        self.connection = server.connect()

    def ask(self, method, path, form=None):
        """(status, Location or body)."""
        headers = dict(OWN if method == "POST" else {})
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, path, urlencode(form or {}) if method == "POST" else None, headers)
        response = self.connection.getresponse()
        body = response.read()
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return response.status, response.getheader("Location") or body.decode(errors="replace")

    def post(self, path, form=None):
        status, where = self.ask("POST", path, form)
        assert status == 303, f"{path}: {status} {where[:300]}"
        return where


class Facilitator(Browser):
    def __init__(self, server):
        super().__init__(server)
        line = ""
        while "/setup/" not in line:
            line = server.process.stdout.readline()
        self.post(re.search(r"/setup/\S+", line)[0],
                  {"email": "claire@example.org", "name": "Claire", "password": "un-mot-de-passe-bien-long"})
        org = self.post("/orgs/new", {"name": "Maison Belloy", "time-zone": "Europe/Paris"})
        form = {"title": "Printemps", "threshold": 3, "mode": "anonymous", "access": "public", **NOTICE}
        self.desk = self.post(f"{org}/rounds", form) + "/workshop"
        self.post(self.desk.removesuffix("/workshop") + "/open", {"version": 1})
        self.post(self.desk, {})

    def desk_page(self):
        status, page = self.ask("GET", self.desk)
        assert status == 200, status
        return page

    def press(self, act, **form):
        version = re.search(r'name="version" value="(\d+)"', self.desk_page())[1]
        self.post(f"{self.desk}/{act}", {"version": version, **form})

    def room(self):
        return re.search(r"/w/[\w-]+", self.desk_page())[0]


class Phone(Browser):
    def __init__(self, server, room):
        super().__init__(server)
        self.room, self.acknowledged, self.tried = room, None, None
        self.post(room)

    def vote(self, item, value, vote=1):
        self.tried = value
        self.post(f"{self.room}/vote", {"item": item, "vote": vote, "answer": value})
        self.acknowledged = value

    def keep_voting(self, item):
        try:
            while True:
                self.vote(item, random.choice(CHOICES))
        except (OSError, http.client.HTTPException):
            return


def assert_counted(data):
    """`jalon doctor` counts every vote again."""
    done = subprocess.run([PROGRAM, "doctor", "--data", str(data)], capture_output=True, text=True,
                          env=clean_environment(), check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def own_vote(phone):
    """What the phone's page shows as its vote."""
    status, page = phone.ask("GET", phone.room)
    assert status == 200, status
    found = re.findall(r'name="answer" value="([\w-]+)" checked', page)
    return found[0] if found else None


def test_thirty_phones_lose_nothing_when_the_server_is_killed():
    random.seed(20261126)
    with folder() as data:
        with Server(data, "--rate-limits", "off") as server:
            claire = Facilitator(server)
            phones = [Phone(server, claire.room()) for _ in range(PHONES)]
            claire.press("go", item="lineage")
            claire.press("open", item="lineage")
            server.kill()
        for _ in range(KILLS):
            with Server(data, "--rate-limits", "off") as server:
                threads = []
                for phone in phones:
                    phone.at(server)
                    shown = own_vote(phone)
                    assert shown in (phone.acknowledged, phone.tried), f"{shown}, {phone.acknowledged} was acknowledged"
                    phone.acknowledged = shown  # a page that shows a vote vouches for it
                    threads.append(threading.Thread(target=phone.keep_voting, args=("lineage",), daemon=True))
                for thread in threads:
                    thread.start()
                time.sleep(random.uniform(0, LIFE_SECONDS))
                server.kill()
                for thread in threads:
                    thread.join()
            assert_counted(data)
        with Server(data, "--rate-limits", "off") as server:
            claire.at(server)
            for phone in phones:
                phone.at(server)
                phone.vote("lineage", "some")
            claire.press("reveal", item="lineage")
            claire.press("agree", item="lineage", value="some", reason="Unanimous at last.")
            claire.press("end")
            assert server.stop()[0] == 0
        assert_counted(data)
        assert_whole(data)
        assert rows(data, "SELECT value, n FROM tally WHERE item = 'lineage' AND n > 0") == [("some", PHONES)]
        assert rows(data, "SELECT count(*) FROM sheet WHERE participant_id IS NOT NULL") == [(0,)]


def test_three_hundred_votes_at_once():
    """How fast is for `bench/run votes` to say: on a machine that does much else, only that none is lost or counted twice."""
    with folder() as data:
        with Server(data, "--rate-limits", "off") as server:
            claire = Facilitator(server)
            phones = [Phone(server, claire.room()) for _ in range(VOTES)]
            claire.press("go", item="lineage")
            claire.press("open", item="lineage")
            for i, phone in enumerate(phones):
                phone.at(server)  # the first ones have been idle for as long as it took the last to come
                phone.tried = CHOICES[i % len(CHOICES)]
            threads = [threading.Thread(target=lambda share: [p.vote("lineage", p.tried) for p in share],
                                        args=(phones[i::CONNECTIONS],)) for i in range(CONNECTIONS)]
            began = time.monotonic()
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            seconds = time.monotonic() - began
            assert server.stop()[0] == 0
        assert [phone.acknowledged for phone in phones] == [CHOICES[i % len(CHOICES)] for i in range(VOTES)], "a vote was not acknowledged"
        counted = rows(data, "SELECT kind, value, n FROM tally WHERE item = 'lineage' AND n > 0 ORDER BY kind, value")
        assert counted == [(2, "", VOTES // 4), *((3, value, VOTES // 4) for value in ("no", "some", "yes"))], counted
        assert_counted(data)
        print(f"# {VOTES} votes in {seconds:.2f} s")


if __name__ == "__main__":
    main(globals())
