#!/usr/bin/env python3
"""kill9_test.py JALON: the server is killed at random instants while answers come in, 100 times on one
folder. Every answer that was acknowledged is there, and the next start takes no longer than any."""
import random
import time

from jalon import START_SECONDS, Respondent, Server, assert_whole, folder, main

ROUNDS = 100
RESPONDENTS = 4
LIFE_SECONDS = 0.12  # of a server, at most, under load


def test_what_was_acknowledged_survives_a_kill():
    random.seed(20261123)
    former, acknowledged = [], 0
    with folder() as data:
        for _ in range(ROUNDS):
            with Server(data) as server:
                assert server.start_seconds < START_SECONDS, f"{server.start_seconds:.2f} s to start"
                for respondent in former:
                    respondent.check(data)
                former = [Respondent(server) for _ in range(RESPONDENTS)]
                for respondent in former:
                    respondent.start()
                time.sleep(random.uniform(0, LIFE_SECONDS))
                server.kill()
                for respondent in former:
                    respondent.join()
                    respondent.connection.close()
                    assert respondent.statuses <= {303}, respondent.statuses
            acknowledged += sum(respondent.acknowledged for respondent in former)
        with Server(data) as server:
            for respondent in former:
                respondent.check(data)
            assert_whole(data)
            assert server.stop()[0] == 0
        assert_whole(data)
    assert acknowledged > ROUNDS, f"only {acknowledged} answers were acknowledged in all"
    print(f"# {acknowledged} acknowledged answers in {ROUNDS} lives")


if __name__ == "__main__":
    main(globals())
