#!/usr/bin/env python3
"""embed_bytes.py NAME FILE OUTPUT: writes FILE into C as `const struct str NAME`."""
import sys
from pathlib import Path

PER_LINE = 20


def c_source(name: str, data: bytes) -> str:
    rows = (data[i:i + PER_LINE] for i in range(0, len(data), PER_LINE))
    body = "".join("\t" + ",".join(map(str, row)) + ",\n" for row in rows)
    return (
        '#include "base/str.h"\n\n'
        f"extern const struct str {name};\n\n"
        f"static const unsigned char bytes[] = {{\n{body}}};\n\n"
        f"const struct str {name} = {{ (const char *)bytes, sizeof bytes }};\n"
    )


def main() -> None:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    name, source, output = sys.argv[1:]
    Path(output).write_text(c_source(name, Path(source).read_bytes()), encoding="ascii")


if __name__ == "__main__":
    main()
