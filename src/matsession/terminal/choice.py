"""Choosing what to start, and what becomes of sessions a crash left open: questions before a session."""

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from matsession.app import suitability_words, texts
from matsession.app.journal import Journal
from matsession.app.preset_library import PresetLibrary, UnknownPresetError
from matsession.app.texts import tr
from matsession.domain.plan import LengthError
from matsession.domain.preset import Preset
from matsession.domain.settings import Settings
from matsession.terminal import session_lines
from matsession.terminal.device import TerminalDevice
from matsession.terminal.notation import NotationError, read_length, write_length
from matsession.terminal.tables import length_range

_LEAVE = ("q", "quit", "exit")
_OPEN = ("o", "open")

_Answer = TypeVar("_Answer")


class Choice(NamedTuple):
    """A preset and its length in seconds, which with an open end is passed over."""

    preset: Preset
    total_s: int
    open_ended: bool = False


def choose(device: TerminalDevice, library: PresetLibrary, settings: Settings) -> Choice | None:
    """Ask for a preset and a length; None when the person wants neither."""
    presets = library.offered
    preset = library.find(settings.last_preset)
    if preset is None or library.suitability(preset).hidden:
        preset = presets[0]
    device.say(tr("Which session?"))
    width = max(len(one.name) for one in presets)
    for number, one in enumerate(presets, start=1):
        mark = f"  {tr('ask first')}" if library.suitability(one).ask else ""
        device.say(f"{number:4}  {one.name:<{width}}  {length_range(one)}{mark}")
    if library.unsuitable:
        told = suitability_words.hidden_ones(library)
        device.say(f"      {told} {tr('Type the name of one to choose it anyway.')}")

    def read_preset(answer: str) -> Preset:
        if answer.isdecimal() and 1 <= int(answer[:6]) <= len(presets):
            return presets[int(answer[:6]) - 1]
        named = [one for one in library.presets if one.name.casefold() == answer.casefold()]
        return named[0] if named else library.get(answer)

    prompt = tr("Number or name (Enter: {preset}; q leaves): ").format(preset=preset.name)
    chosen = _ask(device, prompt, preset, read_preset)
    if chosen is None:
        return None
    found = library.suitability(chosen)
    for told in (suitability_words.hidden(found), suitability_words.ask_first(found)):
        if told:
            device.say(told)
    usual_s = usual_length_s(chosen, settings)
    if chosen.min_total_s == chosen.max_total_s:
        return Choice(chosen, usual_s)

    def read_allowed_length(answer: str) -> Choice:
        if answer.lower() in _OPEN:
            return Choice(chosen, usual_s, open_ended=True)
        total_s = read_length(answer)
        if not chosen.allows(total_s):
            raise LengthError(chosen, total_s)
        return Choice(chosen, total_s)

    prompt = tr("Length, {shortest} to {longest}, or open (Enter: {usual}; q leaves): ").format(
        shortest=write_length(chosen.min_total_s),
        longest=write_length(chosen.max_total_s),
        usual=write_length(usual_s),
    )
    return _ask(device, prompt, Choice(chosen, usual_s), read_allowed_length)


def usual_length_s(preset: Preset, settings: Settings) -> int:
    """The length last chosen for this preset, where it still allows that."""
    length_s = settings.length_s(preset.id, preset.suggested_s)
    return length_s if preset.allows(length_s) else preset.suggested_s


def settle_left_open(device: TerminalDevice, journal: Journal) -> None:
    """Offer each session that a crash left open; where nobody can be asked, tell and leave it.

    Only to be called while no session runs elsewhere.
    """
    for row in journal.left_open():
        told = session_lines.left_open(row)
        if not device.asks:
            advice = tr(
                "It is left as it is; start MatSession in a terminal or window to keep or discard it."
            )
            device.complain(f"{told} {advice}")
            continue
        device.say(told)
        question = tr("Keep what was done (k), discard it (d), or decide later (Enter)? ")
        answer = device.ask(question)
        if answer is None:
            return
        if answer.lower() in ("k", "keep", "y", "yes"):
            journal.keep(row)
        elif answer.lower() in ("d", "discard"):
            journal.discard(row)


def _ask(
    device: TerminalDevice, prompt: str, usual: _Answer, read: Callable[[str], _Answer]
) -> _Answer | None:
    """Ask until the answer can be read; Enter is ``usual``, and None means that the person leaves."""
    while True:
        answer = device.ask(prompt)
        if answer is None or answer.lower() in _LEAVE:
            return None
        if not answer:
            return usual
        try:
            return read(answer)
        except (UnknownPresetError, NotationError) as error:
            device.say(str(error))
        except LengthError as error:
            device.say(texts.length_refused(error))
