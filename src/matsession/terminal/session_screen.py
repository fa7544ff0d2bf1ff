"""What the terminal shows of a session at one moment: from a SessionView to lines. Pure."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len

from matsession.app import texts
from matsession.app.event_words import slept
from matsession.app.evidence_words import stop_title
from matsession.app.texts import tr
from matsession.domain.events import PauseReason
from matsession.domain.session import Phase, SessionView
from matsession.terminal.device import Line, Look, Part, Size
from matsession.terminal.session_lines import title

_MARGIN: Final = 2
_WIDEST: Final = 76
"""Longer lines are hard to read, the more so from the floor."""


class _Block(NamedTuple):
    """Lines that stay or go together; where room is short, the highest rank goes first."""

    rank: int
    lines: list[Line]


_NEEDED: Final = 0
_BLANK: Final = 9


def session_screen(
    view: SessionView,
    size: Size,
    *,
    notices: Sequence[str] = (),
    keys_told: bool = False,
    stop_signs_told: bool = False,
    rich_signs: bool = True,
) -> list[Line]:
    """The whole picture, never larger than ``size``.

    ``notices`` are sentences about what is wrong (no sound, no history). ``keys_told``: the keys are
    explained one by one. ``stop_signs_told``: when to get off the mat, for which all else gives way but the
    time. Without ``rich_signs`` everything that we add is ASCII.
    """
    width = max(1, min(size.width - 1 - _MARGIN, _WIDEST))
    blocks = _preparation(view, width) if view.in_preparation else _session(view, width, rich_signs)
    if stop_signs_told:
        blocks += [_blank(), _Block(_NEEDED, _stop_signs(view, width))]
    if view.phase is Phase.PAUSED:
        blocks += [_blank(), _Block(_NEEDED, _wrapped(pause_sentence(view), width, Look.STRONG))]
    for notice in notices:
        blocks += [_blank(), _Block(4, _wrapped(notice, width, Look.LIVELY))]
    # Whoever asks for the keys wants to see them before all else; where they do not fit, the short line.
    told = _Block(1, _keys(view, width, told=True))
    fitted = _fitted([*blocks, _blank(), told], size.height) if keys_told else []
    if told not in fitted:
        fitted = _fitted([*blocks, _blank(), _Block(3, _keys(view, width, told=False))], size.height)
    margin = Part(" " * _MARGIN) if size.width > _WIDEST // 2 else Part("")
    lines = [line for block in fitted for line in block.lines][: size.height]
    return [(margin, *line) if line else line for line in lines]


def pause_sentence(view: SessionView) -> str:
    """Why it stands still, and how it goes on."""
    if view.pause_reason is PauseReason.SLEEP:
        return tr("Paused. {question} {keys}").format(question=slept(view.slept_s), keys=sleep_keys())
    return tr("Paused. Space goes on.")


def sleep_keys() -> str:
    """How to answer whether the time counts that the computer slept; no answer leaves it out."""
    return tr("Space leaves it out and goes on, c counts it, q ends.")


def progress_bar(done: float, width: int, *, rich_signs: bool = True) -> Line:
    """A bar of this width, filled to ``done`` (0.0 to 1.0)."""
    filled = int(min(max(done, 0.0), 1.0) * width)
    if rich_signs:
        return Part("━" * filled, Look.LIVELY), Part("━" * (width - filled), Look.FAINT)
    return Part("#" * filled, Look.LIVELY), Part("-" * (width - filled), Look.FAINT)


def wrapped_lines(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width`` columns, broken between words where that is possible."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if cell_len(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while cell_len(line) > width:
            cut = _fitting(line, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def _session(view: SessionView, width: int, rich_signs: bool) -> list[_Block]:
    plan = view.plan
    step = tr("Step {number} of {count}").format(number=view.step_index + 1, count=len(plan.steps))
    left = tr("{time} left").format(time=texts.clock(view.left_s))
    if plan.waits_for_person:
        left = tr("{time} so far, open end").format(time=texts.clock(math.floor(view.elapsed_s + 1e-6)))
    return [
        _title(view, width),
        _blank(),
        _Block(2, _wrapped(step, width, Look.FAINT)),
        _Block(_NEEDED, _wrapped(view.step.step.name, width, Look.STRONG)),
        _Block(1, _wrapped(view.line, width)),
        _blank(),
        _Block(2, [progress_bar(view.elapsed_s / plan.total_s, width, rich_signs=rich_signs)]),
        _Block(_NEEDED, _wrapped(left, width, Look.STRONG)),
        _blank(),
        _Block(3, _wrapped(_next_line(view), width, Look.FAINT)),
    ]


def _next_line(view: SessionView) -> str:
    plan, time = view.plan, texts.clock(view.step_left_s)
    if plan.waits_for_person and view.step.step.elastic:
        sentence = tr("q begins the way back; after {longest} the session ends by itself.")
        return sentence.format(longest=texts.length(plan.total_s))
    if view.step_index + 1 < len(plan.steps):
        following = plan.steps[view.step_index + 1].step.name
        return tr("Next: {step}, in {time}").format(step=following, time=time)
    return tr("This is the last step: {time}").format(time=time)


def _preparation(view: SessionView, width: int) -> list[_Block]:
    preset = view.plan.preset
    starts = tr("The session starts in {time}").format(time=texts.clock(view.preparation_left_s))
    blocks = [
        _title(view, width),
        _blank(),
        _Block(_NEEDED, _wrapped(tr("Settle in on the mat."), width, Look.STRONG)),
        _Block(_NEEDED, _wrapped(starts, width)),
    ]
    for rank, sentences in ((5, preset.setup), (6, preset.cautions)):
        if sentences:
            lines = [line for sentence in sentences for line in _item(sentence, width)]
            blocks += [_blank(), _Block(rank, lines)]
    return blocks


def _title(view: SessionView, width: int) -> _Block:
    return _Block(5, _wrapped(title(view.plan), width))


def stop_sign_lines(view: SessionView) -> list[str]:
    """When to get off the mat."""
    return [stop_title(), *(f"- {sign}" for sign in view.plan.guidance.stop_signs)]


def _stop_signs(view: SessionView, width: int) -> list[Line]:
    signs = view.plan.guidance.stop_signs
    return [
        *_wrapped(stop_title(), width, Look.STRONG),
        *(line for sign in signs for line in _item(sign, width)),
    ]


def _keys(view: SessionView, width: int, told: bool) -> list[Line]:
    if not told:
        return _wrapped_keys(_short_keys(view), width)
    end = tr("q ends. What was done is saved; while you settle in there is nothing to save.")
    if view.plan.waits_for_person:
        end = tr(
            "q begins the way back, a second q ends. What was done is saved; while you settle in q cancels."
        )
    sentences = [
        tr("Space pauses, and goes on. After a sleep of the computer c goes on and counts that time."),
        tr("t tells the time: spoken where the voice is on, else struck, one chime a minute."),
        tr("+ makes it one minute longer: the session, or the time to settle in."),
        tr("s shows when to get off the mat, and takes that away; the session goes on."),
        tr("For 10 s after the end + goes on with the session."),
        tr("Enter starts the session at once while you settle in."),
        end,
        tr("Ctrl-C ends at once, without a question. Ctrl-Z pauses and goes back to the shell."),
        tr("? takes this away."),
    ]
    return [line for sentence in sentences for line in _wrapped(sentence, width, Look.FAINT)]


def _short_keys(view: SessionView) -> str:
    """The keys that matter now, the likeliest first."""
    if view.pause_reason is PauseReason.SLEEP:
        return tr("Space: leave it out   c: count it   q: end   s: stop signs   ?: help")
    if view.in_preparation:
        return tr(
            "Enter: start now   Space: pause   +: one minute more   q: cancel   s: stop signs   ?: help"
        )
    if view.plan.waits_for_person:
        return tr("Space: pause   t: time   q: way back   s: stop signs   ?: help")
    return tr("Space: pause   t: time   +: 1 minute more   q: end   s: stop signs   ?: help")


def _wrapped_keys(text: str, width: int) -> list[Line]:
    """Keys are told from one another by three spaces; a line is broken only there."""
    lines: list[str] = []
    for key in text.split("   "):
        if lines and cell_len(f"{lines[-1]}   {key}") <= width:
            lines[-1] += f"   {key}"
        else:
            lines += wrapped_lines(key, width)
    return [(Part(line, Look.FAINT),) for line in lines]


def _item(sentence: str, width: int) -> list[Line]:
    if width < 3:  # no room for anything before the words
        return _wrapped(sentence, width)
    first, *others = wrapped_lines(sentence, width - 2) or [""]
    return [(Part(f"- {first}"),), *((Part(f"  {other}"),) for other in others)]


def _wrapped(text: str, width: int, look: Look = Look.PLAIN) -> list[Line]:
    return [(Part(line, look),) for line in wrapped_lines(text, width)]


def _fitting(text: str, width: int) -> int:
    """How many characters fit; one at least, or a column of one would hold nothing for ever."""
    count = 1
    while count < len(text) and cell_len(text[: count + 1]) <= width:
        count += 1
    return count


def _blank() -> _Block:
    return _Block(_BLANK, [()])


def _fitted(blocks: list[_Block], height: int) -> list[_Block]:
    """What fits: the least important blocks are left out, later ones before earlier ones."""
    kept = list(blocks)
    while sum(len(block.lines) for block in kept) > height:
        rank = max(block.rank for block in kept)
        if rank == _NEEDED:
            break
        del kept[max(place for place, block in enumerate(kept) if block.rank == rank)]
    return kept
