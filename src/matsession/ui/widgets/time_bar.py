"""The time left for a screen reader: a progress bar, with its value in words as its description."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QWidget

from matsession.app import texts
from matsession.domain.session import Phase, SessionView
from matsession.ui.widgets.ring_picture import shown_s


class TimeBar(QProgressBar):
    """Whatever it looks like, it is a progress bar named "Time left", and the time in words describes it.

    (A value text of our own would need an accessible interface made in Python, which Qt frees at the wrong
    moment: tried, it ends in a crash.)
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin empty."""
        super().__init__(parent)
        self.setAccessibleName(texts.tr("Time left"))
        self.setTextVisible(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def tell(self, view: SessionView) -> None:
        """How the session stands. What it looks like is not changed by that."""
        counts_up = view.plan.waits_for_person and not view.in_preparation
        name = texts.tr("Time so far") if counts_up else texts.tr("Time left")
        if name != self.accessibleName():
            self.setAccessibleName(name)
        total_s, left_s = value_of(view)
        # Qt would paint all of it at once, here and now, where a bar of this value would look different.
        quiet = Qt.WidgetAttribute.WA_UpdatesDisabled
        before = self.testAttribute(quiet)
        self.setAttribute(quiet, True)
        self.setRange(0, total_s)
        self.setValue(left_s)
        self.setAttribute(quiet, before)
        words = value_words(view)
        if words != self.accessibleDescription():
            self.setAccessibleDescription(words)


def value_of(view: SessionView) -> tuple[int, int]:
    """Whole seconds: how many there were to begin with, and how many are left."""
    if view.in_preparation:
        return max(1, round(view.preparation_s)), round(view.preparation_left_s)
    return max(1, view.plan.total_s), round(shown_s(view))


def value_words(view: SessionView) -> str:
    """The time left in words: "6 minutes 42 seconds left, step 3 of 5, Soften"."""
    if view.phase is Phase.FINISHED:
        return texts.tr("Done")
    if view.in_preparation:
        pattern = texts.tr("{time} to settle in")
        if view.phase is Phase.PAUSED:
            pattern = texts.tr("Paused, {time} to settle in")
        return pattern.format(time=texts.spoken_length(view.preparation_left_s))
    paused = view.phase is Phase.PAUSED
    if view.plan.waits_for_person:
        pattern = texts.tr("{time}, open end, step {number} of {count}, {step}")
        if paused:
            pattern = texts.tr("Paused, {time}, open end, step {number} of {count}, {step}")
    else:
        pattern = texts.tr("{time} left, step {number} of {count}, {step}")
        if paused:
            pattern = texts.tr("Paused, {time} left, step {number} of {count}, {step}")
    return pattern.format(
        time=texts.spoken_length(shown_s(view)),
        number=view.step_index + 1,
        count=len(view.plan.steps),
        step=view.step.step.name,
    )
