"""What is told in a terminal before the first session, and who has agreed to it."""

import io
from pathlib import Path

import pytest

from matsession.app.preferences import Preferences
from matsession.desktop.paths import find_folders
from matsession.domain.guidance import CautionLevel, Guidance
from matsession.domain.settings import AT_FIRST, Settings
from matsession.storage.guidance_file import read_guidance
from matsession.terminal.device import TerminalDevice
from matsession.terminal.first_notes import tell_first_notes
from tests.terminal.front_rig import Rig

pytestmark = pytest.mark.usefixtures("qapp")


class Asked(TerminalDevice):
    """A terminal whose person types these lines."""

    def __init__(self, typed: str, *, asks: bool = True) -> None:
        self.out, self.errors = io.StringIO(), io.StringIO()
        super().__init__(io.StringIO(typed), self.out, self.errors)
        self._asks = asks

    @property
    def asks(self) -> bool:
        return self._asks


@pytest.fixture
def guidance() -> Guidance:
    """What comes with the program."""
    return read_guidance(find_folders(None).guidance_file)


def preferences(settings: Settings = AT_FIRST) -> tuple[Preferences, list[Settings]]:
    """Those of somebody, and what was saved."""
    saved: list[Settings] = []
    return Preferences(settings, saved.append), saved


def test_three_levels_urgent_signs_and_stop_signs_are_told(guidance: Guidance) -> None:
    """Each caution is named, what is urgent stands in full, within 80 columns."""
    device = Asked("\n")
    assert tell_first_notes(device, guidance, preferences()[0])
    written = device.out.getvalue()
    assert max(map(len, written.splitlines()[:-1])) <= 80
    told = " ".join(written.split())
    wanted = ["Do not use the mat with, or on:", "Ask a doctor first with:", "Good to know:"]
    wanted += [each.title for each in guidance.cautions if each.level is not CautionLevel.GROUP]
    wanted += [each.text for each in guidance.cautions if each.level is CautionLevel.URGENT]
    wanted += guidance.stop_signs
    assert [each for each in wanted if each not in told] == []
    assert device.errors.getvalue() == ""


@pytest.mark.parametrize("typed", ["\n", "yes\n", "what?\n\n"])
def test_who_agrees_is_not_told_again(guidance: Guidance, typed: str) -> None:
    """As in the window, and for both."""
    chosen, saved = preferences()
    assert tell_first_notes(Asked(typed), guidance, chosen)
    assert [each.welcome_due for each in saved] == [False]
    again = Asked("")
    assert tell_first_notes(again, guidance, chosen)
    assert again.out.getvalue() == ""


@pytest.mark.parametrize("typed", ["q\n", "no\n", ""])
def test_who_does_not_agree_has_no_session(guidance: Guidance, typed: str) -> None:
    """And is told the next time."""
    chosen, saved = preferences()
    assert not tell_first_notes(Asked(typed), guidance, chosen)
    assert chosen.settings.welcome_due
    assert saved == []


def test_where_nobody_can_be_asked_it_goes_on(guidance: Guidance) -> None:
    """It stands beside the output, so that a script reads what it always read; nobody has agreed."""
    chosen, saved = preferences()
    device = Asked("", asks=False)
    assert tell_first_notes(device, guidance, chosen)
    assert device.out.getvalue() == ""
    assert "Get off the mat if you notice:" in device.errors.getvalue()
    assert "This is told until somebody agrees to it" in device.errors.getvalue()
    assert saved == []


def test_a_first_session_in_a_script_runs(home: Path) -> None:
    """Notes first; the session is saved, and the notes stay due."""
    rig = Rig(find_folders(home / "matsession"), notes_due=True)
    assert rig.run(rig.wait(240)) == 0
    assert rig.errors.getvalue().startswith("Before your first session\n")
    assert rig.lines[0] == "Lower back, 4 min"
    assert rig.program.preferences.settings.welcome_due
    rig.close()


def test_who_leaves_at_the_notes_starts_nothing(home: Path) -> None:
    """Whether the preset was named or is still to be chosen."""
    rig = Rig(find_folders(home / "matsession"), seated=True, notes_due=True)  # its input has ended
    assert rig.front.run(rig.program.presets.get("lower_back"), 240, 0, None) == 0
    assert rig.front.choose_and_run() == 0
    assert "Which session?" not in rig.text
    assert not rig.program.runner.active
    rig.close()
