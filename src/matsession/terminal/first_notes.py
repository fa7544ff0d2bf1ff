"""What to know before the first session, told in a terminal until somebody has agreed to it."""

from collections.abc import Callable

from matsession.app import evidence_words as words
from matsession.app import texts
from matsession.app.preferences import Preferences
from matsession.app.texts import tr
from matsession.domain.guidance import CautionLevel, Guidance
from matsession.terminal.device import TerminalDevice
from matsession.terminal.prose import Prose

_BY_TITLE = (CautionLevel.DO_NOT_USE, CautionLevel.ASK_FIRST)
_IN_FULL = (CautionLevel.URGENT, CautionLevel.NOTE)
_AGREE = ("", "y", "yes")
_LEAVE = ("q", "quit", "exit", "n", "no")


def tell_first_notes(device: TerminalDevice, guidance: Guidance, preferences: Preferences) -> bool:
    """Tell them as long as they are due; whether the session may begin.

    Where nobody can be asked they are told beside the output, and a script goes on. Nobody has agreed to
    them then, so they are told the next time too.
    """
    if not preferences.settings.welcome_due:
        return True
    asks = device.asks
    for line in _lines(guidance, device.size().width):
        (device.say if asks else device.complain)(line)
    if not asks:
        device.complain(tr("This is told until somebody agrees to it, in a terminal or in the window."))
        return True
    agreed = _agrees(device.ask)
    if agreed:
        preferences.change(welcome_due=False)
    return agreed


def _agrees(ask: Callable[[str], str | None]) -> bool:
    question = tr("I have read this. I know MatSession gives no medical advice. (Enter: yes; q leaves): ")
    while True:
        answer = ask(question)
        if answer is None or answer.lower() in _LEAVE:
            return False
        if answer.lower() in _AGREE:
            return True


def _lines(guidance: Guidance, width: int) -> list[str]:
    prose = Prose(width)
    prose.title(tr("Before your first session"))
    pattern = tr("{level}: {cautions}.")
    for level in _BY_TITLE:
        titles = [caution.title for caution in words.cautions(guidance, level)]
        if titles:
            told = pattern.format(level=words.caution_title(level), cautions="; ".join(titles))
            prose.paragraph(told, 0)
    for level in _IN_FULL:
        for caution in words.cautions(guidance, level):
            told = pattern.format(level=words.caution_title(level), cautions=caution.title)
            prose.paragraph(f"{told} {caution.text} {texts.source_remark(caution)}".strip(), 0)
    prose.paragraph(tr("{title}:").format(title=words.stop_title()), 0)
    prose.points(guidance.stop_signs)
    prose.paragraph(
        tr(
            "'matsession evidence' tells all of it. What is true for you can be said in the window, under "
            "Settings, Safety; then what does not suit you is hidden."
        ),
        0,
    )
    return prose.text().splitlines()
