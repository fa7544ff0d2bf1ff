"""One key, three meanings: no press is lost, nothing ends without a hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.one_button import DOUBLE_WITHIN_S, HOLD_S, Gesture, OneButton


def understand(*keys: tuple[float, str], wake: bool = True) -> list[tuple[float, Gesture]]:
    """Play keys ("down", "up", "lost") at their times; with ``wake`` the deadlines between are kept."""
    button, meant = OneButton(), []
    for at_s, key in (*keys, (keys[-1][0] + 10, "wait")):
        while wake and (deadline := button.deadline_s()) is not None and deadline <= at_s:
            button, gestures = button.wait(deadline)
            meant += [(deadline, gesture) for gesture in gestures]
        step = {"down": button.press, "up": button.release, "lost": button.lose_focus, "wait": button.wait}[
            key
        ]
        button, gestures = step(at_s)
        meant += [(at_s, gesture) for gesture in gestures]
    return meant


def test_one_press_asks_for_the_time_and_is_answered_within_six_tenths() -> None:
    """The answer comes as soon as a second press is out of the question."""
    assert understand((0.0, "down"), (0.1, "up")) == [(0.5, Gesture.TIME_LEFT)]
    assert DOUBLE_WITHIN_S < 0.6


def test_two_presses_pause_at_once() -> None:
    """The second press needs no waiting."""
    keys = ((0.0, "down"), (0.1, "up"), (0.4, "down"), (0.5, "up"))
    assert understand(*keys) == [(0.4, Gesture.PAUSE_OR_GO_ON)]


def test_a_hold_ends_after_one_second_and_only_once() -> None:
    """The end comes while the key is still down; its release means nothing more."""
    assert understand((0.0, "down"), (3.0, "up")) == [(1.0, Gesture.END)]


def test_a_long_press_that_is_no_hold_asks_for_the_time_at_its_release() -> None:
    """Slow fingers do not end a session."""
    assert understand((0.0, "down"), (0.9, "up")) == [(0.9, Gesture.TIME_LEFT)]


def test_a_second_press_that_is_held_does_not_end() -> None:
    """Pausing with a heavy hand is still pausing."""
    keys = ((0.0, "down"), (0.1, "up"), (0.3, "down"), (5.0, "up"))
    assert understand(*keys) == [(0.3, Gesture.PAUSE_OR_GO_ON)]


def test_a_lost_focus_is_no_hold() -> None:
    """The release was never seen; the session goes on."""
    assert understand((0.0, "down"), (0.7, "lost")) == [(0.7, Gesture.TIME_LEFT)]


def test_repeats_of_a_held_key_are_one_press() -> None:
    """Some remotes repeat the press while they are held."""
    keys = ((0.0, "down"), (0.2, "down"), (0.4, "down"), (1.2, "up"))
    assert understand(*keys) == [(1.0, Gesture.END)]


KEYS = st.lists(
    st.tuples(st.floats(0.001, 2.0), st.sampled_from(["down", "up", "lost", "wait"])), min_size=1, max_size=30
)


@given(KEYS, st.booleans())
def test_random_fingers_never_end_without_a_hold_and_never_lose_a_press(
    gaps: list[tuple[float, str]], wake: bool
) -> None:
    """Presses that went down = single gestures + holds + two for each double, whatever the timing."""
    at_s, keys = 0.0, []
    for gap_s, key in gaps:
        at_s += gap_s
        keys.append((at_s, key))
    keys.append((at_s + 0.001, "up"))

    presses, down_since, longest_s = 0, None, 0.0
    for when_s, key in keys:
        if key == "down" and down_since is None:
            presses, down_since = presses + 1, when_s
        elif key in ("up", "lost") and down_since is not None:
            longest_s, down_since = max(longest_s, when_s - down_since), None

    meant = [gesture for _, gesture in understand(*keys, wake=wake)]
    weights = {Gesture.TIME_LEFT: 1, Gesture.PAUSE_OR_GO_ON: 2, Gesture.END: 1}
    assert sum(weights[gesture] for gesture in meant) == presses
    if longest_s < HOLD_S - 1e-9:
        assert Gesture.END not in meant


@pytest.mark.parametrize("wake", [True, False])
def test_a_late_tick_does_not_turn_two_slow_presses_into_a_double(wake: bool) -> None:
    """Even if nobody looked between, presses a second apart are two questions."""
    keys = ((0.0, "down"), (0.1, "up"), (1.2, "down"), (1.3, "up"))
    assert [gesture for _, gesture in understand(*keys, wake=wake)] == [Gesture.TIME_LEFT] * 2
