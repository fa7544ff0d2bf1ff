"""Orders and answers as lines: what is written can be read, and nothing else is taken for one."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.desktop.control_wire import (
    LINE_BYTES_MAX,
    WireError,
    read_answer,
    read_order,
    write_answer,
    write_order,
)
from matsession.domain.order import Answer, Order, SessionStatus, StartWish, Verb

TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=200)
TOKENS = TEXTS.filter(str.isprintable)
WISHES = st.builds(
    StartWish,
    st.none() | TEXTS,
    st.none() | st.integers(1, 2400),
    st.none() | st.integers(0, 300),
    st.none() | st.integers(0, 10),
    st.booleans(),
)


@given(WISHES, TOKENS)
def test_a_start_arrives_as_it_was_sent(wish: StartWish, activation: str) -> None:
    """Every field of it."""
    order = Order(Verb.START, wish, activation=activation)
    line = write_order(order)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read_order(line) == order


@pytest.mark.parametrize("verb", [verb for verb in Verb if verb is not Verb.START])
def test_every_other_order_arrives(verb: Verb) -> None:
    """With its length where it has one."""
    order = Order(verb, by_s=300 if verb is Verb.EXTEND else 60)
    assert read_order(write_order(order)) == order


def test_an_answer_arrives() -> None:
    """With all that is told of the session."""
    status = SessionStatus("running", "neck", "Neck", "neck", 1.5, None, None, 0.0, "Rest", 2, 5)
    answer = Answer(True, "„Neck“: läuft", status)
    assert read_answer(write_answer(answer)) == answer


def test_an_answer_of_a_later_version_may_tell_more() -> None:
    """A key that is not known yet is left out."""
    values = json.loads(write_answer(Answer(True, "so")))
    values["session"]["mood"] = "calm"
    assert read_answer(json.dumps(values).encode()) == Answer(True, "so")


GOOD = {"matsession": 1, "order": "start", "preset": "neck", "length_s": 360}


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"matsession": 2}, "not version 1"),
        ({"matsession": True}, "not version 1"),
        ({"order": "delete"}, "no such order"),
        ({"order": ["stop"]}, "no such order"),
        ({"order": None}, "no such order"),
        ({"preset": "\ud800"}, "preset is no text that can be written"),
        ({"activation": "\ud800"}, "activation is no text that can be written"),
        ({"activation": "a\nb"}, "activation has signs that cannot be printed"),
        ({"shell": "rm"}, "start knows no 'shell'"),
        ({"length_s": "360"}, "length_s is no whole number"),
        ({"length_s": 0}, "length_s is no whole number"),
        ({"length_s": 1e3}, "length_s is no whole number"),
        ({"length_s": True}, "length_s is no whole number"),
        ({"length_s": 10**400}, "length_s is no whole number"),
        ({"preparation_s": 301}, "preparation_s is no whole number from 0 to 300"),
        ({"before": -1}, "before is no whole number from 0 to 10"),
        ({"open_end": "yes"}, "open_end is neither true nor false"),
        ({"preset": 7}, "preset is no text"),
        ({"preset": "x" * 201}, "preset is no text"),
        ({"preset": "a\0b"}, "preset is no text"),
        ({"activation": {}}, "activation is no text"),
    ],
)
def test_a_field_that_is_wrong_is_named(change: dict[str, object], wrong: str) -> None:
    """And what is allowed."""
    with pytest.raises(WireError, match=wrong):
        read_order(json.dumps({**GOOD, **change}).encode())


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"stop\n",
        b"[]",
        b'"stop"',
        b"null",
        b"{" * 5000,
        b"[" * 60_000,
        b'{"matsession": 1, "order": "stop"',
        b"\xff\xfe\x00",
        b"1" * 30_000,
        b'{"matsession": 1, "order": "stop", "by_s": 5}',
        b" " * LINE_BYTES_MAX + b'{"matsession": 1, "order": "stop"}',
    ],
)
def test_what_is_no_order_is_refused(line: bytes) -> None:
    """By an error of its own, whatever the reader of JSON makes of it."""
    with pytest.raises(WireError):
        read_order(line)


def random_lines(count: int, seed: int = 6) -> list[bytes]:
    """Bytes by chance, JSON by chance, and orders with bytes changed; none of them a whole order."""
    chance = random.Random(seed)
    lines: list[bytes] = []
    while len(lines) < count:
        kind = chance.randrange(3)
        if kind == 0:
            line = chance.randbytes(chance.randrange(200))
        elif kind == 1:
            keys = ["matsession", "order", "preset", "length_s", "by_s", "a", ""]
            values: list[object] = [1, 2, None, "stop", "start", [], {}, -1, 1e9, True, "\0"]
            line = json.dumps(
                {chance.choice(keys): chance.choice(values) for _ in range(chance.randrange(5))}
            ).encode()
        else:
            whole = bytearray(write_order(Order(chance.choice(list(Verb)))))
            for _ in range(chance.randrange(1, 6)):
                whole[chance.randrange(len(whole))] = chance.randrange(256)
            line = bytes(whole)
        line = line.replace(b"\n", b" ")
        try:
            read_order(line)
        except WireError:
            lines.append(line)
    return lines


def test_ten_thousand_random_lines_are_no_orders() -> None:
    """And raise nothing but the one error."""
    assert len(random_lines(10_000)) == 10_000
