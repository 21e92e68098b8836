#!/usr/bin/env python3
"""Files to one C source, so that the program needs nothing beside itself.

    embed.py text --name NAME [--header HEADER] --output OUT.c FILE
        `const struct str NAME`: the bytes of FILE. Without HEADER the source declares it itself.

    embed.py assets --name NAME --header HEADER --output OUT.c ASSET...
        `const struct asset NAME[]` (http/server.h), ending with an empty path. An ASSET is
            FILE                   called by its base name
            NAME=FILE[+FILE...]    called NAME; the files follow one another

HEADER, as included ("pack/builtin_priv.h"), declares NAME. In Meson, for the assets:

    assets_c = custom_target('assets',
      input: asset_files, output: 'assets.c', depend_files: tools / 'embed.py',
      command: [python, tools / 'embed.py', 'assets', '--name', 'jalon_assets',
                '--header', 'cli/assets.h', '--output', '@OUTPUT@',
                'jalon.css=' + '+'.join(css_paths), icon_paths])

where cli/assets.h says `extern const struct asset jalon_assets[];`. `--list FILE` also writes the
assets' names, one per line, for checks.

An asset's path carries a hash of what is served, so that browsers may keep it for ever. In CSS,
url("name") with the name of another asset becomes that asset's path; a name that is not among
the assets ends the run, and so do two assets of one name. Text that compresses gets a gzip twin, always
the same bytes for the same file: no time, no name.

Bytes are written as string literals, which compilers read some ten times faster than lists of
numbers.
"""

import argparse
import hashlib
import re
import sys
import zlib
from pathlib import Path

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mo": "application/octet-stream",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".yaml": "application/yaml",
}
PREFIX = "/assets/"
LITERAL_BYTES = 96  # of input, per line of output
CSS_URL = re.compile(rb"""url\(\s*(["']?)([^"')]+)\1\s*\)""")


class EmbedError(Exception):
    """What is wrong with what was asked, in a sentence."""


# How each byte is written: "?" is escaped because of trigraphs; octal escapes always have three digits, so
# that a digit may follow.
ESCAPES = [
    chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in range(256)
]


def c_literal(data):
    """`data` as adjacent C string literals."""
    lines = []
    for start in range(0, len(data), LITERAL_BYTES):
        part = data[start:start + LITERAL_BYTES]
        lines.append('\t"' + "".join(map(ESCAPES.__getitem__, part)) + '"')
    return "\n".join(lines) or '\t""'


def c_str(data):
    """`data` as the initialiser of a struct str."""
    return f"{{\n{c_literal(data)},\n\t{len(data)} }}"


def gzip(data):
    """`data` in gzip's format (RFC 1952) with nothing in it that changes from run to run."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    body = packer.compress(data) + packer.flush()
    header = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"
    trailer = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return header + body + trailer


def read_asset(argument):
    """(name, bytes) of one command-line ASSET."""
    name, has_name, files = argument.partition("=")
    paths = [Path(p) for p in (files if has_name else name).split("+")]
    if not has_name:
        name = paths[0].name
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]*", name):
        raise EmbedError(f"{name}: an asset's name is of a-z, 0-9, '.' and '-'")
    if Path(name).suffix not in TYPES:
        raise EmbedError(f"{name}: no MIME type is known for '{Path(name).suffix}'")
    return name, b"".join(path.read_bytes() for path in paths)


class Assets:
    """Assets by name, with the references between them followed."""

    def __init__(self, sources):
        self.sources = {}
        for name, data in sources:
            if name in self.sources:
                raise EmbedError(f"{name}: two assets of this name")
            self.sources[name] = data
        self.served = {}
        self.under_way = []

    def bytes_of(self, name):
        """What is served for `name`: the file, with its references replaced."""
        if name not in self.served:
            if name in self.under_way:
                raise EmbedError(f"{name}: refers to itself, through {self.under_way}")
            self.under_way.append(name)
            data = self.sources[name]
            self.served[name] = self.follow(name, data) if name.endswith(".css") else data
            self.under_way.pop()
        return self.served[name]

    def follow(self, name, css):
        """`css` with url("x") replaced by the path of asset x."""
        def replace(match):
            target = match[2].decode()
            if target.startswith(("data:", "#")):
                return match[0]
            if target not in self.sources:
                raise EmbedError(f"{name}: url({target}) is not an asset")
            return f'url("{self.path_of(target)}")'.encode()
        return CSS_URL.sub(replace, css)

    def path_of(self, name):
        """The path of `name` below PREFIX, which is also how its neighbours refer to it."""
        stem, dot, suffix = name.rpartition(".")
        return f"{stem}-{self.hash_of(name)[:8]}{dot}{suffix}"

    def hash_of(self, name):
        return hashlib.sha256(self.bytes_of(name)).hexdigest()


def asset_entry(assets, name):
    data = assets.bytes_of(name)
    packed = gzip(data)
    if len(packed) >= len(data):
        packed = b""
    fields = [
        ("path", c_str((PREFIX + assets.path_of(name)).encode())),
        ("name", f'"{name}"'),
        ("type", f'"{TYPES[Path(name).suffix]}"'),
        ("bytes", c_str(data)),
        ("gzip", c_str(packed)),
        ("etag", c_str(f'"{assets.hash_of(name)[:32]}"'.encode())),
    ]
    return "\t{ " + "\n\t  ".join(f".{key} = {value}," for key, value in fields) + " },\n"


def source(head, definition):
    return f"""/* Made by tools/embed.py. */
{head}

/* A literal longer than the standard promises; every compiler we build with takes it. */
#pragma GCC diagnostic ignored "-Woverlength-strings"

{definition}"""


def embed_text(args):
    data = Path(args.files[0]).read_bytes()
    head = f'#include "{args.header}"' if args.header else \
        f'#include "base/str.h"\n\nextern const struct str {args.name};'
    return source(head, f"const struct str {args.name} = {c_str(data)};\n")


def embed_assets(args):
    assets = Assets(read_asset(argument) for argument in args.files)
    names = sorted(assets.sources)
    if args.list:
        Path(args.list).write_text("".join(name + "\n" for name in names))
    entries = "".join(asset_entry(assets, name) for name in names)
    end = "\t{ .path = { NULL, 0 } },\n"
    return source(f'#include "{args.header}"', f"const struct asset {args.name}[] = {{\n{entries}{end}}};\n")


def main():
    parser = argparse.ArgumentParser(description="Files to one C source.")
    parser.add_argument("what", choices=["text", "assets"])
    parser.add_argument("--name", required=True)
    parser.add_argument("--header")
    parser.add_argument("--output", required=True)
    parser.add_argument("--list")
    parser.add_argument("files", nargs="+")
    args = parser.parse_args()
    if args.what == "text" and len(args.files) != 1:
        parser.error("text takes one file")
    if args.what == "assets" and not args.header:
        parser.error("assets needs --header")
    try:
        text = embed_text(args) if args.what == "text" else embed_assets(args)
    except (EmbedError, OSError) as error:
        sys.exit(f"embed.py: {error}")
    Path(args.output).write_text(text)


if __name__ == "__main__":
    main()
