#!/usr/bin/env python3
"""Server-sent events on a real socket: many readers, slow ones, those that go, limits, the end.

    events_test.py SAMPLE_SERVER

The sample server beats every 0.3 s, ends a stream after 3 to 4 s, and gives heads 0.6 s, idle connections 0.7 s.
"""
import contextlib
import socket
import sys
import threading
import time

from wire_test import CLOSE, PATIENCE, Server, exchange, get, post, read_all, read_reply

END = b"0\r\n\r\n"  # of a chunked body
LINGER_NONE = b"\1\0\0\0\0\0\0\0"  # close() then resets


class Stream:
    """A reader of /news/TOPIC; `status` says how it was answered."""

    def __init__(self, server, topic, *headers, since=0):
        self.socket = server.connect()
        self.socket.sendall(get(*headers, target=f"/news/{topic}?since={since}"))
        self.raw = self.socket.makefile("rb")
        line = self.raw.readline()
        self.status, self.headers = int(line.split()[1]), {}
        while line := self.raw.readline().decode().strip():
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()

    def chunk(self):
        """The next chunk; empty at the end."""
        size = int(self.raw.readline(), 16)
        data = self.raw.read(size)
        assert self.raw.read(2) == b"\r\n"
        return data

    def version(self, least=0):
        """The next version told, heartbeats passed over; the first that is at least `least`."""
        while chunk := self.chunk():
            if chunk == b":\n\n":
                continue
            lines = chunk.decode().split("\n")
            told = int(lines[1].removeprefix("id: "))
            assert lines == ["event: changed", f"id: {told}", f"data: {told}", "", ""], lines
            if told >= least:
                return told
        return None

    def close(self, reset=False):
        if reset:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NONE)
        self.raw.close()
        self.socket.close()


@contextlib.contextmanager
def streams(server, n, topic):
    opened = [Stream(server, topic) for _ in range(n)]
    try:
        yield opened
    finally:
        for s in opened:
            s.close()


def publish(server, topic, times=1):
    """The last version."""
    with server.connect() as s:
        stream = s.makefile("rb")
        for _ in range(times):
            s.sendall(post("Content-Length: 0", target=f"/news/{topic}"))
            status, _, body = read_reply(stream)
            assert status == 200, status
    return int(body)


def check_event(server):
    with streams(server, 1, 0) as (s,):
        assert s.status == 200 and s.headers["content-type"] == "text/event-stream", s.headers
        assert s.headers["cache-control"] == "no-store" and s.headers["x-accel-buffering"] == "no"
        assert "content-encoding" not in s.headers
        assert s.chunk() == b":\n\n"
        version = publish(server, 0)
        begun = time.monotonic()
        assert s.version() == version
        assert time.monotonic() - begun < 0.2


def check_undone(server):
    before = publish(server, 0)
    s = Stream(server, 0, since=before)
    body = b"flag=1"
    assert exchange(server, post(f"Content-Length: {len(body)}", CLOSE, body=body, target="/news/0")) == [422]
    for _ in range(3):
        assert s.chunk() == b":\n\n"
    assert publish(server, 0) == before + 1
    assert s.version() == before + 1
    s.close()


def check_resume(server):
    version = publish(server, 1)
    behind, current = Stream(server, 1, f"Last-Event-ID: {version - 1}"), Stream(server, 1, f"Last-Event-ID: {version}")
    assert behind.version() == version
    publish(server, 1)
    assert current.version() == version + 1
    behind.close()
    current.close()


def check_many(program):
    """Three hundred readers are told within a second, and pages are served meanwhile."""
    server = Server(program, "1200")
    with streams(server, 300, 2) as readers:
        assert {s.status for s in readers} == {200}
        version = publish(server, 2)
        begun = time.monotonic()
        assert {s.version() for s in readers} == {version}
        assert time.monotonic() - begun < 1
        assert exchange(server, get(CLOSE)) == [200]
    assert server.stop() == 0


def check_slow_reader(server):
    """Who does not read meanwhile is told the last version, without those in between piling up."""
    with streams(server, 1, 3) as (slow,):
        time.sleep(0.05)
        version = publish(server, 3, 500)
        told = [slow.version()]
        while told[-1] != version:
            told.append(slow.version())
        assert len(told) < 250, f"{len(told)} events of 500"


def check_outlives_deadlines(server):
    """A stream lasts longer than any request may, ends whole, and leaves a connection that serves and times out."""
    with server.connect() as s:
        s.sendall(get(target="/news/4"))
        begun = time.monotonic()
        got = b""
        while END not in got:
            got += s.recv(65536)
        assert 2.5 < time.monotonic() - begun < 5, time.monotonic() - begun
        assert got.count(b":\n\n") > 5
        s.sendall(get())
        assert read_reply(s.makefile("rb"))[0] == 200
        begun = time.monotonic()
        assert s.recv(100) == b""
        assert time.monotonic() - begun < 2


def check_head_and_old_clients(server):
    with server.connect() as s:
        s.sendall(b"HEAD /news/0 HTTP/1.1\r\nHost: localhost\r\n\r\n" + get(CLOSE))
        stream = s.makefile("rb")
        assert read_reply(stream, is_head=True)[1]["content-type"] == "text/event-stream"
        assert read_reply(stream)[0] == 200
    with server.connect() as s:
        s.sendall(get(target="/news/0", version="HTTP/1.0"))
        assert read_all(s).endswith(b":\n\n")


def fill(server, topic, most=200):
    """Streams of a topic until one is refused, and the refusal."""
    opened = []
    while len(opened) < most:
        opened.append(Stream(server, topic))
        if opened[-1].status != 200:
            return opened[:-1], opened[-1]
    raise AssertionError(f"{most} streams and no end")


def check_limits(server):
    """25 per topic, 50 in all of 100 connections; pages and other topics are not concerned. Those that leave
    make room by the next heartbeat."""
    first, refused = fill(server, 5)
    assert len(first) == 25, len(first)
    assert refused.status == 503 and refused.headers["retry-after"] == "1"
    second, _ = fill(server, 6)
    assert len(second) == 25, len(second)
    third, _ = fill(server, 7)
    assert not third
    assert exchange(server, get(CLOSE)) == [200]
    for number, s in enumerate(first + second):
        s.close(reset=number % 2 == 0)
    time.sleep(0.7)
    again, _ = fill(server, 7)
    assert len(again) == 25, f"{len(again)} of 25 after all had hung up"
    for s in again:
        s.close()
    time.sleep(0.7)


def check_hang_up_while_told(server):
    """Readers that go away at the moment of an event leave the server whole."""
    for _ in range(10):
        with streams(server, 20, 8) as readers:
            threading.Thread(target=publish, args=(server, 8), daemon=True).start()
            for s in readers:
                s.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NONE)
    time.sleep(0.5)
    with streams(server, 1, 8) as (s,):
        version = publish(server, 8)
        assert s.version(least=version) == version


def hammer(server, stop):
    with contextlib.suppress(OSError, AssertionError, TypeError):
        while not stop.is_set():
            publish(server, 9, 20)


def check_stop(program):
    """With 200 streams and much going on, the process ends at once and every stream ends whole."""
    server = Server(program, "1000")
    stop = threading.Event()
    hammers = [threading.Thread(target=hammer, args=(server, stop)) for _ in range(4)]
    with streams(server, 200, 9) as readers:
        for h in hammers:
            h.start()
        time.sleep(0.3)
        begun = time.monotonic()
        assert server.stop() == 0
        took = time.monotonic() - begun
        stop.set()
        assert took < 2, f"{took:.1f} s"
        ends = [s.raw.read()[-len(END):] for s in readers]
        assert ends.count(END) == len(ends), f"{ends.count(END)} of {len(ends)} ended whole"
        assert not any("Sanitizer" in line for line in server.lines)
    for h in hammers:
        h.join()


def check_restart(program):
    """Who comes back to a server that knows another version is told."""
    server = Server(program)
    version = publish(server, 0, 3)
    s = Stream(server, 0)
    assert s.version() == version
    assert server.stop() == 0
    assert s.version() is None
    s.close()
    server = Server(program)
    back = Stream(server, 0, f"Last-Event-ID: {version}")
    assert back.version() == 0
    assert publish(server, 0) == 1
    assert back.version() == 1
    back.close()
    assert server.stop() == 0


def check_refused_when_stopping(program):
    """A connection that is kept asks for events while the server waits for a job: refused, and it ends."""
    server = Server(program)
    with server.connect() as kept, server.connect() as working:
        kept.sendall(get())
        read_reply(kept.makefile("rb"))
        working.sendall(get(target="/slow"))
        time.sleep(0.05)
        ended = threading.Thread(target=server.stop)
        ended.start()
        time.sleep(0.1)
        kept.sendall(get(target="/news/0"))
        reply = read_reply(kept.makefile("rb"))
        assert reply is None or reply[0] == 503, reply
        ended.join(timeout=PATIENCE)
        assert server.child.returncode == 0


def main():
    program = sys.argv[1]
    server = Server(program)
    tests = [
        ("an event", check_event, (server,)),
        ("nothing of what was undone", check_undone, (server,)),
        ("what was missed", check_resume, (server,)),
        ("three hundred readers", check_many, (program,)),
        ("a slow reader", check_slow_reader, (server,)),
        ("longer than any request", check_outlives_deadlines, (server,)),
        ("HEAD, and HTTP/1.0", check_head_and_old_clients, (server,)),
        ("limits, and room again after hang-ups", check_limits, (server,)),
        ("hang-ups at the moment of an event", check_hang_up_while_told, (server,)),
        ("a stop under load", check_stop, (program,)),
        ("a restart", check_restart, (program,)),
        ("events asked for while stopping", check_refused_when_stopping, (program,)),
    ]
    print(f"1..{len(tests) + 1}")
    for number, (name, function, args) in enumerate(tests, 1):
        try:
            function(*args)
            print(f"ok {number} - {name}")
        except (AssertionError, KeyError, OSError, TypeError, ValueError, IndexError) as problem:
            print(f"not ok {number} - {name}\n# {type(problem).__name__} {problem}")
        sys.stdout.flush()
    ended = server.stop()
    is_well = ended == 0 and not any("Sanitizer" in line for line in server.lines)
    print(f"{'ok' if is_well else 'not ok'} {len(tests) + 1} - ends well")
    if not is_well:
        print(f"# {ended} {''.join(server.lines[-40:])}")


if __name__ == "__main__":
    main()
