#!/usr/bin/env python3
"""Counts the cases in Meson's JUnit logs and prints the closing line "N passed, N failed".

Usage: count-tests.py testlog.junit.xml…
Exits 1 when a case failed or none ran. Names of failed cases go to standard error.
"""
import re
import sys
import xml.etree.ElementTree as ET

# What XML cannot hold: Meson copies a failed test's output as it is.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def cases(path):
    """The test cases of one log."""
    with open(path, encoding="utf-8", errors="replace") as log:
        return ET.fromstring(NO_XML.sub("\ufffd", log.read())).iter("testcase")


def main():
    passed = failed = 0
    for path in sys.argv[1:]:
        for case in cases(path):
            if case.find("skipped") is not None:
                continue
            if case.find("failure") is None and case.find("error") is None:
                passed += 1
                continue
            failed += 1
            print(f"failed: {case.get('classname')}: {case.get('name')}", file=sys.stderr)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
