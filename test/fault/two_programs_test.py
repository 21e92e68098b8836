#!/usr/bin/env python3
"""two_programs_test.py JALON: two servers on one PostgreSQL database ($TEST_DB_URL). A page that one of them keeps
informed hears of what the other one stored."""
import os

from jalon import Server, folder, main
from workshop_test import Facilitator, Phone

HEARS_SECONDS = 10


def versions(response):
    """The versions that a stream tells, as they come."""
    for line in response:
        if line.startswith(b"data:"):
            yield int(line[5:])


def listen(phone):
    """The phone's stream of events."""
    phone.connection.timeout = HEARS_SECONDS
    phone.connection.request("GET", f"{phone.room}/events", headers={
        "Cookie": "; ".join(f"{name}={value}" for name, value in phone.cookies.items())})
    response = phone.connection.getresponse()
    assert response.status == 200, response.status
    return versions(response)


def test_a_stream_hears_of_what_another_program_stored():
    database = ("--database", os.environ["TEST_DB_URL"], "--rate-limits", "off")
    with folder() as here, folder() as there, Server(here, *database) as first:
        claire = Facilitator(first)
        with Server(there, *database) as second:
            phone = Phone(second, claire.room())
            claire.press("go", item="lineage")
            heard = listen(phone)
            before = next(heard)
            claire.press("open", item="lineage")
            while (after := next(heard)) == before:
                pass
            assert after > before, (before, after)
            phone.connection.close()
            assert second.stop()[0] == 0
        assert first.stop()[0] == 0


if __name__ == "__main__":
    main(globals())
