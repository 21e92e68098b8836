#!/usr/bin/env python3
"""user_test.py JALON: accounts from the command line, beside a server that runs and without one."""
import json
import re
import subprocess

from jalon import PROGRAM, Server, clean_environment, folder, main

OK, FAILED, USAGE, DATA = 0, 1, 2, 3


def user(data, *arguments):
    """(exit code, standard output, standard error) of `jalon user …`."""
    done = subprocess.run([PROGRAM, "user", *arguments, "--data", str(data)], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=20, check=False, env=clean_environment())
    return done.returncode, done.stdout, done.stderr


def test_an_account_is_made_listed_and_closed():
    with folder() as data:
        code, out, text = user(data, "add", " Claire@Example.org", "Claire Renoux", "--admin")
        assert code == OK, text
        assert re.fullmatch(r"http://127\.0\.0\.1:8080/reset/[\w-]{22}\n", out), out
        code, out, _ = user(data, "list", "--json")
        listed = json.loads(out)
        assert code == OK and len(listed) == 1
        assert listed[0] | {"created": ""} == {
            "email": "claire@example.org", "name": "Claire Renoux", "admin": True, "disabled": False,
            "password": False, "second_factor": False, "organisations": 0, "created": ""}
        assert user(data, "disable", "claire@example.org")[0] == OK
        assert json.loads(user(data, "list", "--json")[1])[0]["disabled"]
        assert user(data, "enable", "claire@example.org")[0] == OK
        assert "claire@example.org\tClaire Renoux\tadmin\tno password yet\n" == user(data, "list")[1]


def test_a_mistyped_folder_is_not_a_new_installation():
    with folder() as data:
        nowhere = data / "mistyped" / "folder"
        for arguments in (("list",), ("make-admin", "a@example.org"), ("disable", "a@example.org"),
                          ("reset-password", "a@example.org")):
            assert user(nowhere, *arguments) == (
                DATA, "", f"jalon: {nowhere}/jalon.db: there is no database; `jalon serve` and `jalon migrate` make one\n")
        for arguments in (("doctor",), ("migrate", "--dry-run"), ("org", "list"), ("org", "export", "0" * 13, "file.zip")):
            done = subprocess.run([PROGRAM, *arguments, "--data", str(nowhere)], capture_output=True, text=True, timeout=20,
                                  check=False, env=clean_environment())
            assert (done.returncode, done.stdout) == (DATA, "") and "there is no database" in done.stderr, done
        assert user(nowhere, "add", "nonsense", "Name")[0] == USAGE
        assert not nowhere.parent.exists()


def test_mistakes_have_their_codes():
    with folder() as data:
        assert user(data, "add", "first@example.org", "First")[0] == OK
        for code, arguments in (
                (USAGE, ()), (USAGE, ("add", "a@example.org")), (USAGE, ("remove", "a@example.org")),
                (USAGE, ("add", "nonsense", "Name")), (USAGE, ("add", "b@example.org", "\u200b")), (USAGE, ("list", "--colour=red")),
                (FAILED, ("reset-password", "nobody@example.org")), (FAILED, ("make-admin", "nobody@example.org"))):
            got, out, text = user(data, *arguments)
            assert got == code, f"{arguments}: exit {got}, not {code}: {text}"
            assert out == "" and text, arguments
        assert user(data, "add", "a@example.org", "A")[0] == OK
        assert user(data, "add", "A@example.org", "B")[0] == FAILED
        (data / "jalon.db").write_text("no database at all, but long enough to be looked at as one")
        assert user(data, "list")[0] == DATA


def get(server, path):
    connection = server.connect()
    connection.request("GET", path)
    return connection.getresponse().status


def test_a_link_opens_at_the_running_server():
    with folder() as data:
        server = Server(data)
        try:
            code, out, text = user(data, "add", "claire@example.org", "Claire")
            assert code == OK, text
            assert get(server, "/reset/" + out.strip().rsplit("/", 1)[1]) == 200
        finally:
            server.kill()


def test_the_first_run_says_where_to_begin_until_somebody_can():
    with folder() as data:
        server = Server(data)
        try:
            server.process.stdout.readline()
            first = server.process.stdout.readline().strip().rsplit("/", 1)[1]
            assert get(server, f"/setup/{first}") == 200
        finally:
            server.kill()
        server = Server(data)
        try:
            server.process.stdout.readline()
            second = server.process.stdout.readline().strip().rsplit("/", 1)[1]
            assert second != first
            assert get(server, f"/setup/{first}") == 410
            assert get(server, f"/setup/{second}") == 200
            assert get(server, "/setup/AAAAAAAAAAAAAAAAAAAAAA") == 404
        finally:
            server.kill()


if __name__ == "__main__":
    main(globals())
