#!/usr/bin/env python3
"""backup_test.py JALON: copies of the database, made beside a server and put back, whatever stands in the way."""
import hashlib
import random
import resource
import signal
import sqlite3
import subprocess
import time

from jalon import PROGRAM, Respondent, Server, answers, assert_whole, clean_environment, folder, main, request, rows

OK, USAGE, DATA = 0, 2, 3
KILLS = 40
SOON_SECONDS = 10


def jalon(*arguments, prepare=None, locale=None):
    """(exit code, standard output, standard error)."""
    environment = clean_environment() | ({"LC_ALL": locale} if locale else {})
    done = subprocess.run([PROGRAM, *map(str, arguments)], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=60, check=False, env=environment, preexec_fn=prepare)
    return done.returncode, done.stdout, done.stderr


def account(data, name):
    code, _, text = jalon("user", "add", f"{name}@example.org", name, "--data", data)
    assert code == OK, text


def accounts(data):
    return sorted(name for (name,) in rows(data, "SELECT name FROM account"))


def contents(data):
    """{name: digest} of the folder's files."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in data.iterdir()}


def formers(data):
    return sorted(path for path in data.iterdir() if ".before-restore-" in path.name)


def test_a_copy_made_while_answers_come_in_is_whole():
    with folder() as data, folder() as other, Server(data) as server:
        respondents = [Respondent(server) for _ in range(3)]
        for r in respondents:
            r.start()
        while min(r.acknowledged for r in respondents) < 20:
            time.sleep(0.01)
        before = [r.acknowledged for r in respondents]
        copy = other / "copy.db"
        assert jalon("backup", copy, "--data", data) == (OK, f"copied to {copy}, and checked\n", "")
        for r in respondents:
            r.stopping = True
            r.join()
        assert copy.stat().st_mode & 0o777 == 0o600 and contents(other).keys() == {"copy.db"}
        new = other / "new" / "folder"
        code, out, text = jalon("restore", copy, "--data", new)
        assert (code, out, text) == (OK, f"restored from {copy}\n", ""), text
        with Server(new) as restored:
            assert_whole(new)
            for r, least in zip(respondents, before):
                value, number = answers(new, r.sheet)["lineage"]
                assert least <= int(number) <= r.acknowledged
            assert restored.stop()[0] == OK


def test_the_former_database_stays_beside_it():
    with folder() as data, folder() as other:
        account(data, "first")
        assert jalon("backup", other / "copy", "--data", data)[0] == OK
        account(data, "second")
        code, out, text = jalon("restore", other / "copy", "--data", data)
        assert code == OK, text
        (former,) = formers(data)
        assert f"the former database is now {former}\n" in out
        assert accounts(data) == ["first"]
        assert jalon("restore", former, "--data", data)[0] == OK
        assert accounts(data) == ["first", "second"] and len(formers(data)) == 2
        assert_whole(data)


def test_nothing_is_overwritten():
    with folder() as data:
        account(data, "first")
        (data / "there").write_text("mine")
        assert jalon("backup", data / "there", "--data", data) == (
            USAGE, "", f"jalon: {data}/there: it is there already, and stays as it is\n")
        assert (data / "there").read_text() == "mine"
        before = contents(data)
        for target in (data / "no" / "folder", data):
            code, out, text = jalon("backup", target, "--data", data)
            assert code in (USAGE, DATA) and out == "" and str(target) in text, text
        assert contents(data) == before


def test_a_running_server_keeps_its_database():
    with folder() as data, folder() as other, Server(data) as server:
        copy = other / "copy"
        assert jalon("backup", copy, "--data", data)[0] == OK
        code, out, text = jalon("restore", copy, "--data", data)
        assert (code, out) == (DATA, "") and "stop the server first" in text, text
        assert formers(data) == [] and not list(data.glob("*.part"))
        assert server.stop()[0] == OK
        assert jalon("restore", copy, "--data", data)[0] == OK


def spoilt(copy, folder_of_it):
    """Files that are no copy to put back, and what is said of each."""
    whole = copy.read_bytes()

    def file(name, content):
        path = folder_of_it / name
        path.write_bytes(content)
        return path

    middle = len(whole) // 2
    yield file("empty", b""), "not a copy of Jalon’s"
    yield file("text", b"dear diary\n" * 1000), "not a database"
    yield file("short", whole[:middle]), "not restored"
    yield file("torn", whole[:middle] + random.Random(1).randbytes(8192) + whole[middle + 8192:]), "not restored"
    newer = file("newer", whole)
    foreign = folder_of_it / "foreign"
    for path, sql in ((newer, "PRAGMA user_version = 9999"), (foreign, "CREATE TABLE wine (name TEXT)")):
        connection = sqlite3.connect(path)
        connection.execute(sql)
        connection.commit()
        connection.close()
    yield newer, "newer Jalon"
    yield foreign, "not a copy of Jalon’s"
    yield folder_of_it, "not restored"


def test_what_is_no_copy_is_refused_before_anything_is_touched():
    with folder() as data, folder() as other:
        account(data, "first")
        assert jalon("backup", other / "copy", "--data", data)[0] == OK
        before = contents(data)
        for path, said in spoilt(other / "copy", other):
            code, out, text = jalon("restore", path, "--data", data)
            assert (code, out) == (DATA, ""), f"{path}: {code} {text}"
            assert said in text and str(path) in text, text
            assert contents(data) == before, path
        assert jalon("restore", other / "nowhere", "--data", data)[0] == USAGE
        assert contents(data) == before


def test_a_damaged_database_gives_way_and_is_kept():
    with folder() as data, folder() as other:
        account(data, "first")
        assert jalon("backup", other / "copy", "--data", data)[0] == OK
        (data / "jalon.db").write_bytes(b"damaged beyond recognition\n" * 1000)
        assert jalon("restore", other / "copy", "--data", data)[0] == OK
        (former,) = formers(data)
        assert former.read_bytes()[:7] == b"damaged"
        assert accounts(data) == ["first"]
        assert_whole(data)


def test_what_a_killed_server_wrote_last_is_kept_as_well():
    with folder() as data, folder() as other:
        account(data, "first")
        assert jalon("backup", other / "copy", "--data", data)[0] == OK
        with Server(data) as server:
            account(data, "last")
            server.kill()
        assert (data / "jalon.db-wal").stat().st_size > 0
        assert jalon("restore", other / "copy", "--data", data)[0] == OK
        (former,) = formers(data)
        assert contents(data).keys() == {"jalon.db", former.name} and accounts(data) == ["first"]
        assert jalon("restore", former, "--data", data)[0] == OK
        assert accounts(data) == ["first", "last"]


def damage(data, index):
    """Garbage where the root of an index is, which nothing asks for at the start."""
    (root,), = rows(data, "SELECT rootpage FROM sqlite_schema WHERE name = ?", index)
    (size,), = rows(data, "PRAGMA page_size")
    with (data / "jalon.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(random.Random(2).randbytes(size))


def ready(server):
    return request(server.connect(), "GET", "/readyz")[0]


def test_damage_is_told_and_mended_by_a_copy():
    with folder() as data, folder() as other:
        account(data, "first")
        assert jalon("backup", other / "copy", "--data", data)[0] == OK
        damage(data, "share_by_sheet")
        with Server(data) as server:
            end = time.monotonic() + SOON_SECONDS
            while ready(server) == 200:
                assert time.monotonic() < end, "nobody noticed"
                time.sleep(0.05)
            assert "the database is damaged" in server.errors()
            assert request(server.connect(), "GET", "/")[0] == 200, "what can be read is still served"
            assert server.stop()[0] == OK
        code, out, _ = jalon("doctor", "--data", data)
        assert code == 1 and "file: whole" not in out, out
        assert jalon("restore", other / "copy", "--data", data)[0] == OK
        assert jalon("doctor", "--data", data)[0] == OK
        with Server(data) as server:
            assert ready(server) == 200 and server.stop()[0] == OK


def test_killed_at_any_moment_there_is_a_whole_database():
    with folder() as data, folder() as other:
        account(data, "first")
        assert jalon("backup", other / "first", "--data", data)[0] == OK
        account(data, "second")
        assert jalon("backup", other / "both", "--data", data)[0] == OK
        began = time.monotonic()
        assert jalon("restore", other / "both", "--data", data)[0] == OK
        takes, dice = time.monotonic() - began, random.Random(20261126)
        for n in range(KILLS):
            process = subprocess.Popen([PROGRAM, "restore", other / ("first" if n % 2 else "both"), "--data", data],
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean_environment())
            time.sleep(dice.random() * takes)
            process.kill()
            process.wait()
            assert_whole(data)
            assert accounts(data) in (["first"], ["first", "second"])
        assert jalon("restore", other / "first", "--data", data)[0] == OK
        assert accounts(data) == ["first"]


def no_room():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))


def test_without_room_nothing_is_left_behind():
    with folder() as data, folder() as other:
        account(data, "first")
        assert jalon("backup", other / "copy", "--data", data)[0] == OK
        before = contents(data)
        code, _, text = jalon("backup", other / "another", "--data", data, prepare=no_room)
        assert code == DATA and "not copied" in text, text
        assert contents(other).keys() == {"copy"}
        code, _, text = jalon("restore", other / "copy", "--data", data, prepare=no_room)
        assert code == DATA and "not restored" in text, text
        assert contents(data) == before


def test_what_postgresql_does_itself():
    with folder() as data:
        (data / "copy").write_text("")
        code, out, text = jalon("restore", data / "copy", "--database", "postgresql://nowhere/jalon")
        assert (code, out) == (USAGE, "") and "pg_restore" in text, text


def test_mistakes_are_told_in_french_as_well():
    with folder() as data:
        for arguments in (("backup",), ("restore",), ("backup", "one", "two"), ("restore", "one", "two")):
            code, out, text = jalon(*arguments, "--data", data)
            assert (code, out) == (USAGE, "") and "usage:" in text, text
        code, _, text = jalon("backup", data / "copy", "--data", data, locale="fr_FR.UTF-8")
        assert code == DATA and "il n’y a pas de base de données" in text, text
        account(data, "first")
        code, out, _ = jalon("backup", data / "copy", "--data", data, locale="fr_FR.UTF-8")
        assert (code, out) == (OK, f"copie faite et vérifiée\u00a0: {data}/copy\n"), out


main(globals())
