#!/usr/bin/env python3
"""tools/embed.py: what the compiled source holds, and what is refused."""
import gzip
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

TOOL = tap.ROOT / "tools" / "embed.py"
EVERY_BYTE = bytes(range(256)) + b'?? ??/ \\ "quoted" 7\x007\x017' + bytes(reversed(range(256)))
PRINT_BYTES = """#include <stdio.h>
#include "base/str.h"
extern const struct str it;
int main(void) { fwrite(it.data, 1, it.len, stdout); return it.data[it.len] != 0; }
"""
ASSET_H = """#ifndef ASSET_H
#define ASSET_H
#include "base/str.h"
struct asset { struct str path; const char *name, *type; struct str bytes, gzip, etag; };
extern const struct asset it[];
#endif
"""
PRINT_ASSETS = """#include <stdio.h>
#include "asset.h"
int main(int argc, char **argv)
{
	for (const struct asset *a = it; a->path.len; a++) {
		printf("%s|%.*s|%s|%.*s|%zu|%zu\\n", a->name, STR_ARG(a->path), a->type, STR_ARG(a->etag),
		       a->bytes.len, a->gzip.len);
		if (argc > 1) fwrite(a->gzip.data, 1, a->gzip.len, stderr);
	}
	(void)argv;
	return 0;
}
"""


class Folder(tempfile.TemporaryDirectory):
    """A folder of files, in which the tool and the compiler run."""

    def __init__(self, **files):
        super().__init__()
        self.path = Path(self.name)
        for name, content in files.items():
            (self.path / name.replace("_", ".")).write_bytes(content)

    def embed(self, *arguments):
        return subprocess.run([sys.executable, TOOL, *arguments], cwd=self.name, capture_output=True, text=True,
                              check=False)

    def run(self, program, *arguments):
        (self.path / "main.c").write_text(program)
        subprocess.run(["cc", "-std=c17", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I.",
                        f"-I{tap.ROOT / 'src'}", "main.c", "out.c", "-o", "main"], cwd=self.name, check=True)
        return subprocess.run(["./main", *arguments], cwd=self.name, capture_output=True, check=True)

    def assets(self, *arguments):
        (self.path / "asset.h").write_text(ASSET_H)
        done = self.embed("assets", "--name", "it", "--header", "asset.h", "--output", "out.c", *arguments)
        assert done.returncode == 0, done.stderr
        rows = self.run(PRINT_ASSETS).stdout.decode().splitlines()
        return {row.split("|")[0]: row.split("|")[1:] for row in rows}


def refused(why, *arguments, **files):
    folder = Folder(**files)
    with folder:
        done = folder.embed("assets", "--name", "it", "--header", "asset.h", "--output", "out.c", *arguments)
        assert done.returncode == 1 and why in done.stderr, done.stderr
        assert not (folder.path / "out.c").exists()


def test_bytes_come_back():
    for data in (EVERY_BYTE, b"", b"x"):
        folder = Folder(in_bin=data)
        with folder:
            folder.embed("text", "--name", "it", "--output", "out.c", "in.bin")
            assert folder.run(PRINT_BYTES).stdout == data


def test_assets_are_described():
    folder = Folder(a_css=b"p { color: red }\n" * 50, b_svg=b"<svg/>", c_css=b"a{}")
    with folder:
        rows = folder.assets("site.css=a.css+c.css", "b.svg")
    assert list(rows) == ["b.svg", "site.css"]
    path, kind, etag, size, packed = rows["site.css"]
    assert kind == "text/css; charset=utf-8" and int(size) == 17 * 50 + 3
    assert path.startswith("/assets/site-") and path.endswith(".css")
    assert etag.startswith('"' + path[len("/assets/site-"):-len(".css")]) and len(etag) == 34
    assert 0 < int(packed) < int(size)
    assert rows["b.svg"][4] == "0", "what does not shrink has no gzip twin"


def test_gzip_is_gzip():
    data = b"p { color: red }\n" * 500
    folder = Folder(a_css=data)
    with folder:
        folder.assets("a.css")
        assert gzip.decompress(folder.run(PRINT_ASSETS, "x").stderr) == data


def test_same_input_same_output():
    folder = Folder(a_css=b"x" * 999, b_svg=b"<svg/>")
    with folder:
        folder.assets("a.css", "b.svg")
        first = (folder.path / "out.c").read_bytes()
        folder.assets("b.svg", "a.css")
        assert (folder.path / "out.c").read_bytes() == first


def test_hash_follows_references():
    paths = []
    for drawing in (b"<svg/>", b"<svg>1</svg>"):
        folder = Folder(a_css=b'p{background:url("b.svg")} q{background:url(data:x)}', b_svg=drawing)
        with folder:
            rows = folder.assets("a.css", "b.svg")
            text = (folder.path / "out.c").read_text()
        assert rows["b.svg"][0][len("/assets/"):] in text.replace('"\n\t"', "")
        paths.append(rows["a.css"][0])
    assert paths[0] != paths[1]


def test_refusals():
    refused("two assets of this name", "a.css", "a.css=b.css", a_css=b"", b_css=b"")
    refused("url(c.svg) is not an asset", "a.css", a_css=b"p{background:url(c.svg)}")
    refused("refers to itself", "a.css", a_css=b"@import url(a.css)")
    refused("no MIME type", "a.exe", a_exe=b"")
    refused("No such file", "a.css")
    refused("an asset's name", "A b.css=a.css", a_css=b"")


tap.run(globals())
