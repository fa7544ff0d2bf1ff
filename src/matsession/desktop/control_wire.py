"""How an order and its answer are written: one line of JSON each, with a version. Knows no Qt.

    {"matsession": 1, "order": "start", "preset": "lower_back", "length_s": 600}
    {"matsession": 1, "done": true, "sentence": "...", "session": {"state": "running", ...}}

Whatever is not exactly such a line is refused: unknown keys, other types, numbers out of range.
"""

import json
from typing import Any, Final

from matsession.domain.order import (
    EXTEND_MAX_S,
    PREPARATION_MAX_S,
    Answer,
    Order,
    SessionStatus,
    StartWish,
    Verb,
)

VERSION: Final = 1
LINE_BYTES_MAX: Final = 65_536
"""A line that has not ended by then is none of ours."""
TIME_LIMIT_S: Final = 1.0
"""Within this an order has arrived, and has been answered."""

_TEXT_MAX: Final = 200
_START: Final = ("preset", "length_s", "preparation_s", "before", "open_end", "anyway", "activation")
_KEYS: Final = {Verb.START: _START, Verb.SHOW: ("activation",), Verb.EXTEND: ("by_s",)}


class WireError(ValueError):
    """A line that is no order or no answer; the text says what is wrong."""


def write_order(order: Order) -> bytes:
    """The line for an order."""
    values: dict[str, Any] = {"matsession": VERSION, "order": str(order.verb)}
    if order.verb is Verb.START:
        wish = order.start
        values |= {
            "preset": wish.preset_id,
            "length_s": wish.total_s,
            "preparation_s": wish.preparation_s,
            "before": wish.rating_before,
            "open_end": wish.open_ended,
        }
        if wish.anyway:  # an older program that runs knows no such key, and needs none
            values["anyway"] = True
    if order.verb is Verb.EXTEND:
        values["by_s"] = order.by_s
    if order.verb in (Verb.START, Verb.SHOW):
        values["activation"] = order.activation
    return _line(values)


def read_order(line: bytes) -> Order:
    """The order in a line. Raises WireError."""
    # Whoever only asks does not wait for these.
    from matsession.domain.guidance import RATING_MAX, RATING_MIN
    from matsession.domain.preset import LONGEST_S

    values = _read(line)
    try:
        verb = Verb(values.pop("order", None))
    except ValueError as error:
        raise WireError("no such order") from error
    unknown = set(values) - set(_KEYS.get(verb, ()))
    if unknown:
        raise WireError(f"{verb} knows no {sorted(unknown)[0][:40]!r}")
    return Order(
        verb,
        StartWish(
            _text(values, "preset"),
            _whole(values, "length_s", 1, LONGEST_S),
            _whole(values, "preparation_s", 0, PREPARATION_MAX_S),
            _whole(values, "before", RATING_MIN, RATING_MAX),
            _truth(values, "open_end"),
            _truth(values, "anyway"),
        ),
        _whole(values, "by_s", 1, EXTEND_MAX_S) or 60,
        _token(values, "activation"),
    )


def write_answer(answer: Answer) -> bytes:
    """The line for an answer."""
    session = answer.status._asdict()
    return _line(
        {"matsession": VERSION, "done": answer.done, "sentence": answer.sentence, "session": session}
    )


def read_answer(line: bytes) -> Answer:
    """The answer in a line. Raises WireError. What a later version adds to the session is left out."""
    values = _read(line)
    match values:
        case {"done": bool(done), "sentence": str(sentence), "session": dict(session)}:
            known = {key: session[key] for key in SessionStatus._fields if key in session}
            return Answer(done, sentence, SessionStatus(**known))
        case _:
            raise WireError("no answer")


def _line(values: dict[str, Any]) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode() + b"\n"


def _read(line: bytes) -> dict[str, Any]:
    if len(line) > LINE_BYTES_MAX:
        raise WireError(f"longer than {LINE_BYTES_MAX} bytes")
    try:
        values = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError("no JSON") from error
    if not isinstance(values, dict):
        raise WireError("no JSON object")
    version = values.pop("matsession", None)
    if type(version) is not int or version != VERSION:
        raise WireError(f"not version {VERSION}")
    return values


def _text(values: dict[str, Any], key: str) -> str | None:
    value = values.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or len(value) > _TEXT_MAX or "\0" in value:
        raise WireError(f"{key} is no text of at most {_TEXT_MAX} characters")
    try:
        value.encode()
    except UnicodeEncodeError as error:  # JSON can write half a character
        raise WireError(f"{key} is no text that can be written") from error
    return value


def _token(values: dict[str, Any], key: str) -> str:
    """A text that goes into the environment of the program."""
    value = _text(values, key) or ""
    if not value.isprintable():
        raise WireError(f"{key} has signs that cannot be printed")
    return value


def _whole(values: dict[str, Any], key: str, least: int, most: int) -> int | None:
    value = values.get(key)
    if value is None:
        return None
    if type(value) is not int or not least <= value <= most:
        raise WireError(f"{key} is no whole number from {least} to {most}")
    return value


def _truth(values: dict[str, Any], key: str) -> bool:
    value = values.get(key)
    if not isinstance(value, bool | None):
        raise WireError(f"{key} is neither true nor false")
    return bool(value)
