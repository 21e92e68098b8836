#!/usr/bin/env python3
"""Counts the cases in Meson's JUnit logs and prints the closing line "N passed, N failed".

Usage: count-tests.py testlog.junit.xml…
Exits 1 when a case failed or none ran. Names of failed cases go to standard error.
"""
import sys
import xml.etree.ElementTree as ET


def main():
    passed = failed = 0
    for path in sys.argv[1:]:
        for case in ET.parse(path).iter("testcase"):
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
