"""The one-button grammar: everything a person needs from the mat, with one key and no aim.

==================  ======================================
gesture             meaning
==================  ======================================
one press           how much time is left
two presses         pause, or go on
held one second     end the session
==================  ======================================

A pure state machine over seconds on any clock that does not jump. A press belongs to exactly one gesture;
nothing but a hold ends a session. A key whose release was never seen (the window lost the focus) counts as
a press, not as a hold.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

DOUBLE_WITHIN_S: Final = 0.5
"""A second press this soon after the first makes two. A single one is answered when this has passed."""

HOLD_S: Final = 1.0
"""A key held this long is a hold."""


class Gesture(StrEnum):
    """What was meant."""

    TIME_LEFT = "time_left"
    PAUSE_OR_GO_ON = "pause_or_go_on"
    END = "end"


@dataclass(frozen=True, slots=True)
class OneButton:
    """Where a gesture stands. Feed it presses, releases and time; it answers with what was meant."""

    pressed_at_s: float | None = None
    """When the press that is not yet understood went down; None between gestures."""
    down: bool = False
    """Whether the key is held now."""

    def press(self, at_s: float) -> "Understood":
        """The key went down."""
        button, gestures = self.wait(at_s)
        if button.down:  # a repeat without a release between: the same press
            return button, gestures
        if button.pressed_at_s is None:
            return OneButton(at_s, down=True), gestures
        # The second press within the time. Its own hold means nothing: the gesture is complete.
        return OneButton(None, down=True), (*gestures, Gesture.PAUSE_OR_GO_ON)

    def release(self, at_s: float) -> "Understood":
        """The key went up."""
        button, gestures = self.wait(at_s)
        if not button.down:
            return button, gestures
        button, late = replace(button, down=False).wait(at_s)
        return button, gestures + late

    def lose_focus(self, at_s: float) -> "Understood":
        """The key may be up without our hearing of it; a hold that has not come to its second is none."""
        return self.release(at_s)

    def wait(self, at_s: float) -> "Understood":
        """Time has come to ``at_s``."""
        if self.pressed_at_s is None:
            return self, ()
        # The due moments, not differences, are compared: whoever wakes at deadline_s() must find it due.
        if self.down:
            if at_s >= self.pressed_at_s + HOLD_S:
                return OneButton(None, down=True), (Gesture.END,)
        elif at_s >= self.pressed_at_s + DOUBLE_WITHIN_S:
            return OneButton(), (Gesture.TIME_LEFT,)
        return self, ()

    def deadline_s(self) -> float | None:
        """When to call ``wait`` next; None when only a key can change anything."""
        if self.pressed_at_s is None:
            return None
        return self.pressed_at_s + (HOLD_S if self.down else DOUBLE_WITHIN_S)


Understood = tuple[OneButton, tuple[Gesture, ...]]
"""The state that follows, and what was meant."""
