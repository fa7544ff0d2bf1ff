"""No word of the program promises anything of the body: neither in its code nor in its files."""

import ast
import re
import tomllib
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import pytest

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ROOT / "src"
RESOURCES: Final = ROOT / "resources"

PROMISES: Final = re.compile(
    r"""\b(
        cur(e|es|ed|ing|ative) | heal(s|ed|ing|er|ers)? | treat(s|ed|ing|able|ments?)?
        | reliev[a-z]* | relief | alleviat[a-z]* | reduc[a-z]* | eliminat[a-z]* | prevent[a-z]*
        | prov(e|es|ed|en|ing) | guarant[a-z]* | scientific[a-z]* | clinically
        | detox[a-z]* | cleans(e|es|ed|ing) | boost[a-z]* | improv[a-z]* | rejuvenat[a-z]* | sooth[a-z]*
        | remed[a-z]* | therap[a-z]* | effective[a-z]* | miracle[a-z]* | pain[ -]?(free|killer)[a-z]*
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What sellers say, in all forms. "Proof" is not among them: the proof of ring is a fact about chimes."""

QUOTATIONS: Final = frozenset({"quote", "quotes", "vendor_claim"})
"""Fields with the words of others, shown in quotation marks and marked as theirs."""

ADDRESSES: Final = frozenset({"url"})

NEUTRAL: Final[Mapping[str, str]] = {
    "Reduce motion": "the name of a setting: fewer things move on the screen",
    "has healed": "broken skin that is waited for; no mat is said to do it",
    "conventional treatment": "what acupuncture was compared with",
    "clinically important change": "a term of measuring: how much of a change counts",
}
"""Exact words that promise nothing, each with the reason."""


TYPED: Final = frozenset({"healed"})
"""What a person types after "tell", of their own skin: an answer, and no word of the program about a mat."""


class Said(NamedTuple):
    """A text of the program, and where it stands."""

    place: str
    text: str


# -- where texts stand ---------------------------------------------------------------------------------


def in_code(path: Path) -> Iterator[Said]:
    """Every string of a module that is no docstring; the parts of an f-string too."""
    tree = ast.parse(path.read_text("utf-8"))
    docstrings = {id(each) for each in _docstrings(tree)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield Said(f"{path.relative_to(ROOT).as_posix()}:{node.lineno}", node.value)


def _docstrings(tree: ast.Module) -> Iterator[ast.Constant]:
    """Strings that stand by themselves: what explains a module, a class, a function or a name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def in_toml(path: Path) -> Iterator[Said]:
    """Every text of a file but the words of others and addresses."""
    yield from _in_values(tomllib.loads(path.read_text("utf-8")), path.relative_to(ROOT).as_posix())


def _in_values(values: object, place: str) -> Iterator[Said]:
    if isinstance(values, str):
        yield Said(place, values)
    elif isinstance(values, dict):
        for key, value in values.items():
            if key not in QUOTATIONS | ADDRESSES:
                yield from _in_values(value, f"{place}, {key}")
    elif isinstance(values, list):
        for number, value in enumerate(values, start=1):
            yield from _in_values(value, f"{place} {number}")


def in_xml(path: Path) -> Iterator[Said]:
    """What the metainfo tells a shop of programs."""
    for element in ElementTree.parse(path).iter():
        if (element.text or "").strip():
            yield Said(
                f"{path.relative_to(ROOT).as_posix()}, {element.tag}", " ".join((element.text or "").split())
            )


def everything_said() -> Iterator[Said]:
    """All texts of the program and of its resources."""
    for path in sorted(SOURCE.rglob("*.py")):
        yield from in_code(path)
    for path in sorted(RESOURCES.rglob("*.toml")):
        yield from in_toml(path)
    for path in sorted(RESOURCES.rglob("*.xml")):
        yield from in_xml(path)
    for path in sorted(RESOURCES.rglob("*.desktop")):
        yield Said(path.relative_to(ROOT).as_posix(), path.read_text("utf-8"))


# -- the rule ------------------------------------------------------------------------------------------


def promises(text: str) -> list[str]:
    """The promise words in it, once what is neutral is taken out."""
    if text in TYPED:
        return []
    for typed in TYPED:
        text = re.sub(rf"\btell {typed}\b", " ", text)
    for neutral in sorted(NEUTRAL, key=len, reverse=True):
        text = text.replace(neutral, " ")
    return [found[0] for found in PROMISES.finditer(text)]


def test_nothing_is_promised() -> None:
    """Each finding names its place: say it plainly, or mark it as the words of others."""
    found = [
        f"{said.place}: {word!r} in {said.text[:90]!r}"
        for said in everything_said()
        for word in promises(said.text)
    ]
    assert found == []


def test_every_exception_is_needed() -> None:
    """What nobody says any more is no exception any more; and none of them is as short as a promise."""
    texts = "\n".join(said.text for said in everything_said())
    assert [neutral for neutral in NEUTRAL if neutral not in texts] == []
    assert [neutral for neutral in NEUTRAL if PROMISES.fullmatch(neutral)] == []
    assert [
        neutral for neutral, reason in NEUTRAL.items() if not PROMISES.search(neutral) or not reason
    ] == []


def test_the_walk_sees_everything(tmp_path: Path) -> None:
    """Strings, parts of f-strings and texts of files are read; docstrings and quotations are not."""
    texts = [said.text for said in everything_said()]
    assert "Back pain that needs medical help" in texts
    assert "Stop signs (F1)" in texts
    assert any("acupressure mat" in text.lower() for text in texts)
    assert "Spending just 10 minutes a day laying on this mat reduces back pain." not in texts
    assert not any(__doc__ in text for text in texts)
    assert sum(1 for _ in everything_said()) > 5000


@pytest.mark.parametrize(
    "text",
    [
        "It heals your back.",
        "Proven relief!",
        "A treatment for pain",
        "Boosts energy, reduces stress",
        "Detoxify",
        "pain-free in a week",
        "GUARANTEED",
        "therapeutic effects",
    ],
)
def test_a_promise_is_found(text: str) -> None:
    """In whatever form."""
    assert promises(text)


def test_an_answer_is_no_promise() -> None:
    """By itself, and after "tell"; in a sentence it is one."""
    assert not promises("healed")
    assert not promises("It waits until you tell healed.")
    assert promises("Many were healed.")


@pytest.mark.parametrize("text", ["your health", "provide", "secure", "a proof of ring", "curious", "treaty"])
def test_other_words_are_none(text: str) -> None:
    """That only look like it."""
    assert not promises(text)
