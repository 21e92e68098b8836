#!/usr/bin/env python3
"""config_test.py JALON: settings and data that cannot be served. Each ends the program with a message that
says what is wrong, and the exit code that says whose it is: 2 the settings', 3 the data's."""
import os
import pwd
import socket
import sqlite3
import subprocess

from jalon import PROGRAM, Server, begin, clean_environment, folder, main, rows
from tap import Skip

USAGE, DATA = 2, 3
# Files that serve must not write nor read; root may do both, so it becomes nobody for these cases.
UNPRIVILEGED = pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def become():
    if UNPRIVILEGED:
        os.setgroups([])
        os.setgid(UNPRIVILEGED.pw_gid)
        os.setuid(UNPRIVILEGED.pw_uid)


def serve(*arguments, environment=None, prepare=None):
    """(exit code, standard error) of a `jalon serve` that does not start."""
    done = subprocess.run([PROGRAM, "serve", "--listen=127.0.0.1:0", *arguments], stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=10, check=False, preexec_fn=prepare,
                          env={**clean_environment(), **(environment or {})})
    assert done.stdout == "", done.stdout
    return done.returncode, done.stderr


def assert_refused(code, message, *arguments, **how):
    got, text = serve(*arguments, **how)
    assert got == code, f"exit {got}, not {code}: {text}"
    assert message in text, text
    assert "Sanitizer" not in text, text


def reachable_program():
    """Where `nobody` can run the program from, or a reason to skip."""
    done = subprocess.run([PROGRAM, "version"], capture_output=True, check=False, preexec_fn=become)
    if done.returncode:
        raise Skip("another user cannot run the program where it was built")


def test_an_unknown_flag_names_the_nearest():
    assert_refused(USAGE, "did you mean base-url?", "--base-ulr=https://a.example")
    assert_refused(USAGE, "did you mean data?", "--dat", "/tmp")
    assert_refused(USAGE, "unknown setting --colour", "--colour=blue")
    assert_refused(USAGE, "unexpected argument now", "now")
    assert_refused(USAGE, "--data needs a value", "--data")
    assert_refused(USAGE, "--data is given twice", "--data=a", "--data=b")


def test_an_unknown_variable_names_the_nearest():
    assert_refused(USAGE, "JALON_LOG_LEVLE; did you mean log-level?", environment={"JALON_LOG_LEVLE": "info"})
    assert_refused(USAGE, "JALON_DATA_FILE", environment={"JALON_DATA_FILE": "/etc/hostname"})
    assert_refused(USAGE, "not valid UTF-8", environment={"JALON_DATA": os.fsdecode(b"\xff")})


def test_an_unknown_key_names_the_nearest_and_its_line():
    with folder() as top:
        file = top / "jalon.conf"
        for text, message in (("# settings\n\ndata = a\nbase-ulr = x\n", "jalon.conf:4: unknown setting base-ulr; did you mean base-url?"),
                              ("data\n", "jalon.conf:1: data has no value"),
                              ("data=a\ndata=b\n", "jalon.conf:2: data is given twice"),
                              ("config=x\n", "jalon.conf:1: unknown setting config"),
                              ("log-level=loud\n", "log-level: \"loud\" is none of"),
                              ("x" * 100000, "larger than")):
            file.write_text(text)
            assert_refused(USAGE, message, f"--config={file}")
        assert_refused(USAGE, "No such file", f"--config={top / 'absent'}")
        assert_refused(USAGE, "Is a directory", f"--config={top}")


def test_every_mistake_is_told_at_once():
    text = serve("--dat=x", "--log-level=loud", "--base-url=https://a/", "--contact=ftp://a", environment={"JALON_LISTN": "x"})[1]
    for word in ("--dat", "loud", "base-url: leave the final / out", "ftp://a", "JALON_LISTN"):
        assert word in text, text


def test_addresses_that_are_none_are_refused():
    for flag in ("--base-url=a.example", "--base-url=https://", "--base-url=https://a.example/", "--contact=javascript:x",
                 "--database=mysql://a", "--log-format=xml", "--rate-limits=of", "--trusted-proxies=10.0.0.1/8",
                 "--trusted-proxies=127.0.0.1,", "--trusted-proxies=localhost"):
        assert_refused(USAGE, flag[2:].split("=")[0], flag)


def test_a_port_in_use_is_said():
    with folder() as data, socket.create_server(("127.0.0.1", 0)) as taken:
        done = subprocess.run([PROGRAM, "serve", f"--data={data}", f"--listen=127.0.0.1:{taken.getsockname()[1]}"],
                              capture_output=True, text=True, timeout=10, check=False, env=clean_environment())
        assert done.returncode == 1, done
        assert "in use" in done.stderr, done.stderr


def test_a_folder_that_cannot_be_read_is_the_datas_fault():
    reachable_program()
    with folder() as top:
        data = top / "data"
        data.mkdir(mode=0o000)
        top.chmod(0o755)
        assert_refused(DATA, "jalon:", f"--data={data}", prepare=become)
        assert_refused(DATA, "Permission denied", f"--data={data / 'deeper'}", prepare=become)


def test_a_folder_that_cannot_be_written_is_the_datas_fault():
    reachable_program()
    with folder() as top:
        data = top / "data"
        with Server(data) as server:
            begin(server.connect())
            assert server.stop()[0] == 0
        top.chmod(0o755)
        for path in [*data.iterdir(), data]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        assert_refused(DATA, "jalon:", f"--data={data}", prepare=become)
        for path in [data, *data.iterdir()]:
            path.chmod(0o700 if path.is_dir() else 0o600)
        assert rows(data, "SELECT count(*) FROM sheet") == [(1,)]


def test_a_folder_that_is_a_file_is_the_datas_fault():
    with folder() as top:
        (top / "data").write_text("a file")
        assert_refused(DATA, "jalon:", f"--data={top / 'data'}")
        assert_refused(DATA, "Not a directory", f"--data={top / 'data' / 'deeper'}")


def make(path, script):
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path.parent


def test_a_newer_schema_is_left_alone():
    with folder() as top:
        data = top / "data"
        with Server(data) as server:
            assert server.stop()[0] == 0
        connection = sqlite3.connect(data / "jalon.db")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.execute(f"PRAGMA user_version = {version + 1}")
        connection.close()
        before = (data / "jalon.db").read_bytes()
        assert_refused(DATA, "newer Jalon", f"--data={data}")
        assert (data / "jalon.db").read_bytes() == before


def test_what_is_not_jalons_is_left_alone():
    with folder() as top:
        foreign = make(top / "foreign" / "jalon.db", "CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1)")
        assert_refused(DATA, "not Jalon’s", f"--data={foreign}")
        assert rows(foreign, "SELECT a FROM theirs") == [(1,)]
        other = make(top / "other" / "jalon.db", "PRAGMA application_id = 7; CREATE TABLE theirs (a)")
        assert_refused(DATA, "jalon:", f"--data={other}")
        garbage = top / "garbage"
        garbage.mkdir()
        (garbage / "jalon.db").write_bytes(b"not a database " * 1000)
        assert_refused(DATA, "jalon:", f"--data={garbage}")
        assert (garbage / "jalon.db").read_bytes() == b"not a database " * 1000


def test_a_database_cut_short_is_said():
    with folder() as top:
        data = top / "data"
        with Server(data) as server:
            begin(server.connect())
            assert server.stop()[0] == 0
        file = data / "jalon.db"
        file.write_bytes(file.read_bytes()[:4096])
        assert_refused(DATA, "jalon:", f"--data={data}")


if __name__ == "__main__":
    main(globals())
