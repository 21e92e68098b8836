#!/usr/bin/env python3
"""Every rule of tools/lint.py fires on what it forbids, where it should, and on nothing else: lint_test.py
LINT. Each case is a small source tree, written to a temporary folder. Speaks TAP."""
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOMS = """| room | what it is | may use | must not know |
|---|---|---|---|
| `base/` | strings | the C library | anything |
| `domain/` | arithmetic | base | SQL |
| `db/` | databases | base | the domain |
| `phases/` | pages | everything above | |
"""
SPRITE = '<svg><symbol id="i-check"/></svg>\n'
MARKED_HEADER = "/* X. */\n#ifndef JALON_DOMAIN_X_H\n#define JALON_DOMAIN_X_H\n%s\n#endif\n"


def function(name, lines):
    return f"static int {name}(void)\n{{\n" + "\treturn 0;\n" * lines + "}\n\n"


def switch(labels, last):
    cases = "".join(f"\tcase {label}:\n\t\treturn 1;\n" for label in labels)
    return f"/* X. */\nint f(int x)\n{{\n\tswitch (x) {{\n{cases}{last}\t}}\n\treturn 0;\n}}\n"


DEFAULT = "\tdefault:\n\t\treturn 2;\n"

COOKIE_ROW = '<code translate="no">lang</code>\n'
SETS_COOKIE = "/* X. */\n\treply_cookie_below(\n\t\trq, r, %s, value(a, b),\n\t\tAGE);\n"

# (rule, files, expected faults as "path:line"); an empty list says that the rule lets it pass.
CASES = [
    ("rooms", {"src/domain/a.c": '#include "base/str.h"\n#include "domain/b_priv.h"\n'}, []),
    ("rooms", {"src/phases/one/a.c": '#include "db/db.h"\n#include "phases/app.h"\n'
                                     '#include "phases/two/two.h"\n#include "phases/one/x.h"\n'}, []),
    ("rooms", {"src/base/a.c": '#include "domain/scorecard.h"\n'}, ["src/base/a.c:1"]),
    ("rooms", {"src/db/a.c": '#include <stdio.h>\n#include "domain/x.h"\n'}, ["src/db/a.c:2"]),
    ("rooms", {"src/domain/a.c": '#include "a.h"\n'}, ["src/domain/a.c:1"]),
    ("rooms", {"src/domain/a.c": '#include "util/a.h"\n'}, ["src/domain/a.c:1"]),
    ("rooms", {"src/phases/a.c": '#include "db/db_priv.h"\n'}, ["src/phases/a.c:1"]),
    ("rooms", {"src/phases/one/a.c": '#include "phases/two/inside.h"\n'}, ["src/phases/one/a.c:1"]),
    ("rooms", {"src/util/a.c": "\n"}, ["src/util/a.c:1"]),
    ("own-header-first", {"src/base/a.h": "", "src/base/a.c": '#include "base/a.h"\n#include <stdio.h>\n'}, []),
    ("own-header-first", {"src/base/a.c": "#include <stdio.h>\n"}, []),
    ("own-header-first", {"src/base/a.h": "", "src/base/a.c": '/* */\n#include <stdio.h>\n#include "base/a.h"\n'},
     ["src/base/a.c:2"]),
    ("guards", {"src/domain/x.h": MARKED_HEADER % ""}, []),
    ("guards", {"src/domain/y_priv.h": MARKED_HEADER % ""}, ["src/domain/y_priv.h:1"]),
    ("file-sizes", {"src/base/a.c": "\n" * 1000}, []),
    ("file-sizes", {"src/base/a.c": "\n" * 1001}, ["src/base/a.c:1001"]),
    ("function-sizes", {"src/base/a.c": function("f", 100)}, []),
    ("function-sizes", {"src/base/a.c": "\n" + function("f", 101)}, ["src/base/a.c:3"]),
    ("function-sizes", {"src/base/a.c": function("f", 19) * 10 + function("g", 20) * 10}, []),
    ("function-sizes", {"src/base/a.c": function("f", 19) * 9 + function("g", 20) * 11}, ["src:0"]),
    ("function-sizes", {"src/base/a.c": function("f", 5) * 17 + function("g", 60) * 3}, ["src:0"]),
    ("file-comments", {"src/base/a.c": "/* What. */\n"}, []),
    ("file-comments", {"src/base/a.c": "#include <stdio.h>\n"}, ["src/base/a.c:1"]),
    ("header-comments", {"src/domain/x.h": MARKED_HEADER % "\n/* Both. */\nint f(void);\nint g(int a,\n\tint b);\n"},
     []),
    ("header-comments", {"src/domain/x.h": MARKED_HEADER % "\nint f(void); /* beside */\nint g(void);\n"}, []),
    ("header-comments", {"src/domain/x.h": MARKED_HEADER % "\n/* One. */\nint f(void);\n\nMUST_CHECK int g(void);\n"},
     ["src/domain/x.h:8"]),
    ("header-comments", {"src/domain/x_priv.h": MARKED_HEADER % "\nint f(void);\n"}, []),
    ("header-comments", {"src/domain/x.h": MARKED_HEADER % "\nstruct xs VEC(struct x);\n"}, []),
    ("enum-switches", {"src/base/a.c": switch(["RED", "GREEN"], "")}, []),
    ("enum-switches", {"src/base/a.c": switch(["'a'", "'b'"], DEFAULT)}, []),
    ("enum-switches", {"src/base/a.c": switch(["RED", "GREEN"], DEFAULT)}, ["src/base/a.c:9"]),
    ("arenas", {"src/base/a.c": "/* free(x) */\n\tx->free(p);\n\tarena_free(p);\n\tputs(\"free(x)\");\n"}, []),
    ("arenas", {"src/base/a.c": "\tp = malloc(3);\n\tq = strdup(s);\n\tfree(p);\n"},
     ["src/base/a.c:1", "src/base/a.c:2", "src/base/a.c:3"]),
    ("arenas", {"src/db/writer.c": "\tfree(p);\n"}, []),
    ("sql", {"src/db/a.c": '"SELECT 1 FROM x"\n', "src/base/a.c": '"Select from the list"\n'}, []),
    ("sql", {"src/domain/a.c": 'x("SELECT a FROM b");\nx("DELETE FROM b");\nx("UPDATE b SET c=1");\n'},
     ["src/domain/a.c:1", "src/domain/a.c:2", "src/domain/a.c:3"]),
    ("formatting", {".clang-format": "BasedOnStyle: LLVM\n", "src/base/a.c": "int f(void);\n"}, []),
    ("formatting", {".clang-format": "BasedOnStyle: LLVM\n", "src/base/a.c": "int  f( void );\n"},
     ["src/base/a.c:1"]),
    ("whitespace", {"src/base/a.c": "/*\n * A.\n */\n\tint x;\n", "doc/a.md": "a\n"}, []),
    ("whitespace", {"src/base/a.c": "int x; \n        int y;\nint z;"},
     ["src/base/a.c:1", "src/base/a.c:2", "src/base/a.c:3"]),
    ("whitespace", {"packs/a.yaml": "a:\tb\n"}, ["packs/a.yaml:1"]),
    ("whitespace", {"doc/a.md": "a\r\n"}, ["doc/a.md:1"]),
    ("decisions", {"doc/decisions/0001-a.md": "", "doc/decisions/0002-b.md": ""}, []),
    ("decisions", {"doc/decisions/0001-a.md": "", "doc/decisions/README.md": "[1](0001-a.md)\n"}, []),
    ("decisions", {"doc/decisions/0001-a.md": "", "doc/decisions/README.md": "\n"}, ["doc/decisions/README.md:1"]),
    ("decisions", {"doc/decisions/0001-a.md": "", "doc/decisions/0001-b.md": "", "doc/decisions/c.md": ""},
     ["doc/decisions/0001-b.md:1", "doc/decisions/c.md:1"]),
    ("links", {"doc/a.md": "[b](b.md) [c](../src/) [d](https://a.example/x.md)\n", "doc/b.md": "", "src/x/y.c": "/* */"}, []),
    ("links", {"doc/a.md": "\n[b](b.md)\n"}, ["doc/a.md:2"]),
    ("links", {"README.md": "<img src=\"doc/a.png\">\n"}, ["README.md:1"]),
    ("links", {"doc/a.md": "`src/x/y.c`, `src/x/`\n", "src/x/y.c": "/* */"}, []),
    ("links", {"doc/a.md": "`src/x/z.c`\n", "src/x/y.c": "/* */"}, ["doc/a.md:1"]),
    ("links", {"CONTRIBUTING.md": "`src/x/new.c`\n"}, []),
    ("icons", {"assets/icons.svg": SPRITE, "src/phases/a.html": '{{icon "check"}}\n'}, []),
    ("icons", {"assets/icons.svg": SPRITE, "src/phases/a.html": '\n{{icon "chek"}}{{icon "check"}}\n'},
     ["src/phases/a.html:2"]),
    ("assets", {"assets/logo.svg": "", "src/phases/a.html": '{{asset "logo.svg"}}{{asset "jalon.css"}}\n'}, []),
    ("assets", {"src/phases/a.html": '{{asset "logo.svg"}}\n', "src/phases/b.c": '\tasset_url(rq, "x.js");\n'},
     ["src/phases/a.html:1", "src/phases/b.c:1"]),
    ("styles", {"assets/css/a.css": "", "src/phases/site/meson.build": "foreach name : ['a', 'b']\n"}, []),
    ("styles", {"assets/css/a.css": "", "assets/css/c.css": "", "src/phases/site/meson.build": "foreach name : ['a', 'b']\n"},
     ["assets/css/c.css:1"]),
    ("french", {"tools/catalogue.py": "import sys\nsys.exit(0)\n"}, []),
    ("french", {"tools/catalogue.py": "import sys\nprint('po/fr.po:7: no translation')\nsys.exit(1)\n"},
     ["po/fr.po:7"]),
    ("french", {"tools/catalogue.py": "raise SystemError\n"}, None),
    ("cookies", {"src/phases/site/privacy.html": COOKIE_ROW, "src/people/a.c": SETS_COOKIE % '"lang"'}, []),
    ("cookies", {"src/phases/site/privacy.html": COOKIE_ROW, "src/people/a.h": '#define LANG_COOKIE "lang"\n',
                 "src/people/a.c": SETS_COOKIE % "LANG_COOKIE"}, []),
    ("cookies", {"src/phases/site/privacy.html": COOKIE_ROW,
                 "src/people/a.c": SETS_COOKIE % '"lang"' + SETS_COOKIE % '"track"'}, ["src/people/a.c:6"]),
    ("cookies", {"src/phases/site/privacy.html": COOKIE_ROW, "src/people/a.c": ""}, ["src/phases/site/privacy.html:1"]),
    ("guide-facts", {"tools/guide_facts.py": "import sys\nsys.exit(0)\n"}, []),
    ("guide-facts", {"tools/guide_facts.py": "import sys\nprint('doc/a.md:7: X-001: no')\nsys.exit(1)\n"},
     ["doc/a.md:7"]),
    ("guide-facts", {"tools/guide_facts.py": "raise SystemError\n"}, None),
    ("pack-schema", {"packs/a.json": "{}\n"}, []),
    ("pack-schema", {"packs/a.json": "{\n  oops\n}\n"}, ["packs/a.json:2"]),
]


def faults_of(lint, rule, files):
    """("path:line" of each fault, whether the rule passed)."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in {"ARCHITECTURE.md": ROOMS, **files}.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, newline="")
        run = subprocess.run([sys.executable, lint, "--root", folder, rule], capture_output=True, text=True,
                             check=False)
    found = [":".join(line[2:].split(":")[:2]) for line in run.stdout.splitlines()
             if line.startswith("# ") and " functions" not in line.split(":")[0] and line != "# no functions"]
    return found, run.returncode == 0 and "not ok" not in run.stdout


def main():
    lint = sys.argv[1]
    checks = []
    for rule, files, expected in CASES:
        if rule == "formatting" and not shutil.which("clang-format"):
            checks.append((True, f"{rule} # SKIP clang-format is not installed", ""))
            continue
        found, passed = faults_of(lint, rule, files)
        right = (found == expected and passed == (not expected)) if expected is not None else not passed
        checks.append((right, f"{rule}: {', '.join(files)}", f"wanted {expected}, got {found}"))
    names = subprocess.run([sys.executable, lint, "--list"], capture_output=True, text=True, check=True)
    fired = {rule for rule, _, expected in CASES if expected}
    for name in (line.split(":")[0] for line in names.stdout.splitlines()):
        checks.append((name in fired, f"{name} has a case that it refuses", ""))
    print(f"1..{len(checks)}")
    for number, (right, name, why) in enumerate(checks, 1):
        print(f"{'ok' if right else 'not ok'} {number} - {name}" + ("" if right else f"\n# {why}"))
    sys.exit(not all(right for right, _, _ in checks))


if __name__ == "__main__":
    main()
