#!/usr/bin/env python3
"""console_test.py JALON: consoles that are not as they should be. Words that a command does not take, outputs that take
nothing, descriptors that are closed: said, with an exit code that tells scripts."""
import os
import resource
import socket
import subprocess
import time
from pathlib import Path

from jalon import PROGRAM, clean_environment, folder, main

OK, USAGE, DATA = 0, 2, 3
PACK = str(Path(__file__).resolve().parents[2] / "packs/carte-performance/pack.yaml")
SCORE = b'{"pack":"carte-performance","answers":{"lineage":"yes"}}'


def jalon(*arguments, given=b"", to=subprocess.PIPE, prepare=None):
    """(exit code, standard output, standard error)."""
    done = subprocess.run([PROGRAM, *arguments], input=given, stdout=to, stderr=subprocess.PIPE, timeout=20, check=False,
                          env=clean_environment(), preexec_fn=prepare)
    return done.returncode, (done.stdout or b"").decode(), done.stderr.decode()


def close_output():
    os.close(1)


def close_outputs():
    os.close(1)
    os.close(2)


def test_an_output_that_is_lost_is_no_success():
    with folder() as data:
        at = ("--data", str(data))
        assert jalon("user", "add", "a@example.org", "A", *at)[0] == OK
        for arguments in (("help",), ("version",), ("routes",), ("serve", "--help"), ("calc", "score", "-"), ("pack", "check", PACK),
                          ("user", "list", *at), ("user", "list", "--json", *at), ("user", "reset-password", "a@example.org", *at),
                          ("org", "list", "--json", *at), ("doctor", *at), ("doctor", "--json", *at)):
            assert jalon(*arguments, given=SCORE)[0] == OK, arguments
            with open("/dev/full", "wb") as full:
                code, _, text = jalon(*arguments, given=SCORE, to=full)
                assert (code, text) == (DATA, "jalon: the result cannot be written: No space left on device\n"), (arguments, code, text)
            code, _, text = jalon(*arguments, given=SCORE, prepare=close_output)
            assert (code, text) == (DATA, "jalon: the result cannot be written: Bad file descriptor\n"), (arguments, code, text)


def test_closed_descriptors_are_taken_by_nothing_else():
    process = subprocess.Popen([PROGRAM, "calc", "score", "-"], stdin=subprocess.PIPE, preexec_fn=close_outputs,
                               env=clean_environment())
    try:
        descriptors = Path(f"/proc/{process.pid}/fd")
        until = time.monotonic() + 5
        while not (descriptors / "2").exists() and time.monotonic() < until:
            time.sleep(0.01)
        assert [os.readlink(descriptors / n) for n in "12"] == ["/dev/null"] * 2
    finally:
        process.communicate(SCORE)
    assert process.returncode == DATA


def test_a_site_is_served_without_a_console():
    with folder() as data, socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
        free.close()
        process = subprocess.Popen([PROGRAM, "serve", f"--data={data}", f"--listen=127.0.0.1:{port}"], stdin=subprocess.DEVNULL,
                                   preexec_fn=close_outputs, env=clean_environment())
        try:
            until = time.monotonic() + 5
            while True:
                try:
                    with socket.create_connection(("127.0.0.1", port), timeout=5) as s:
                        s.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                        assert s.makefile("rb").readline() == b"HTTP/1.1 200 OK\r\n"
                    break
                except ConnectionRefusedError:
                    assert time.monotonic() < until
                    time.sleep(0.02)
        finally:
            process.terminate()
        assert process.wait(15) == OK


def test_a_limit_on_the_size_of_files_is_said():
    with folder() as data:
        code, _, text = jalon("migrate", "--data", str(data), prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000)))
        assert code == DATA and "no room for the database" in text, (code, text)


def test_words_that_nobody_takes_are_refused():
    for word, arguments in (("now", ("version", "now")), ("--json", ("routes", "--json")), ("x", ("help", "serve", "x"))):
        assert jalon(*arguments) == (USAGE, "", f"jalon: unexpected argument {word}\n"), arguments
    assert jalon("help", "zorg")[0] == USAGE
    with folder() as data:
        for flag in (f"--data={data}", "--database=postgresql://127.0.0.1/x"):
            code, out, text = jalon("demo", "--listen=127.0.0.1:0", flag)
            assert (code, out) == (USAGE, "") and f"leave {flag} out" in text, text


def test_every_command_says_how_it_is_used():
    for command in ("serve", "demo", "mail", "migrate", "doctor", "backup", "restore", "calc", "pack", "user", "org", "routes", "version", "help"):
        for arguments in ((command, "--help"), (command, "-h"), ("help", command)):
            code, out, text = jalon(*arguments)
            assert (code, text) == (OK, "") and out.startswith(f"  jalon {command}"), (arguments, code, out, text)
    for arguments in (("pack", "check", "--help"), ("calc", "score", "-h")):
        code, out, text = jalon(*arguments)
        assert (code, text) == (OK, "") and out.startswith(f"  jalon {arguments[0]}"), (arguments, code, out, text)


def test_a_file_that_is_no_export_makes_no_database():
    with folder() as top:
        (top / "bad.zip").write_text("no archive at all")
        for file in ("bad.zip", "absent.zip"):
            code, out, text = jalon("org", "import", str(top / file), "--data", str(top / "new"))
            assert (code, out) == (USAGE, "") and file in text, text
        assert not (top / "new").exists()


if __name__ == "__main__":
    main(globals())
