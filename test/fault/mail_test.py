#!/usr/bin/env python3
"""mail_test.py JALON: the program and a mail server: encryption that must not be left out, servers that are slow
or away, a program killed while it sends, `jalon mail test`."""
import re
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path

from jalon import PROGRAM, Server, clean_environment, folder, main, request, rows
from tap import Skip

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "harness"))
from smtp import MailServer  # noqa: E402

try:
    import aiosmtpd  # noqa: F401
    from aiosmtpd.smtp import AuthResult, LoginPassword
except ImportError:
    aiosmtpd = None

OK, FAILED, USAGE = 0, 1, 2
FROM = "--mail-from=Jalon <jalon@example.org>"


def need_server():
    if not aiosmtpd:
        raise Skip("python3-aiosmtpd is not installed")


def certificate(top, name="localhost"):
    """(context of a server that has a fresh certificate, path of what to trust)."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", top / "key",
                    "-out", top / "cert", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"],
                   check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(top / "cert", top / "key")
    return context, top / "cert"


def mail(*arguments, environment=None):
    """(exit code, standard output, standard error) of `jalon mail …`."""
    done = subprocess.run([PROGRAM, "mail", *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=60, check=False, env={**clean_environment(), **(environment or {})})
    return done.returncode, done.stdout, done.stderr


def settings(server, *more, host="127.0.0.1"):
    return (f"--smtp=smtp://{host}:{server.port}", "--base-url=http://127.0.0.1", FROM, *more)


def serve(data, server, *more, host="127.0.0.1", **how):
    return Server(data, *settings(server, *more, host=host), **how)


def account(data, address):
    done = subprocess.run([PROGRAM, "user", "add", address, "Claire", "--data", str(data)], check=True,
                          capture_output=True, text=True, env=clean_environment())
    assert "/reset/" in done.stdout
    # So that a link by mail does not wait for the one just printed.
    with sqlite3.connect(data / "jalon.db", timeout=10) as connection:
        connection.execute("DELETE FROM account_link WHERE kind = 'reset'")


def forgot(jalon, address):
    status, location = request(jalon.connect(), "POST", "/sign-in/forgotten", f"email={urllib.parse.quote(address)}")
    assert status == 303, (status, location)


def wait_for(what, seconds=20):
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def waiting(data):
    return rows(data, "SELECT state, attempts, said FROM mail")


def test_the_test_mail_says_what_the_server_says():
    need_server()
    with folder() as top, MailServer(top) as server:
        code, out, text = mail("test", "lea@example.org", *settings(server, "--smtp-security=off"))
        assert (code, text) == (OK, ""), text
        assert "220 mail.test" in out and "250 2.0.0 Taken" in out and "sent to lea@example.org" in out, out
        taken = server.wait(1)
        assert "To: lea@example.org\n" in taken and "Jalon sait envoyer des courriels." in taken, taken
        code, out, text = mail("test", "gone@example.org", *settings(server, "--smtp-security=off"))
        assert code == FAILED and "550 5.1.1 No such person here" in text, text
        assert "550 5.1.1" in out
    code, _, text = mail("test", "lea@example.org", "--smtp=smtp://127.0.0.1:1", "--base-url=http://127.0.0.1", FROM)
    assert code == FAILED and "connect" in text, text


def test_mistakes_have_their_codes():
    for arguments in ((), ("test",), ("send", "a@example.org"), ("test", "nonsense"), ("test", "a@example.org"),
                      ("test", "a@example.org", "--smtp=nonsense", FROM, "--base-url=http://127.0.0.1"),
                      ("test", "a@example.org", "--smtp=smtp://a", FROM), ("test", "a@example.org", "--smtp=smtp://a"),
                      ("test", "a@example.org", "--smtp=smtp://a", "--smtp-ca=/nowhere", FROM, "--base-url=http://a")):
        code, out, text = mail(*arguments)
        assert code == USAGE and text and not out, (arguments, code, text)
    with folder() as top:
        (top / "password").write_text("secret\n")
        code, _, text = mail("test", "a@example.org", "--smtp=smtp://127.0.0.1:1", "--smtp-user=jalon", FROM,
                             "--base-url=http://127.0.0.1",
                             environment={"JALON_SMTP_PASSWORD_FILE": str(top / "password")})
        assert code == FAILED, text  # the settings are whole; nobody listens
        assert "secret" not in text


def test_starttls_and_a_password():
    need_server()
    seen = []

    def check(server, session, envelope, mechanism, data):
        seen.append((session.ssl is not None, isinstance(data, LoginPassword) and data.password))
        return AuthResult(success=seen[-1][1] == b"secret", handled=False)

    with folder() as top:
        context, authority = certificate(top)
        with MailServer(top, tls_context=context, require_starttls=True, authenticator=check) as server:
            flags = settings(server, f"--smtp-ca={authority}", "--smtp-user=jalon", host="localhost")
            code, _, text = mail("test", "lea@example.org", *flags, "--smtp-password=secret")
            assert code == OK, text
            assert seen == [(True, b"secret")], seen
            code, _, text = mail("test", "lea@example.org", *flags, "--smtp-password=wrong")
            assert code == FAILED and "535" in text, text
            # A certificate that nobody vouches for, or another's, is as good as none.
            code, _, text = mail("test", "lea@example.org", *settings(server, host="localhost"))
            assert code == FAILED and "certificate" in text, text
            code, _, text = mail("test", "lea@example.org", *settings(server, f"--smtp-ca={authority}"))
            assert code == FAILED and server.handler.taken == 1, text


def test_without_starttls_nothing_is_said():
    """As when somebody in between takes STARTTLS out of what the server offers."""
    need_server()
    with folder() as data, folder() as top, MailServer(top) as server:
        with serve(data, server) as jalon:
            account(data, "claire@example.org")
            forgot(jalon, "claire@example.org")
            wait_for(lambda: any(row[1] > 0 for row in waiting(data)))
            assert waiting(data)[0] == ("waiting", 1, "the server does not offer encryption (STARTTLS); nothing was sent")
            assert server.handler.tried == [] and server.handler.taken == 0
            assert "mail waits" in jalon.errors() and "claire@" not in jalon.errors()


def test_a_program_killed_while_it_sends_sends_again():
    need_server()
    with folder() as data, folder() as top, MailServer(top, slow_seconds=3) as server:
        jalon = serve(data, server, "--smtp-security=off")
        try:
            account(data, "slow@example.org")
            forgot(jalon, "slow@example.org")
            wait_for(lambda: server.handler.tried)
        finally:
            jalon.kill()
        assert len(waiting(data)) == 1
        with serve(data, server, "--smtp-security=off"):
            wait_for(lambda: not waiting(data))
            first = server.wait(1)
            mails = [server.wait(n) for n in range(1, server.handler.taken + 1)]
            names = {re.search(r"Message-ID: (\S+)", text)[1] for text in mails}
            links = {re.search(r"/reset/(\S+)", text)[1] for text in mails}
            assert len(names) == 1 and len(links) == 1, "the same mail, with the same link"
            assert "claire" not in first
        # And not once more.
        taken = server.handler.taken
        with serve(data, server, "--smtp-security=off"):
            time.sleep(3)
        assert server.handler.taken == taken


def test_no_secret_rests_in_the_database():
    need_server()
    with folder() as data, folder() as top, MailServer(top, slow_seconds=30) as server:
        with serve(data, server, "--smtp-security=off") as jalon:
            account(data, "slow@example.org")
            forgot(jalon, "slow@example.org")
            wait_for(lambda: server.handler.tried)
            stored = "".join(map(str, rows(data, "SELECT * FROM mail") + rows(data, "SELECT * FROM account_link")))
            assert "http" not in stored and "reset/" not in stored
            # A server that thinks for long does not hold the program up.
            code, seconds = jalon.stop()
            assert code == 0 and seconds < 5, seconds


class Deaf:
    """Takes connections and never says a word."""

    def __enter__(self):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(5)
        self.port = self.socket.getsockname()[1]
        return self

    def __exit__(self, *_):
        self.socket.close()


def test_pages_do_not_wait_for_a_server_that_hangs():
    with folder() as data, Deaf() as server, serve(data, server, "--smtp-security=off") as jalon:
        account(data, "claire@example.org")
        began = time.monotonic()
        forgot(jalon, "claire@example.org")
        forgot(jalon, "nobody@example.org")
        time.sleep(3)  # the thread has found it
        status, _ = request(jalon.connect(), "GET", "/sign-in")
        assert status == 200 and time.monotonic() - began < 6
        code, seconds = jalon.stop()
        assert code == 0 and seconds < 5, seconds


if __name__ == "__main__":
    main(globals())
