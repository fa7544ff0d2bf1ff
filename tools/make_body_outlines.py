"""Make the outlines of the body map: ``python tools/make_body_outlines.py``; ``--check`` only compares.

The drawing is ``tools/body-map.svg`` beside this file: absolute M, L, C and Z, figures 480 units high, x = 0
on the centre line of each. What the program reads is a Python module of plain numbers, because reading the
drawing at each start would cost more than painting it. Points that lie on a line with their neighbours are
left out, and curves become lines.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWING = Path(__file__).with_name("body-map.svg")
MODULE = ROOT / "src" / "matsession" / "ui" / "widgets" / "body_outlines.py"

TOLERANCE = 0.12
"""How far, in units, a point may lie beside the line that replaces it: a quarter of a pixel at most."""
CURVE_LINES = 8
"""Lines that a curve becomes."""
WIDTH = 108

Point = tuple[float, float]

HEAD = '''"""The outlines of the body map, made by ``tools/make_body_outlines.py``: change nothing here.

Coordinates are x and y in turn, in tenths of a unit; a figure is 480 units high, x = 0 is its centre line.
A bar parts what is drawn apart. What ends in "detail" is lines, all else is filled.
"""

from typing import Final

'''

_PATH = re.compile(r'<path id="([^"]+)"[^>]* d="([^"]+)"')
_PART = re.compile(r"([MLCZ])([^MLCZ]*)")


def read_paths(drawing: str) -> dict[str, list[list[Point]]]:
    """Every path of the drawing by its id, as polygons or lines. Raises ValueError for another command."""
    found = {}
    for name, commands in _PATH.findall(drawing):
        if re.sub(r"[MLCZ\d\s.,-]", "", commands):
            raise ValueError(f"{name}: only absolute M, L, C and Z are known")
        found[name] = _lines(commands)
    return found


def _lines(commands: str) -> list[list[Point]]:
    lines: list[list[Point]] = []
    for command, rest in _PART.findall(commands):
        numbers = [float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", rest)]
        points = list(zip(numbers[0::2], numbers[1::2], strict=True))
        if command == "M":
            lines.append(points)
        elif command == "L":
            lines[-1] += points
        elif command == "C":
            lines[-1] += _curve(lines[-1][-1], *points)
    return lines


def _curve(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    def at(share: float, axis: int) -> float:
        rest = 1 - share
        return (
            rest**3 * start[axis]
            + 3 * rest**2 * share * first[axis]
            + 3 * rest * share**2 * second[axis]
            + share**3 * end[axis]
        )

    shares = [number / CURVE_LINES for number in range(1, CURVE_LINES + 1)]
    return [(at(share, 0), at(share, 1)) for share in shares]


def simpler(points: Sequence[Point]) -> list[Point]:
    """Leave out what lies within the tolerance of the line between its neighbours (Douglas and Peucker)."""
    if len(points) < 3:
        return list(points)
    (x0, y0), (x1, y1) = points[0], points[-1]
    dx, dy = x1 - x0, y1 - y0

    def beside(point: Point) -> float:
        x, y = point[0] - x0, point[1] - y0
        square = dx * dx + dy * dy
        share = max(0.0, min(1.0, (x * dx + y * dy) / square)) if square else 0.0
        return float(((x - share * dx) ** 2 + (y - share * dy) ** 2) ** 0.5)

    furthest = max(range(1, len(points) - 1), key=lambda number: beside(points[number]))
    if beside(points[furthest]) <= TOLERANCE:
        return [points[0], points[-1]]
    return simpler(points[: furthest + 1])[:-1] + simpler(points[furthest:])


def module(paths: dict[str, list[list[Point]]]) -> str:
    """The module's text. What is the same on both figures is written once."""
    text, known = [HEAD], dict[str, str]()
    entries = []
    for name, lines in paths.items():
        numbers = " | ".join(
            " ".join(str(round(10 * value)) for point in _whole(name, line) for value in point)
            for line in lines
        )
        if numbers not in known:
            known[numbers] = "_" + name.replace("-", "_").upper()
            text.append(f"{known[numbers]} = (\n{_wrapped(numbers)}\n)\n")
        entries.append(f'    "{name}": {known[numbers]},\n')
    text.append(f"\nOUTLINES: Final = {{\n{''.join(entries)}}}\n")
    text.append('"""By the names of the drawing."""\n')
    return "".join(text)


def _whole(name: str, line: Sequence[Point]) -> Iterable[Point]:
    found = simpler(line)
    # A polygon closes by itself.
    return found[:-1] if not name.endswith("detail") and found[0] == found[-1] else found


def _wrapped(numbers: str) -> str:
    rows, row = [], ""
    for word in numbers.split(" "):
        if len(row) + len(word) + 8 > WIDTH:
            rows.append(row)
            row = ""
        row += f"{word} "
    rows.append(row.rstrip())
    return "\n".join(f'    "{row}"' for row in rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the module, or tell whether it is the one this drawing gives."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only")
    given = parser.parse_args(arguments)
    paths = read_paths(DRAWING.read_text(encoding="utf-8"))
    made = module(paths)
    if given.check:
        same = MODULE.exists() and MODULE.read_text(encoding="utf-8") == made
        print(f"{MODULE.name} is {'what' if same else 'NOT what'} the drawing gives")
        return 0 if same else 1
    MODULE.write_text(made, encoding="utf-8")
    before = sum(len(line) for lines in paths.values() for line in lines)
    after = sum(len(simpler(line)) for lines in paths.values() for line in lines)
    print(f"{before} points became {after} in {len(made)} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
