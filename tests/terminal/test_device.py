"""Speaking to a terminal that may be poor, or gone."""

import io

import pytest

from matsession.terminal.device import LEAVE_SCREEN, Look, Part, TerminalDevice
from matsession.terminal.keyboard import keys_in


class Screen(io.StringIO):
    """An output that says it is a terminal."""

    gone = False

    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        # Always ready to be written to, like a terminal whose reader is quick.
        return 1

    def write(self, text: str) -> int:
        if self.gone:
            raise OSError(5, "Input/output error")
        return super().write(text)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """A terminal that can do everything."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(TerminalDevice, "_takes_output", lambda device: True)
    return Screen()


def test_the_same_picture_is_sent_once(screen: Screen) -> None:
    """Nothing is redrawn while nothing changes; another window size draws it anew."""
    device = TerminalDevice(None, screen, None)
    device.enter_screen()
    sent = len(screen.getvalue())
    device.paint([(Part("4:00"),)])
    device.paint([(Part("4:00"),)])
    assert screen.getvalue()[sent:].count("4:00") == 1
    device.paint([(Part("4:00"),)], anew=True)
    assert screen.getvalue()[sent:].count("4:00") == 2


def test_complaints_wait_until_the_picture_is_gone(screen: Screen) -> None:
    """On a terminal they would land in the middle of it; in a file they are written at once."""
    file = io.StringIO()
    for errors, at_once in ((screen, False), (file, True)):
        device = TerminalDevice(None, screen, errors)
        device.enter_screen()
        device.complain("No sound.")
        assert ("No sound." in errors.getvalue()) is at_once
        device.leave_screen()
        assert errors.getvalue().endswith("No sound.\n")
    assert LEAVE_SCREEN in screen.getvalue()


def test_a_terminal_that_vanished_is_no_reason_to_stop(screen: Screen) -> None:
    """What is written then is lost, and nothing is raised."""
    device = TerminalDevice(None, screen, screen)
    device.enter_screen()
    screen.gone = True
    device.paint([(Part("4:00"),)])
    device.say("Saved.")
    device.complain("No sound.")
    device.leave_screen()
    assert not device.draws


def test_looks_are_sequences_and_colour_can_be_refused(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR (no-color.org) leaves bold and faint."""
    device = TerminalDevice(None, screen, None)
    device.enter_screen()
    device.paint([(Part("a", Look.LIVELY), Part("b", Look.STRONG), Part("c"))])
    assert "\x1b[36ma\x1b[0m\x1b[1mb\x1b[0mc" in screen.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    device.paint([(Part("d", Look.LIVELY), Part("e", Look.STRONG))])
    assert "\x1b[Hd\x1b[1me\x1b[0m" in screen.getvalue()


def test_a_dumb_terminal_is_not_drawn_on(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    """Editors run programs with TERM=dumb; they get lines."""
    assert TerminalDevice(None, screen, None).draws
    monkeypatch.setenv("TERM", "dumb")
    assert not TerminalDevice(None, screen, None).draws


def test_what_the_encoding_cannot_show_becomes_a_question_mark() -> None:
    """A preset may have any name; the output may be ASCII."""
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    device = TerminalDevice(None, out, None)
    assert not device.draws_lines
    device.say("Rücken")
    assert raw.getvalue().split() == [b"R?cken"]


def test_answers_come_without_the_space_around_them() -> None:
    """And the end of the input is told from an empty answer."""
    out = io.StringIO()
    device = TerminalDevice(io.StringIO(" 4 \n\n"), out, None)
    assert [device.ask("Which? ") for _ in range(3)] == ["4", "", None]
    assert not device.asks


@pytest.mark.parametrize(
    ("sent", "keys"),
    [
        ("q", "q"),
        ("\r", "\n"),
        ("\x08", "\x7f"),
        ("\x1b[A+\x1bOP \x1b[15;2~?", "+ ?"),
        ("\x1b", ""),
        ("\x1bq", ""),
    ],
)
def test_arrows_and_function_keys_are_no_letters(sent: str, keys: str) -> None:
    """The end of an escape sequence must not be taken for a key: "q" would end the session."""
    assert keys_in(sent) == keys
