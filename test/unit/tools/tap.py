"""What the tests of the tools share: cases are functions named test_…; an assertion that fails is a
failed case. Prints TAP."""
import sys
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))
sys.dont_write_bytecode = True


class Skip(Exception):
    """A case that cannot run here; says why."""


def run(namespace):
    cases = [(name, f) for name, f in namespace.items() if name.startswith("test_")]
    print(f"1..{len(cases)}")
    for number, (name, case) in enumerate(cases, 1):
        try:
            case()
            verdict, note = "ok", ""
        except Skip as reason:
            verdict, note = "ok", ""
            name += f" # SKIP {reason}"
        except Exception:  # whatever a case throws is its failure
            verdict, note = "not ok", traceback.format_exc()
        print(f"{verdict} {number} - {name[5:]}")
        for line in note.splitlines():
            print(f"# {line}")
