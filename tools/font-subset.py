#!/usr/bin/env python3
"""Make the fonts that Jalon ships from the Overpass files of the npm packages.

    font-subset.py web NODE_MODULES OUT.woff2          variable, weights 400 to 700
    font-subset.py pdf NODE_MODULES WEIGHT OUT.ttf     static, WEIGHT is 400, 600 or 700

Needs fontTools and brotli (Debian: python3-fonttools, python3-brotli). Overpass is under the SIL Open
Font License, without a reserved name: the result may keep the name, and assets/fonts/OFL.txt goes with it.
"""
import io
import os
import sys

try:
    from fontTools import subset
    from fontTools.merge import Merger
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent
    from fontTools.varLib import instancer
except ImportError:
    # Another python3 may stand before Debian's in PATH, without Debian's modules.
    if sys.executable == "/usr/bin/python3" or not os.path.exists("/usr/bin/python3"):
        raise
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])

# What our own French and English need. Client names beyond it fall back to a system font on screen.
WEB = [*range(0x20, 0x7F), *range(0xA0, 0x100), 0x152, 0x153, 0x2013, 0x2014, 0x2018, 0x2019,
       0x201C, 0x201D, 0x2022, 0x2026, 0x202F, 0x20AC, 0x2191, 0x2192, 0x2193, 0x2212]
WEB_FEATURES = ["kern", "tnum", "mark", "ccmp"]
PDF_FEATURES = ["kern", "tnum", "mark", "mkmk", "ccmp", "locl"]

# Overpass puts the middle of a line at the middle of its small letters, so that words sit high beside
# an icon or inside a button. Half way towards the middle of the capitals looks centred.
LINE_MIDDLE = 0.305


def packaged(node_modules, family, name):
    return os.path.join(node_modules, "@fontsource" + family, "overpass", "files", name)


def add_glyph(font, name, codepoint, glyph, advance, bearing):
    font["glyf"][name] = glyph             # appends the name to the order, which all tables share
    font["hmtx"][name] = (advance, bearing)
    if "gvar" in font:
        font["gvar"].variations[name] = []
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[codepoint] = name


def add_missing(font):
    """U+202F, which French sets before ; ! ? and %, and the arrow to the right, are not in Overpass."""
    packed = io.BytesIO()
    font.save(packed)
    font = TTFont(packed)                  # afresh: what is half decoded cannot take new glyphs
    font.ensureDecompiled()
    font["glyf"].glyphOrder = font.getGlyphOrder()
    cmap = font.getBestCmap()
    if "HVAR" in font:
        del font["HVAR"]                   # would not cover what is added; gvar has the same widths
    if 0x202F not in cmap:
        add_glyph(font, "uni202F", 0x202F, Glyph(), font["head"].unitsPerEm * 18 // 100, 0)
    if 0x2192 not in cmap:
        up = font["glyf"][cmap[0x2191]]
        turned = GlyphComponent()          # a quarter turn of the arrow that exists: weight follows
        turned.glyphName = cmap[0x2191]
        turned.transform = [[0, -1], [1, 0]]
        turned.flags = 0x1000              # its own offset is not scaled
        side = (up.xMax - up.xMin) // 4
        middle = (up.xMin + up.xMax) // 2
        turned.x = side - up.yMin
        turned.y = font["OS/2"].sxHeight // 2 + middle
        glyph = Glyph()
        glyph.numberOfContours = -1
        glyph.components = [turned]
        add_glyph(font, "arrowright", 0x2192, glyph, up.yMax - up.yMin + 2 * side, side)
        glyph.recalcBounds(font["glyf"])
    return font


def centre_lines(font):
    em = font["head"].unitsPerEm
    half = (font["hhea"].ascent - font["hhea"].descent) / 2
    up, down = round(half + LINE_MIDDLE * em), round(LINE_MIDDLE * em - half)
    font["hhea"].ascent = font["OS/2"].sTypoAscender = up
    font["hhea"].descent = font["OS/2"].sTypoDescender = down


def reduce(font, unicodes, features):
    options = subset.Options()
    options.layout_features = features
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14, 16, 17]    # 13 and 14: the licence stays inside
    options.name_languages = [0x409]
    options.hinting = False
    options.notdef_outline = True
    options.drop_tables += ["prep", "gasp", "DSIG"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)


def finish(font, unicodes, out):
    missing = set(unicodes) - set(font.getBestCmap())
    if missing:
        sys.exit("not in the font: " + " ".join(f"U+{c:04X}" for c in sorted(missing)))
    font.save(out)


def web(node_modules, out):
    font = TTFont(packaged(node_modules, "-variable", "overpass-latin-wght-normal.woff2"))
    reduce(font, WEB, WEB_FEATURES)
    font = instancer.instantiateVariableFont(font, {"wght": (400, 700)})
    font.flavor = None
    font = add_missing(font)
    centre_lines(font)
    font.flavor = "woff2"
    finish(font, WEB, out)


def pdf(node_modules, weight, out):
    parts = [packaged(node_modules, "", f"overpass-{part}-{weight}-normal.woff2")
             for part in ("latin", "latin-ext")]
    loose = []
    for part in parts:                     # the merger reads files, and does not unpack woff2
        loose.append(f"{out}.{len(loose)}.part")
        font = TTFont(part)
        font.flavor = None
        font.save(loose[-1])
    font = Merger().merge(loose)
    for name in loose:
        os.unlink(name)
    reduce(font, sorted(font.getBestCmap()), PDF_FEATURES)
    finish(add_missing(font), WEB, out)


if __name__ == "__main__":
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")        # the same bytes from one build to the next
    if len(sys.argv) == 4 and sys.argv[1] == "web":
        web(*sys.argv[2:])
    elif len(sys.argv) == 5 and sys.argv[1] == "pdf" and sys.argv[3] in ("400", "600", "700"):
        pdf(*sys.argv[2:])
    else:
        sys.exit(__doc__)
