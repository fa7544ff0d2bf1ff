"""The chips: every name can be read, in whatever room there is."""

from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from matsession.ui.theme import TextStyle
from matsession.ui.widgets.button import Button
from matsession.ui.widgets.painted_radio import narrowest
from matsession.ui.widgets.preset_chips import PresetChip, PresetChips
from tests.fakes import make_preset
from tests.ui.finding import accessible_text, button, press, shown

NAMES = ("First time on the mat", "Lower back", "Feet, seated", "Wind down for sleep")


def presets(*names: str) -> list[object]:
    """Presets of these names."""
    return [make_preset(id=f"preset_{number}", name=name) for number, name in enumerate(names)]


def open_chips(qtbot: QtBot, *names: str, width: int = 900) -> PresetChips:
    """Chips of their own."""
    chips = PresetChips()
    qtbot.addWidget(chips)
    chips.show_presets(presets(*names), None)  # type: ignore[arg-type]
    chips.resize(width, chips.heightForWidth(width))
    with qtbot.waitActive(chips):
        chips.show()
    return chips


words = st.text("abcdefghijklmnopq &", min_size=1, max_size=60).filter(lambda text: bool(text.strip()))


@given(st.lists(words, max_size=4), st.integers(330, 1400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_all_have_their_room(qtbot: QtBot, names: list[str], width: int) -> None:
    """None is smaller than it needs, none lies upon another, all are within."""
    chips = PresetChips()
    qtbot.addWidget(chips)
    chips.show_presets(presets(*names), None)  # type: ignore[arg-type]
    width = max(width, chips.minimumSizeHint().width())
    chips.resize(width, chips.heightForWidth(width))
    chips.show()
    parts: list[PresetChip | Button] = [*shown(chips, PresetChip), *shown(chips, Button)]
    assert len(parts) == len(names) + 1
    for part in parts:
        assert chips.rect().contains(part.geometry())
        assert part.width() >= part.minimumSizeHint().width()
        if isinstance(part, PresetChip):
            assert part.height() >= part.heightForWidth(part.width())
    for one, other in combinations(parts, 2):
        assert not one.geometry().intersects(other.geometry())


def test_only_as_many_names_wrap_as_must(qtbot: QtBot) -> None:
    """With a little less room the longest name takes two lines, and the shorter ones stay in one."""
    chips = open_chips(qtbot, *NAMES)
    easy = chips.sizeHint().width()
    chips.resize(easy, 60)
    assert [chip.width() for chip in shown(chips, PresetChip)] == [
        chip.sizeHint().width() for chip in shown(chips, PresetChip)
    ]
    chips.resize(easy - 20, 60)
    narrowed = [chip.words for chip in shown(chips, PresetChip) if chip.width() < chip.sizeHint().width()]
    assert narrowed == ["First time on the mat"]
    assert len({chip.y() for chip in shown(chips, PresetChip)}) == 1


@given(words, st.integers(1, 4))
def test_the_narrowest_width_is_the_narrowest(qapp: QApplication, name: str, count: int) -> None:
    """In it the words take no more than so many lines, and in a pixel less they would take more."""
    metrics = QFontMetrics(TextStyle.STRONG.font())
    space = metrics.horizontalAdvance(" ")

    def needed(width: int) -> float:
        used, rows = 0, 1
        for word in name.split():
            size = metrics.horizontalAdvance(word)
            if size > width:
                return float("inf")
            fits = used == 0 or used + space + size <= width
            used, rows = (used + (space if used else 0) + size, rows) if fits else (size, rows + 1)
        return rows

    width = narrowest(metrics, name, count)
    assert needed(width) <= count
    assert needed(width - 1) > count or width == 0


def test_arrows_choose_and_tab_goes_on_to_all(qtbot: QtBot) -> None:
    """One stop for the chips, then the button behind them."""
    chips = open_chips(qtbot, *NAMES)
    told: list[str] = []
    chips.preset_chosen.connect(lambda preset: told.append(preset.name))
    first, *_ = shown(chips, PresetChip)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    press(first, Qt.Key.Key_Space)
    press(QApplication.focusWidget(), Qt.Key.Key_Right)
    assert told == ["First time on the mat", "Lower back"]
    press(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is button(chips, "All presets")


def test_a_chip_says_name_and_length(qtbot: QtBot) -> None:
    """A screen reader hears both, and no sign in a name becomes a shortcut."""
    chips = open_chips(qtbot, "Neck & shoulders")
    [chip] = shown(chips, PresetChip)
    assert accessible_text(chip, QAccessible.Text.Name) == "Neck & shoulders, 1 minute 40 seconds"
    assert accessible_text(chips, QAccessible.Text.Name) == "Presets"
    assert accessible_text(chip, QAccessible.Text.Accelerator) == ""
    assert chip.words == "Neck & shoulders"


def test_other_presets_take_their_place(qtbot: QtBot) -> None:
    """Those that are no longer offered are gone, and Tab still comes to the new ones first."""
    chips = open_chips(qtbot, *NAMES)
    chosen = presets("Calves", "Neck")
    chips.show_presets(chosen, chosen[1])  # type: ignore[arg-type]
    assert [chip.words for chip in shown(chips, PresetChip)] == ["Calves", "Neck"]
    [neck] = [chip for chip in shown(chips, PresetChip) if chip.isChecked()]
    assert neck.words == "Neck"
    neck.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(neck, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is button(chips, "All presets")


@pytest.mark.parametrize("width", [320, 420])
def test_few_chips_stand_beside_each_other_where_it_is_narrow(qtbot: QtBot, width: int) -> None:
    """They come in rows, each row as wide as the others."""
    chips = open_chips(qtbot, *NAMES, width=width)
    rights = {}
    for chip in shown(chips, PresetChip):
        rights[chip.y()] = chip.geometry().right()
    assert len(rights) > 1
    assert max(rights.values()) - min(rights.values()) <= 1
