#!/usr/bin/env python3
"""stop_test.py JALON: a server that is told to stop, under load, and two servers on one folder."""
import http.client
import os
import signal
import socket
import threading
import time

from jalon import CHOICES, OWN, Respondent, Server, answers, assert_whole, begin, folder, main, request, save

STOP_SECONDS = 10
GRACE = 0.2  # between sending SIGTERM and counting what is sent as too late


def half(port, sheet, body):
    """A connection on which a request for an answer has come in but for its last byte."""
    s = socket.create_connection(("127.0.0.1", port), timeout=STOP_SECONDS + 5)
    head = f"POST {sheet}/q/lineage HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in OWN.items())
    s.sendall((head + "\r\n" + body[:-1]).encode())
    return s


def status_of(s):
    response = http.client.HTTPResponse(s)
    response.begin()
    response.read()
    return response.status, response.getheader("Connection")


def test_every_request_under_way_is_answered():
    with folder() as data, Server(data) as server:
        connection = server.connect()
        sheets = [begin(connection) for _ in range(8)]
        halves = [half(server.port, sheet, f"answer=yes&comment={i}9") for i, sheet in enumerate(sheets)]
        respondents = [Respondent(server) for _ in range(4)]
        pdfs = []

        def ask_for_pdf(c):
            pdfs.append(request(c, "GET", f"{sheets[0]}/result.pdf"))

        readers = [threading.Thread(target=ask_for_pdf, args=(server.connect(),)) for _ in range(4)]
        for thread in respondents + readers:
            thread.start()
        time.sleep(GRACE)
        began = time.monotonic()
        server.process.terminate()
        time.sleep(GRACE)
        for s in halves:
            s.sendall(b"9")
        for s in halves:
            assert status_of(s) == (303, "close")
            s.close()
        code = server.process.wait(STOP_SECONDS + 5)
        took = time.monotonic() - began
        for thread in respondents + readers:
            thread.join(STOP_SECONDS)
        assert code == 0, f"exit code {code}: {server.errors()}"
        assert took < STOP_SECONDS, f"{took:.1f} s to stop"
        assert [status for status, _ in pdfs] == [200] * 4, pdfs
        assert all(body.startswith(b"%PDF-") for _, body in pdfs)
        for respondent in respondents:
            assert respondent.acknowledged > 0 and respondent.statuses == {303}
            # What was sent before the signal was answered; only what came after it was cut off.
            assert respondent.answered_at >= began
            respondent.check(data)
        for i, sheet in enumerate(sheets):
            assert answers(data, sheet) == {"lineage": ("yes", f"{i}9")}
        assert_whole(data)


def test_connections_that_say_nothing_do_not_hold_it():
    with folder() as data, Server(data) as server:
        connection = server.connect()
        begin(connection)  # and is kept alive
        silent = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
        code, took = server.stop()
        for s in silent:
            s.close()
        assert code == 0
        assert took < STOP_SECONDS / 2, f"{took:.1f} s to stop"


def test_a_second_signal_changes_nothing():
    with folder() as data, Server(data) as server:
        begin(server.connect())
        server.process.terminate()
        server.process.terminate()
        assert server.process.wait(STOP_SECONDS) == 0


def test_a_terminal_that_closes_stops_it_and_nohup_does_not():
    # Whoever runs the tests may ignore it, too.
    with folder() as data, Server(data, prepare=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL)) as server:
        begin(server.connect())
        server.process.send_signal(signal.SIGHUP)
        assert server.process.wait(STOP_SECONDS) == 0
        assert "stopping" in server.errors()
    with folder() as data, Server(data, prepare=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as server:
        server.process.send_signal(signal.SIGHUP)
        time.sleep(GRACE)
        begin(server.connect())
        assert server.stop()[0] == 0


def test_a_reader_of_the_log_that_goes_away_does_not_end_it():
    reading, writing = os.pipe()
    with folder() as data, Server(data, prepare=lambda: os.dup2(writing, 2)) as server:
        os.close(writing)
        os.close(reading)
        connection = server.connect()
        sheet = begin(connection)
        assert save(connection, sheet, "lineage", "yes") == 303
        assert server.stop()[0] == 0


# Two servers on one folder are no supported way to serve, but an upgrade may overlap for a moment: SQLite's
# lock makes them take turns, and both work.

def test_two_servers_on_one_folder_take_turns():
    with folder() as data:
        with Server(data) as first, Server(data) as second:
            respondents = [Respondent(server) for server in (first, second) * 2]
            for respondent in respondents:
                respondent.start()
            time.sleep(1)
            for respondent in respondents:
                respondent.stopping = True
            for respondent in respondents:
                respondent.join()
                assert respondent.statuses == {303}, respondent.statuses
                assert respondent.acknowledged > 0
                respondent.check(data)
            a, b = first.connect(), second.connect()
            sheet = begin(a)
            assert save(b, sheet, "lineage", CHOICES[2], "seen+by+both") == 303
            assert b"seen by both" in request(a, "GET", f"{sheet}/review")[1]
            assert request(b, "POST", f"{sheet}/erase", "")[0] == 303
            assert request(a, "GET", f"{sheet}/review")[0] == 404
            assert first.stop()[0] == 0
            assert save(b, begin(b), "lineage", "yes") == 303
            assert second.stop()[0] == 0
        assert_whole(data)


def test_two_servers_may_begin_at_once():
    for _ in range(5):
        with folder() as data:
            started = []

            def start():
                started.append(Server(data))

            threads = [threading.Thread(target=start) for _ in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            try:
                assert len(started) == 3, "a server did not start"
                sheet = begin(started[0].connect())
                # One secret for all: a shared link made by one opens on the other.
                c = started[1].connect()
                assert request(c, "POST", f"{sheet}/share", "")[0] == 303
                page = request(started[2].connect(), "GET", f"{sheet}/result")[1].decode()
                token = page.split("/s/")[1][:22]
                assert request(started[0].connect(), "GET", f"/s/{token}")[0] == 200
            finally:
                for server in started:
                    server.end()


if __name__ == "__main__":
    main(globals())
