#!/usr/bin/env python3
"""The server on a real socket: framing, slow clients, limits, the end of the process.

    wire_test.py SAMPLE_SERVER

Numbers in brackets are those of the battery of bad inputs (doc/decisions/0005-http.md).
"""
import contextlib
import json
import select
import socket
import subprocess
import sys
import threading
import time

PATIENCE = 10  # seconds a test waits for what should come


class Server:
    """The sample site as a child process."""

    def __init__(self, program, *arguments):
        self.child = subprocess.Popen(
            [program, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        url = self.child.stdout.readline().strip()
        host, _, port = url.removeprefix("http://").rpartition(":")
        self.address = (host, int(port))
        self.lines = []
        self.reader = threading.Thread(target=self._read_log, daemon=True)
        self.reader.start()

    def _read_log(self):
        for line in self.child.stderr:
            self.lines.append(line)

    def connect(self):
        s = socket.create_connection(self.address, timeout=PATIENCE)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return s

    def stop(self):
        self.child.stdin.close()
        code = self.child.wait(timeout=PATIENCE)
        self.reader.join(timeout=PATIENCE)
        return code


def read_all(s):
    """What comes until the other end closes."""
    got = b""
    with contextlib.suppress(ConnectionResetError):
        while chunk := s.recv(65536):
            got += chunk
    return got


def read_reply(stream, is_head=False):
    """The next reply: status, headers (lower-case names), body. None at the end."""
    line = stream.readline()
    if not line:
        return None
    status, headers = int(line.split()[1]), {}
    while line := stream.readline().decode().strip():
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    length = 0 if is_head else int(headers.get("content-length", 0))
    body = stream.read(length)
    assert len(body) == length, "closed in the body"
    return status, headers, body


def exchange(server, data):
    """Sends `data` and gives back the statuses of all replies until the server closes."""
    statuses = []
    with server.connect() as s, contextlib.suppress(ConnectionResetError, BrokenPipeError):
        stream = s.makefile("rb")
        s.sendall(data)
        while reply := read_reply(stream):
            statuses.append(reply[0])
            if reply[1].get("connection") == "close":
                break
    return statuses


def get(*headers, target="/", version="HTTP/1.1", host="Host: 127.0.0.1"):
    lines = [f"GET {target} {version}"] + ([host] if host else []) + list(headers)
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"


def post(*headers, body=b"", target="/form"):
    lines = [f"POST {target} HTTP/1.1", "Host: localhost", "Sec-Fetch-Site: same-origin",
             "Content-Type: application/x-www-form-urlencoded"] + list(headers)
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


CLOSE = "Connection: close"
FORM = b"name=abcd"

# name, bytes sent, statuses of the replies, after which the connection is closed
FRAMING = [
    ("a plain request", get(CLOSE), [200]),
    ("[1] length and chunks", post("Content-Length: 9", "Transfer-Encoding: chunked", body=FORM), [400]),
    ("[2] two different lengths", post("Content-Length: 9", "Content-Length: 10", body=FORM), [400]),
    ("[3] two equal lengths", post("Content-Length: 9", "Content-Length: 9", body=FORM), [400]),
    ("[4] length +5", post("Content-Length: +9", body=FORM), [400]),
    ("[4] length 5,5", post("Content-Length: 9,9", body=FORM), [400]),
    ("[4] length in hexadecimal", post("Content-Length: 0x9", body=FORM), [400]),
    ("[4] length of 2^63", post("Content-Length: 9223372036854775808", body=FORM), [413]),
    ("[4] length of 2^64", post("Content-Length: 18446744073709551616", body=FORM), [413]),
    ("[4] negative length", post("Content-Length: -1", body=FORM), [400]),
    ("[4] empty length", post("Content-Length: ", body=FORM), [400]),
    ("[4] length with a leading zero", post("Content-Length: 09", body=FORM), [400]),
    ("[5] chunked, identity", post("Transfer-Encoding: chunked, identity", body=FORM), [400]),
    ("[5] xchunked", post("Transfer-Encoding: xchunked", body=FORM), [400]),
    ("[5] chunked said twice", post("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), [400]),
    ("[5] gzip", post("Transfer-Encoding: gzip", body=FORM), [400]),
    ("[6] chunks, even good ones", post("Transfer-Encoding: chunked", body=b"9\r\n" + FORM + b"\r\n0\r\n\r\n"), [411]),
    ("[6] chunks with a huge size", post("Transfer-Encoding: chunked", body=b"f" * 17 + b"\r\n"), [411]),
    ("[7] trailers", post("Transfer-Encoding: chunked", body=b"0\r\nHost: evil\r\n\r\n"), [411]),
    ("[8] bare LF after the request line", b"GET / HTTP/1.1\nHost: localhost\r\n\r\n", [400]),
    ("[8] bare LF after a header", b"GET / HTTP/1.1\r\nHost: localhost\nX-A: 1\r\n\r\n", [400]),
    ("[8] bare LF as the empty line", b"GET / HTTP/1.1\r\nHost: localhost\r\n\n", [400]),
    ("[8] bare LF before the empty line", b"GET / HTTP/1.1\r\nHost: localhost\n\r\n", [400]),
    ("[8] bare CR in a value", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\rX-B: 2\r\n\r\n", [400]),
    ("[8] CR CR LF", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\r\n\r\n", [400]),
    ("[9] a folded header", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n folded\r\n\r\n", [400]),
    ("[9] a fold that makes another name", b"POST /form HTTP/1.1\r\nHost: localhost\r\nContent-: 1234567890\r\n Length\r\n\r\n", [400]),
    ("[9] a fold by a tab", b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n\tfolded\r\n\r\n", [400]),
    ("[9] a fold in the first header", b"GET / HTTP/1.1\r\nHost: localhost\r\n x\r\nX-A: 1\r\n\r\n", [400]),
    ("[10] a space before the colon", get("X-A : 1"), [400]),
    ("[10] an empty name", get(": 1"), [400]),
    ("[10] a name that is no token", get("X(A): 1"), [400]),
    ("[10] a header without a colon", get("X-A"), [400]),
    ("[10] a control in a value", get("X-A: \x01"), [400]),
    ("[11] NUL in a value", get("X-A: a\0b"), [400]),
    ("[11] NUL at the end of a value", get("X-A: a\0"), [400]),
    ("[11] NUL in the last value", get("X-A: 1", "X-B: a\0b"), [400]),
    ("[11] NUL in a name", get("X\0A: 1"), [400]),
    ("[11] NUL in the target", get(target="/\0abc"), [400]),
    ("[12] no Host", get(host=None), [400]),
    ("[12] no Host in HTTP/1.0", get(host=None, version="HTTP/1.0"), [200]),
    ("[12] two Hosts", get("Host: localhost"), [400]),
    ("[12] Host with @", get(CLOSE, host="Host: user@localhost"), [400]),
    ("[12] Host with a path", get(CLOSE, host="Host: localhost/x"), [400]),
    ("[12] empty Host", get(CLOSE, host="Host:"), [400]),
    ("[12] foreign Host", get(CLOSE, host="Host: evil.example"), [421]),
    ("[12] foreign Host that looks like ours", get(CLOSE, host="Host: localhost.evil.example:80"), [421]),
    ("[12] Host with a bad port", get(CLOSE, host="Host: localhost:8x"), [421]),
    ("[12] an address as Host", get(CLOSE, host="Host: 192.168.1.5:8080"), [200]),
    ("[12] an IPv6 address as Host", get(CLOSE, host="Host: [::1]:80"), [200]),
    ("[13] absolute form", get(CLOSE, target="http://localhost/form"), [200]),
    ("[13] absolute form of another site", get(CLOSE, target="http://evil.example/form"), [421]),
    ("[13] authority form", get(CLOSE, target="localhost:80"), [400]),
    ("[13] OPTIONS *", b"OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [400]),
    ("[13] CONNECT", b"CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [400]),
    ("[13] TRACE", b"TRACE / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [405]),
    ("[13] an unknown method", b"FROB / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [405]),
    ("[13] a method in lower case", b"get / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", [405]),
    ("[14] HTTP/0.9", b"GET /\r\n\r\n", [400]),
    ("[14] the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [505]),
    ("[14] hTTP/1.1", b"GET / hTTP/1.1\r\nHost: localhost\r\n\r\n", [400]),
    ("[14] two spaces before the target", b"GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n", [400]),
    ("[14] a space after the version", b"GET / HTTP/1.1 \r\nHost: localhost\r\n\r\n", [400]),
    ("[15] a target of 9 KB", get(CLOSE, target="/" + "a" * 9000), [414]),
    ("[15] a request line of 100 KB", get(target="/" + "a" * 100000), [414]),
    ("[15] 101 headers", get(*[f"X-{i}: 1" for i in range(100)]), [431]),
    ("[15] 100 headers", get(CLOSE, *[f"X-{i}: 1" for i in range(98)]), [200]),
    ("[15] 100 headers of 16 KB after a target of 8 KB",
     get(CLOSE, *[f"X-{i}: " + "a" * 155 for i in range(98)], target="/" + "a" * 8000), [404]),
    ("[15] 17 KB of headers", get(*[f"X-{i}: " + "a" * 1700 for i in range(10)]), [431]),
    ("[15] 33 KB of headers", get(*[f"X-{i}: " + "a" * 3300 for i in range(10)]), [431]),
    ("[15] 100 KB of headers", get(*[f"X-{i}: " + "a" * 10000 for i in range(10)]), [431]),
    ("[16] GET with a body, then another", get("Content-Length: 5") + b"GET /" + get(CLOSE), [413, 200]),
    ("[18] an unknown expectation", post("Expect: 200-ok", "Content-Length: 9"), [417]),
    ("[19] an upgrade is ignored", get(CLOSE, "Upgrade: websocket"), [200]),
    ("[20] underscores are not hyphens", post("Content_Length: 100", "Content-Length: 9", CLOSE, body=FORM), [200]),
    ("[21] a spoofed forwarding", get(CLOSE, "X-Forwarded-Host: evil.example"), [200]),
    ("[25] one byte over the limit", post("Content-Length: 65537"), [413]),
    ("[25] one byte over a small limit", post("Content-Length: 101", CLOSE, body=b"a" * 101, target="/strict"), [413]),
    ("[29] a long list of ranges", get(CLOSE, "Range: bytes=" + ",".join(f"{i}-{i}" for i in range(1000))), [200]),
    ("[30] a compressed body", post("Content-Encoding: gzip", "Content-Length: 9", body=FORM), [415]),
    ("[41] two types", post("Content-Type: text/plain", "Content-Length: 9", body=FORM), [400]),
    ("two requests at once", get() + get(CLOSE), [200, 200]),
    ("a refused body is passed over", post("Content-Length: 9", body=FORM, target="/nowhere") + get(CLOSE), [404, 200]),
]


def check_framing(server, data, want):
    got = exchange(server, data)
    assert got == want, f"{got}, not {want}"


def check_security_headers(server):
    for target in ("/", "/nowhere", "/%zz", "/assets/a-123.css", "/healthz", "/broken"):
        with server.connect() as s:
            s.sendall(get(target=target))
            headers = read_reply(s.makefile("rb"))[1]
            for name in ("content-security-policy", "x-content-type-options", "referrer-policy",
                         "cross-origin-opener-policy", "cross-origin-resource-policy", "cache-control"):
                assert name in headers, f"{target} has no {name}"
            assert "charset=utf-8" in headers["content-type"], headers["content-type"]


def check_head(server):
    with server.connect() as s:
        s.sendall(b"HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        status, headers, _ = read_reply(s.makefile("rb"), is_head=True)
        assert status == 200 and headers["content-length"] != "0"
        s.sendall(get())
        assert read_reply(s.makefile("rb"))[2].startswith(b"<p>")


def check_pipeline(server):
    """[17] A thousand requests at once, answered in order."""
    with server.connect() as s:
        threading.Thread(target=s.sendall, args=(b"".join(get(target=f"/?count={i % 5}") for i in range(1000)),),
                         daemon=True).start()
        stream = s.makefile("rb")
        for i in range(1000):
            status, _, body = read_reply(stream)
            assert (status, body) == (200, f"<p>whole fr {i % 5}</p>".encode())


def check_continue(server):
    with server.connect() as s:
        s.sendall(post("Expect: 100-continue", "Content-Length: 9"))
        assert s.recv(100).startswith(b"HTTP/1.1 100")
        s.sendall(FORM)
        assert read_reply(s.makefile("rb"))[0] == 200


def seconds_until_closed(s, drip=b"", every=0.1):
    """How long the other end lets us, while sending one byte now and then."""
    begun = time.monotonic()
    s.settimeout(every)
    while time.monotonic() - begun < PATIENCE:
        try:
            if drip:
                s.send(drip)
            if not s.recv(65536):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - begun


def readable(sockets):
    return select.select(sockets, [], [], 0)[0]


def check_cut(server, before, drip, most):
    with server.connect() as s:
        s.sendall(before)
        took = seconds_until_closed(s, drip)
        assert 0.3 < took < 2 * most, f"{took:.1f} s"


def check_idle(server):
    with server.connect() as s:
        s.sendall(get())
        read_reply(s.makefile("rb"))
        took = seconds_until_closed(s)
        assert 0.4 < took < 2, f"{took:.1f} s"


def check_slowloris(server):
    """[22] Forty slow clients do not keep others waiting, and all are cut."""
    slow = [server.connect() for _ in range(40)]
    for s in slow:
        s.sendall(b"GET / HTTP/1.1\r\nX-A: ")
    assert exchange(server, get(CLOSE)) == [200]
    assert not readable(slow), "the others were cut before one was served"
    begun = time.monotonic()
    for s in slow:
        seconds_until_closed(s, b"a")
        s.close()
    assert time.monotonic() - begun < PATIENCE


def check_connection_cap(server):
    """[26] More connections than allowed wait; they are served when others end."""
    many = [server.connect() for _ in range(130)]
    time.sleep(0.2)
    for s in many:
        s.close()
    assert exchange(server, get(CLOSE)) == [200]


def check_reset(server):
    """[27] Clients that go away in the middle of a reply leave the server whole."""
    for _ in range(20):
        s = server.connect()
        s.sendall(get(target="/big"))
        s.recv(1000)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        s.close()
    for _ in range(5):  # while a job has the request
        s = server.connect()
        s.sendall(get(target="/slow"))
        s.close()
    time.sleep(0.5)
    assert exchange(server, get(CLOSE)) == [200]


def check_half_close(server):
    """[27] A client that sends all and then ends its side: answered or closed, never stuck."""
    with server.connect() as s:
        s.sendall(get(CLOSE))
        s.shutdown(socket.SHUT_WR)
        got = read_all(s)
        assert got == b"" or got.startswith(b"HTTP/1.1 200")


def check_slow_jobs(server):
    """Six jobs of 0.3 s on two threads take 0.9 s, and reads go on meanwhile."""
    begun = time.monotonic()
    jobs = [server.connect() for _ in range(6)]
    for s in jobs:
        s.sendall(get(target="/slow"))
    assert exchange(server, get(CLOSE)) == [200]
    assert len(readable(jobs)) < len(jobs), "the read waited for the jobs"
    for s in jobs:
        assert read_reply(s.makefile("rb"))[2] == b"slow"
        s.close()
    assert time.monotonic() - begun > 0.8, "more than two jobs at once"


def check_log(server):
    """One line per request, with the route's pattern; no path, no query."""
    before = len(server.lines)
    exchange(server, get(CLOSE, target="/t/AAAAAAAAAAAAAAAAAAAAAA"))
    exchange(server, get(CLOSE, target="/nowhere?private=1"))
    exchange(server, get(CLOSE, target="/healthz"))
    until = time.monotonic() + PATIENCE
    while True:  # a line is written after its reply
        lines = [json.loads(line) for line in server.lines[before:]]
        lines = [x for x in lines if x["route"] != "/slow"]  # a client that left earlier is logged late
        if len(lines) >= 2 or time.monotonic() > until:
            break
        time.sleep(0.02)
    assert [(x["method"], x["route"], x["status"]) for x in lines] == [
        ("GET", "/t/{token}", 200), ("GET", "-", 404)], lines
    assert set(lines[0]) == {"time", "level", "event", "method", "route", "status", "us", "id"}


def check_stop(program):
    """A request under way is answered, new ones are not taken, and the process ends."""
    server = Server(program)
    with server.connect() as working, server.connect() as idle:
        idle.sendall(get())
        read_reply(idle.makefile("rb"))
        working.sendall(get(target="/slow"))
        time.sleep(0.1)
        ended = threading.Thread(target=server.stop)
        begun = time.monotonic()
        ended.start()
        status, headers, body = read_reply(working.makefile("rb"))
        assert (status, body) == (200, b"slow")
        assert headers["connection"] == "close"
        ended.join(timeout=PATIENCE)
        assert time.monotonic() - begun < 2
        assert server.child.returncode == 0
        assert read_all(idle) == b""


def check_stop_with_queue(program):
    """Jobs still waiting when the grace is over are refused, and nothing hangs."""
    server = Server(program)
    sockets = [server.connect() for _ in range(40)]  # 40 jobs of 0.3 s on two threads: 6 s
    for s in sockets:
        s.sendall(get(target="/slow"))
    time.sleep(0.1)
    begun = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - begun < 5
    replies = [read_reply(s.makefile("rb")) for s in sockets]
    statuses = [reply[0] for reply in replies]
    assert set(statuses) == {200, 503}, statuses
    assert all("retry-after" in headers for status, headers, _ in replies if status == 503)
    for s in sockets:
        s.close()


def main():
    program = sys.argv[1]
    server = Server(program)
    tests = [(name, check_framing, (server, data, want)) for name, data, want in FRAMING]
    tests += [
        ("[57] security headers everywhere", check_security_headers, (server,)),
        ("[16] HEAD, then another request", check_head, (server,)),
        ("[17] a pipeline of a thousand", check_pipeline, (server,)),
        ("[18] an expectation is met", check_continue, (server,)),
        ("[18] a body that never comes", check_cut, (server, post("Expect: 100-continue", "Content-Length: 9"), b"", 2)),
        ("[22] a slow request line", check_cut, (server, b"GET /", b"a", 2)),
        ("[22] slow headers", check_cut, (server, b"GET / HTTP/1.1\r\nX-A: ", b"a", 2)),
        ("[22] nothing at all", check_cut, (server, b"", b"", 2)),
        ("[22] many slow clients", check_slowloris, (server,)),
        ("[23] a slow body", check_cut, (server, post("Content-Length: 60000"), b"a", 2)),
        ("an idle connection", check_idle, (server,)),
        ("[26] too many connections", check_connection_cap, (server,)),
        ("[27] resets in the middle", check_reset, (server,)),
        ("[27] a half-closed connection", check_half_close, (server,)),
        ("slow jobs beside reads", check_slow_jobs, (server,)),
        ("what is logged", check_log, (server,)),
        ("a stop with a request under way", check_stop, (program,)),
        ("a stop with a full queue", check_stop_with_queue, (program,)),
    ]
    print(f"1..{len(tests) + 1}")
    for number, (name, function, args) in enumerate(tests, 1):
        try:
            function(*args)
            print(f"ok {number} - {name}")
        except (AssertionError, KeyError, OSError, TypeError, ValueError) as problem:
            print(f"not ok {number} - {name}\n# {type(problem).__name__} {problem}")
        sys.stdout.flush()
    ended = server.stop()
    if any("Sanitizer" in line for line in server.lines) or ended != 0:
        print(f"not ok {len(tests) + 1} - ends well\n# {ended} {''.join(server.lines[-40:])}")
    else:
        print(f"ok {len(tests) + 1} - ends well")


if __name__ == "__main__":
    main()
