"""The outlines of the body map are what the drawing shows."""

import importlib.util
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

SCRIPT = Path(__file__).resolve().parent.parent / "tools" / "make_body_outlines.py"

numbers = st.floats(-100, 100).map(lambda number: round(number, 1))


def load() -> ModuleType:
    """The script as a module."""
    spec = importlib.util.spec_from_file_location("make_body_outlines", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = load()


def test_the_script_makes_the_outlines() -> None:
    """Its check passes on the module that is there."""
    done = subprocess.run([sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def distance(point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]) -> float:
    """From a point to the nearest of a hundred points of a line."""
    shares = [number / 100 for number in range(101)]
    on_line = [[a + (b - a) * share for a, b in zip(start, end, strict=True)] for share in shares]
    return float(min(((x - point[0]) ** 2 + (y - point[1]) ** 2) ** 0.5 for x, y in on_line))


@given(st.lists(st.tuples(numbers, numbers), min_size=1, max_size=12))
def test_no_point_is_far_from_the_simpler_line(points: list[tuple[float, float]]) -> None:
    """What is left out lies beside what replaces it; both ends stay."""
    simpler = script.simpler(points)
    assert (simpler[0], simpler[-1]) == (points[0], points[-1])
    assert set(simpler) <= set(points)
    pieces = list(pairwise(simpler)) or [(simpler[0], simpler[0])]
    for point in set(points) - set(simpler):
        longest = max(distance(a, b, b) for a, b in pieces)
        assert min(distance(point, *piece) for piece in pieces) <= script.TOLERANCE + longest / 100


def test_a_straight_line_is_two_points() -> None:
    """That is what all of it is for."""
    assert script.simpler([(0, 0), (1, 0.1), (2, -0.1), (3, 0)]) == [(0, 0), (3, 0)]
    assert script.simpler([(0, 0), (1, 0.2), (3, 0)]) == [(0, 0), (1, 0.2), (3, 0)]


def test_another_command_is_refused() -> None:
    """A drawing with arcs or relative lines would be read wrongly, so it is not read at all."""
    with pytest.raises(ValueError, match="front-arm: only absolute M, L, C and Z"):
        script.read_paths('<path id="front-arm" class="body" d="M0 1l3 4Z"/>')


def test_curves_become_lines() -> None:
    """They begin and end where the curve does."""
    [line] = script.read_paths('<path id="a-detail" d="M0 0C0 10 10 10 10 0"/>')["a-detail"]
    assert (line[0], line[-1]) == ((0, 0), (10, 0))
    assert max(y for _, y in line) == pytest.approx(7.5)
