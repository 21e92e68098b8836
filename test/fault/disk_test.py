#!/usr/bin/env python3
"""disk_test.py JALON: the disk fills up while answers come in. Writing is answered 503, reading goes on, and
once there is room again everything works without a restart. Twice: with a limit on the size of files,
which anyone may set, and on a file system of its own, for which one has to be root."""
import resource
import subprocess
import time
from contextlib import contextmanager

from jalon import Server, answers, assert_whole, begin, folder, main, request, rows, save
from tap import Skip

FILE_LIMIT = 600 * 1024
DISK_BYTES = 2 * 1024 * 1024
COMMENT = "x" * 2000
RETRY_SECONDS = 5  # within which the server takes answers again


def fill(connection):
    """Saves long comments until one is refused: the sheet, the number stored in it, the refusal."""
    sheet = begin(connection)
    for n in range(10000):
        status = save(connection, sheet, "lineage", "yes", f"{n}.{COMMENT}"[:2000])
        if status != 303:
            return sheet, n - 1, status
        # One row does not grow the file for ever: go on to the next sheet.
        if n % 20 == 19:
            status, location = request(connection, "POST", "/scorecard", "")
            if status != 303:
                return sheet, n, status
            sheet = location.split("/q/")[0]
    raise AssertionError("the disk never filled")


def check_full(server, data, make_room):
    connection = server.connect()
    sheet, number, status = fill(connection)
    assert status == 503, f"a write on a full disk is answered {status}: {server.errors()}"
    for path in ("/", "/scorecard", f"{sheet}/review", f"{sheet}/result", f"{sheet}/result.pdf", "/healthz"):
        status, body = request(connection, "GET", path)
        assert status == 200, f"{path} is answered {status} on a full disk"
    stored = answers(data, sheet)
    if stored:
        assert stored["lineage"][1].split(".")[0] == str(number)
    make_room()
    deadline = time.monotonic() + RETRY_SECONDS
    while save(connection, sheet, "lineage", "no", "after") != 303:
        assert time.monotonic() < deadline, "there is room again and still nothing is stored"
        time.sleep(0.05)
    assert answers(data, sheet)["lineage"] == ("no", "after")
    assert request(connection, "GET", "/readyz")[0] == 200
    assert server.stop()[0] == 0
    assert_whole(data)


def limit_files():
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_LIMIT, resource.RLIM_INFINITY))


def test_a_limit_on_files_is_met_and_lifted():
    # Past the limit the kernel also sends a signal, which ends a program that does not expect it.
    with folder() as data, Server(data, prepare=limit_files) as server:
        unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        check_full(server, data,
                   lambda: resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited))


@contextmanager
def small_disk(path):
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "jalon-fault", str(path)]
    try:
        done = subprocess.run(mount, capture_output=True, check=False)
    except FileNotFoundError as e:
        raise Skip("there is no mount") from e
    if done.returncode:
        raise Skip("no file system may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(path)], check=False)


def test_a_full_disk_is_met_and_freed():
    with folder() as top:
        data, ballast = top / "disk", top / "disk" / "ballast"
        data.mkdir()
        with small_disk(data):
            with Server(data) as server:
                ballast.write_bytes(bytes(DISK_BYTES // 4))
                check_full(server, data, ballast.unlink)
            assert rows(data, "SELECT count(*) > 0 FROM answer") == [(1,)]


if __name__ == "__main__":
    main(globals())
