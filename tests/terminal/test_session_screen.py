"""The picture of a session: pure, and never larger than the terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from matsession.domain.guidance import Guidance, StepKind, StepMode
from matsession.domain.plan import PlanOptions, compile_plan
from matsession.domain.session import Session, SessionView
from matsession.terminal.device import Size
from matsession.terminal.session_screen import progress_bar, session_screen, wrapped_lines
from tests.fakes import FakeClock, make_preset, make_step

GUIDANCE = Guidance(
    check_in_lines=("All well?",), stop_signs=("Sharp pain that stays", "Numbness", "Dizziness")
)


def make_session(preparation_s: float, **preset: object) -> tuple[Session, FakeClock]:
    """A session of a hundred seconds, just started."""
    clock = FakeClock()
    plan = compile_plan(make_preset(**preset), 100, GUIDANCE)
    return Session.begin(plan, preparation_s, clock.now())[0], clock


def view_after(seconds: float, preparation_s: float = 0, slept_s: float = 0) -> SessionView:
    """What there is to show then, where the computer has slept after that."""
    session, clock = make_session(preparation_s, setup=("Mat on the floor.",), cautions=("Not on a wound.",))
    session, _ = session.advance(clock.advance(seconds))
    session, _ = session.advance(clock.sleep(slept_s))
    return session.view(clock.now())


def picture(view: SessionView, width: int = 80, height: int = 24, **more: object) -> list[str]:
    """The lines as plain text."""
    keys_told = bool(more.get("keys_told"))
    notices = ["No sound.", "No history."] if more.get("notices") else []
    rich_signs = bool(more.get("rich_signs", True))
    lines = session_screen(
        view,
        Size(width, height),
        notices=notices,
        keys_told=keys_told,
        stop_signs_told=bool(more.get("stop_signs_told")),
        rich_signs=rich_signs,
    )
    return ["".join(part.text for part in line) for line in lines]


def test_a_running_session_shows_where_it_is() -> None:
    """Step, text, time left and what comes next."""
    text = "\n".join(picture(view_after(30)))
    for expected in (
        "Short rest, 100 s",
        "Step 2 of 3",
        "Rest",
        "Do rest.",
        "1:10 left",
        "Next: Rise, in 1:00",
        "Space: pause   t: time   +: 1 minute more   q: end   s: stop signs   ?: help",
    ):
        assert expected in text


def test_settling_in_shows_the_countdown_and_how_to_lie_down() -> None:
    """Here Enter starts the session at once."""
    text = "\n".join(picture(view_after(5, preparation_s=20)))
    for expected in (
        "The session starts in 0:15",
        "- Mat on the floor.",
        "- Not on a wound.",
        "Enter: start now",
    ):
        assert expected in text


def test_the_last_step_says_so() -> None:
    """There is no next step to name."""
    assert "  This is the last step: 0:05" in picture(view_after(95))


def test_a_pause_says_why_and_how_it_goes_on() -> None:
    """Paused by the person, or by the computer's sleep."""
    session, clock = make_session(0)
    paused, _ = session.pause(clock.advance(5))
    assert "  Paused. Space goes on." in picture(paused.view(clock.now()))
    slept, _ = session.advance(clock.sleep(720))
    text = " ".join(line.strip() for line in picture(slept.view(clock.now())))
    assert "Paused. The computer slept for 12 minutes. Does this time count?" in text
    assert "Space leaves it out and goes on, c counts it, q ends." in text
    assert "Space: leave it out   c: count it   q: end   s: stop signs   ?: help" in text


def test_an_open_end_counts_up_and_says_how_it_ends() -> None:
    """No length, no minute more; on the way back it is a session like any other."""
    steps = (
        make_step("lower", 10),
        make_step("rest", 80, 30, mode=StepMode.ELASTIC),
        make_step("rise", 10, kind=StepKind.RETURN),
    )
    clock = FakeClock()
    plan = compile_plan(make_preset(steps=steps), 100, Guidance(), PlanOptions(open_ended=True))
    session, _ = Session.begin(plan, 0, clock.now())
    session, _ = session.advance(clock.advance(5))
    assert "  Next: Rest, in 0:05" in picture(session.view(clock.now()))
    session, _ = session.advance(clock.advance(60.5))
    text = "\n".join(picture(session.view(clock.now())))
    for expected in (
        "Short rest, open end",
        "1:05 so far, open end",
        "q begins the way back; after 5 min the session ends by itself.",
        "Space: pause   t: time   q: way back   s: stop signs   ?: help",
    ):
        assert expected in text
    told = "\n".join(picture(session.view(clock.now()), keys_told=True))
    assert "q begins the way back, a second q ends." in told
    session, _ = session.stop(clock.now())
    text = "\n".join(picture(session.view(clock.now())))
    for expected in ("Short rest, 76 s", "0:11 left", "Next: Rise, in 0:01", "q: end"):
        assert expected in text


def test_help_explains_every_key() -> None:
    """And takes the place of the short line."""
    text = "\n".join(picture(view_after(30), keys_told=True))
    assert "q ends. What was done is saved" in text
    assert "?: help" not in text
    small = "\n".join(picture(view_after(30), 40, 8, keys_told=True))
    assert "q ends. What" not in small


def test_stop_signs_in_place() -> None:
    """All of them, with the time left; in a low terminal what matters less goes for them."""
    assert "Dizziness" not in "\n".join(picture(view_after(30)))
    for height in (24, 9):
        text = "\n".join(picture(view_after(30), 80, height, stop_signs_told=True))
        for expected in ("Get off the mat if you notice", "- Numbness", "- Dizziness", " left"):
            assert expected in text


def test_trouble_stays_on_the_screen() -> None:
    """No sound, no history: the session runs on, and says so."""
    text = "\n".join(picture(view_after(30), notices=True))
    assert "No sound." in text
    assert "No history." in text


def test_a_poor_terminal_gets_ascii_alone() -> None:
    """Where the encoding has no lines to draw with."""
    assert all(line.isascii() for line in picture(view_after(30), rich_signs=False))


@given(
    width=st.integers(1, 200),
    height=st.integers(1, 60),
    elapsed=st.floats(0, 99.9),
    preparing=st.booleans(),
    keys_told=st.booleans(),
    notices=st.booleans(),
    stop_signs_told=st.booleans(),
    slept=st.booleans(),
)
def test_it_always_fits(
    width: int,
    height: int,
    elapsed: float,
    preparing: bool,
    keys_told: bool,
    notices: bool,
    stop_signs_told: bool,
    slept: bool,
) -> None:
    """Whatever the size, nothing wraps or scrolls, and from a modest size on the time left is there."""
    view = view_after(elapsed, preparation_s=100 if preparing else 0, slept_s=300 if slept else 0)
    lines = picture(
        view, width, height, keys_told=keys_told, notices=notices, stop_signs_told=stop_signs_told
    )
    assert len(lines) <= height
    if width > 1:
        assert max(cell_len(line) for line in lines) < width
    if width >= 30 and height >= (9 if slept else 3):  # the question comes first
        assert any((" left" in line or "starts in" in line) for line in lines)


@pytest.mark.parametrize(("done", "filled"), [(0.0, 0), (0.5, 5), (0.99, 9), (1.0, 10), (7.0, 10), (-1.0, 0)])
def test_the_bar_is_full_only_at_the_end(done: float, filled: int) -> None:
    """And always as long as the line."""
    full, empty = progress_bar(done, 10)
    assert (len(full.text), len(empty.text)) == (filled, 10 - filled)


@given(st.text(), st.integers(2, 50))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    """Every sign is there, wide ones counted as two columns."""
    lines = wrapped_lines(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)
