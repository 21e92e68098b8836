#!/usr/bin/env python3
"""limits_test.py JALON: many strangers who send a lot, slowly, together. What they cost stays bounded, and
respondents do not notice."""
import socket
import time

from jalon import START_SECONDS, Server, begin, folder, main, request, save

LARGE = 8 * 1024 * 1024  # the largest body that a route takes
SENT = 1024 * 1024       # of it, by each stranger
STRANGERS = 40
MEMORY_MAX = 256 * 1024 * 1024  # 16 large bodies, and what they are read through
SILENT = 300


def memory(server):
    """Bytes of the server that are its own and in memory."""
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("RssAnon"))


def stranger(server):
    s = socket.create_connection(("127.0.0.1", server.port), timeout=10)
    s.sendall(b"POST /api/v1/calc/rank HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
              b"Content-Length: %d\r\n\r\n" % LARGE)
    return s


def pour(s):
    """Sends a part of the body; whether it was wanted."""
    try:
        for _ in range(SENT // 65536):
            s.sendall(b" " * 65536)
        s.settimeout(0.05)
        return not s.recv(100).startswith(b"HTTP/1.1 503")
    except TimeoutError:
        return True
    except OSError:
        return False


def test_large_bodies_together_are_bounded():
    with folder() as data, Server(data) as server:
        connection = server.connect()
        sheet = begin(connection)
        before = memory(server)
        strangers = [stranger(server) for _ in range(STRANGERS)]
        wanted = sum(pour(s) for s in strangers)
        assert 0 < wanted < STRANGERS, f"{wanted} of {STRANGERS} large bodies are read at one time"
        assert memory(server) - before < MEMORY_MAX, f"{(memory(server) - before) >> 20} MiB"
        assert save(connection, sheet, "lineage", "yes") == 303
        assert request(connection, "GET", f"{sheet}/result.pdf")[0] == 200
        for s in strangers:
            s.close()
        time.sleep(0.5)
        last = stranger(server)
        last.sendall(b" " * LARGE)
        assert last.recv(100).startswith(b"HTTP/1.1 400"), "the room was not given back"
        last.close()


def test_silent_connections_keep_nobody_waiting():
    with folder() as data, Server(data) as server:
        silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(SILENT)]
        for s in silent[::2]:
            s.sendall(b"GET / HTTP/1.1\r\nHost: ")
        began = time.monotonic()
        connection = server.connect()
        sheet = begin(connection)
        assert save(connection, sheet, "lineage", "yes") == 303
        assert time.monotonic() - began < START_SECONDS
        for s in silent:
            s.close()


if __name__ == "__main__":
    main(globals())
