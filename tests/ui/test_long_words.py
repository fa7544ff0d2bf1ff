"""What long words do: a path has places to break, and buttons that have no room stand below each other."""

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QBoxLayout
from pytestqt.qtbot import QtBot

from matsession.app.ports import Notice
from matsession.ui.drawing import Sign
from matsession.ui.pages.data_settings import breakable
from matsession.ui.reminder_window import ReminderWindow
from matsession.ui.widgets.area_bars import AreaBars, AreaRow
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.button import Button
from matsession.ui.widgets.navigation import Navigation, Shape
from matsession.ui.widgets.tool_row import ToolRow
from tests.ui.finding import settle
from tests.ui.reading import painting_faults

LONG = "Everything that is known of mats and of needles"
BREAK = "\u200b"


def test_a_path_breaks_at_its_signs_and_within_long_names() -> None:
    """Nothing else of it is changed, and no piece is longer than a narrow card has room for."""
    for path in (
        "/home/maria/.local/share/matsession",
        "C:\\Users\\Maria Musterfrau\\AppData\\Local\\matsession",
        "/" + 40 * "a" + "/b",
        "",
    ):
        pieces = breakable(path).split(BREAK)
        assert "".join(pieces) == path
        assert max(map(len, pieces)) <= 16
    assert breakable("/home/maria") == f"/{BREAK}home/{BREAK}maria"


def test_the_navigation_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    """Beside the page; as a rail of signs it is as narrow as ever."""
    navigation = Navigation()
    qtbot.addWidget(navigation)
    usual_px = navigation.minimumWidth()
    navigation.add_page("Session", Sign.PLAY, QKeySequence("Ctrl+1"))
    assert navigation.minimumWidth() == usual_px
    navigation.add_page(LONG, Sign.PLAY, QKeySequence("Ctrl+2"))
    assert navigation.minimumWidth() > usual_px
    navigation.resize(navigation.minimumWidth(), 600)
    navigation.show()
    assert list(painting_faults(navigation)) == []
    navigation.lie(Shape.RAIL)
    assert navigation.maximumWidth() < usual_px


def test_buttons_at_the_foot_of_an_editor_stand_below_each_other(qtbot: QtBot) -> None:
    """Where their words have no room beside each other, however wide the page is."""
    row = ToolRow(Button("Save"), Button("Cancel"), Button("Delete"))
    qtbot.addWidget(row)
    needed_px = sum(each.minimumSizeHint().width() for each in row.findChildren(Button))
    layout = row.layout()
    assert isinstance(layout, QBoxLayout)
    for width_px, direction in (
        (2 * needed_px, QBoxLayout.Direction.LeftToRight),
        (needed_px - 1, QBoxLayout.Direction.TopToBottom),
    ):
        row.resize(width_px, 100)
        row.show()
        assert layout.direction() is direction
    row.resize(2 * needed_px, 100)
    row.set_narrow(True)
    assert layout.direction() is QBoxLayout.Direction.TopToBottom


def test_a_window_of_a_reminder_is_as_high_as_its_words(qtbot: QtBot) -> None:
    """In the width that it has, which is less than the words would like."""
    window = ReminderWindow(Notice("1", f"{LONG}, {LONG}", 3 * f"{LONG}. ", ()))
    qtbot.addWidget(window)
    window.show_on(None)
    assert window.height() >= window.heightForWidth(window.width())


def test_a_long_button_of_a_banner_has_the_room_below_the_sign(qtbot: QtBot) -> None:
    """A few pixels more, where it would be cut off else."""
    banner = Banner(BannerKind.INFORMATION, first=LONG)
    qtbot.addWidget(banner)
    banner.set_narrow(True)
    banner.tell("Nothing more comes today.")
    [button] = banner.findChildren(Button)
    needed_px = button.minimumSizeHint().width()
    banner.resize(needed_px + 24, banner.heightForWidth(needed_px + 24))
    settle()
    assert button.width() >= needed_px


def test_bars_have_a_second_line_for_long_words(qtbot: QtBot) -> None:
    """The value goes below the title, and nothing ends in three dots."""
    bars = AreaBars("Time per area")
    qtbot.addWidget(bars)
    bars.show_rows((AreaRow(LONG, "8 h 37 min", 1.0, LONG), AreaRow("Neck", "1 min", 0.1, "Neck")), "")
    assert bars.stacked(300)
    assert not bars.stacked(900)
    assert bars.heightForWidth(300) > bars.heightForWidth(900)
