#!/usr/bin/env python3
"""Draw the contour lines of an imaginary hillside: contours.py OUT.svg

The background of the welcome page. The terrain is a sum of round hills, cut at even heights by
marching squares; each line is then thinned and drawn with quadratic curves. Same output every time.
"""
import math
import sys

WIDTH, HEIGHT, STEP, EVERY = 1200, 760, 20, 4    # page units, grid step, points kept: one in EVERY
HILLS = [  # x, y, radius, height: the middle stays low, so that few lines pass behind the card
    (150, 130, 210, 96), (1080, 610, 260, 118), (980, 60, 190, 70), (240, 690, 230, 84),
    (560, 360, 330, -46), (1230, 260, 170, 52), (-40, 420, 160, 48), (680, 800, 190, 60),
]
LEVELS = range(-36, 128, 12)


def height(x, y):
    slope = 0.02 * x - 0.012 * y
    return slope + sum(h * math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / (2 * (r * 0.62) ** 2))
                       for cx, cy, r, h in HILLS)


def crossings(level):
    """The segments of one level: pairs of points, each on a grid edge (so that ends match exactly)."""
    def cut(a, b):
        (xa, ya), (xb, yb) = a, b
        t = (level - grid[a]) / (grid[b] - grid[a])
        return (round(xa + t * (xb - xa), 1), round(ya + t * (yb - ya), 1))
    for x in range(-STEP, WIDTH + STEP, STEP):
        for y in range(-STEP, HEIGHT + STEP, STEP):
            ring = [(x, y), (x + STEP, y), (x + STEP, y + STEP), (x, y + STEP)]
            ends = [cut(a, b) for a, b in zip(ring, ring[1:] + ring[:1])
                    if (grid[a] < level) != (grid[b] < level)]
            yield from zip(ends[::2], ends[1::2])


def chains(segments):
    """Join segments end to end into lines."""
    at = {}
    for a, b in segments:
        at.setdefault(a, []).append(b)
        at.setdefault(b, []).append(a)
    starts = [p for p in at if len(at[p]) == 1] + list(at)
    for start in starts:
        line = [start]
        while at.get(line[-1]):
            here, there = line[-1], at[line[-1]].pop()
            at[there].remove(here)
            line.append(there)
        if len(line) > 2 * EVERY:
            yield line


def path(line):
    """Kept points steer the curves, their midpoints are on it: smooth, and short to write."""
    closed = line[0] == line[-1]
    kept = line[:-1:EVERY] if closed else line[::EVERY]
    if closed:
        kept += kept[:2]                   # the last curve runs into the first
    elif kept[-1] != line[-1]:
        kept.append(line[-1])
    mid = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in zip(kept, kept[1:])]
    curves = "".join("Q%d %d %d %d" % (*p, *m) for p, m in zip(kept[1:-1], mid[1:]))
    if closed:
        return "M%d %d" % mid[0] + curves + "Z"
    return "M%d %dL%d %d" % (*kept[0], *mid[0]) + curves + "L%d %d" % kept[-1]


grid = {(x, y): height(x, y) + 1e-6 for x in range(-STEP, WIDTH + 2 * STEP, STEP)
        for y in range(-STEP, HEIGHT + 2 * STEP, STEP)}
thin, thick = [], []
for n, level in enumerate(LEVELS):
    (thick if n % 5 == 2 else thin).extend(path(line) for line in chains(crossings(level)))
with open(sys.argv[1], "w", encoding="utf-8") as target:
    target.write(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" '
                 f'height="{HEIGHT}" preserveAspectRatio="xMidYMid slice"><g fill="none" stroke="#5f8f8c">'
                 f'<path stroke-opacity=".3" d="{"".join(thin)}"/>'
                 f'<path stroke-opacity=".5" stroke-width="1.5" d="{"".join(thick)}"/></g></svg>\n')
