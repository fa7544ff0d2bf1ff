"""What painting costs: the ring at 440 pixels and the mat view, beside an empty frame and a plain ellipse.

Each figure is the median processor time of one ``repaint`` of a shown window, from the call until the picture
lies in the window's memory; all are taken turn about in one run, on Qt's offscreen platform. (Processor time,
not time on the wall: other programs on the machine are no part of it.)

    python3 dev.py bench paint [ROUNDS]
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, QRectF, Qt  # noqa: E402 - the platform is chosen before
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QRegion  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from benchmarks._breathing import breathing_view, without_breath  # noqa: E402
from matsession.domain.settings import ThemeChoice  # noqa: E402
from matsession.ui.mat_colours import mat_colours  # noqa: E402
from matsession.ui.theme import STYLE_ARGUMENTS, apply_theme  # noqa: E402
from matsession.ui.widgets.mat_canvas import MatCanvas  # noqa: E402
from matsession.ui.widgets.mat_picture import MatPicture  # noqa: E402
from matsession.ui.widgets.ring_picture import disc_area, picture_of  # noqa: E402
from matsession.ui.widgets.ring_timer import RingTimer  # noqa: E402

RING = 440
SCREEN = (1920, 1080)
AIM_MS = 2.0


class Empty(QWidget):
    """A window that fills itself."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """One rectangle."""
        QPainter(self).fillRect(event.rect(), QColor("#111615"))


class Ellipse(QWidget):
    """A window that fills itself and draws one ellipse."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """A rectangle and an ellipse."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), QColor("#111615"))
        painter.setBrush(QColor("#82CDB9"))
        painter.drawEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))


def shown(widget: QWidget, width: int, height: int) -> QWidget:
    """Put it on the screen."""
    widget.setWindowFlag(Qt.WindowType.FramelessWindowHint)
    widget.setFixedSize(width, height)
    widget.show()
    return widget


def repainting(widget: QWidget, area: QRect | QRegion | None = None) -> Callable[[], None]:
    """Paint all of a widget, or a part."""
    return lambda: widget.repaint(widget.rect() if area is None else area)


def ring(*, paced: bool) -> RingTimer:
    """A ring in the middle of a session."""
    widget = RingTimer()
    shown(widget, RING, RING)
    widget.show_view(breathing_view() if paced else without_breath())
    return widget


def mat(light: float = 0.0) -> MatCanvas:
    """A mat view in the middle of a breath."""
    widget = MatCanvas()
    shown(widget, *SCREEN)
    view = breathing_view()
    picture = MatPicture(
        ring=replace(picture_of(view, widget.lay_out().growth_scale), below="", breath=None),
        title=view.step.step.name,
        cue="Breathe in",
        line=widget.lay_out().line_half_px(0.6),
        hints=("Space: time left", "Space twice: pause", "Esc: leave the mat view"),
        hint_opacity=1.0,
        colours=mat_colours(light=light),
    )
    widget.show_picture(picture, view)
    return widget


def one_digit(canvas: MatCanvas) -> QRect:
    """Where one second differs from the next."""
    before = canvas.picture()
    digits = before.ring.digits
    other = "1" if digits[-1] == "0" else "0"
    after = replace(before, ring=replace(before.ring, digits=digits[:-1] + other))
    [part] = canvas.lay_out().changed(before, after) or []
    return part.toAlignedRect()


def main() -> int:
    """Measure and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    application = QApplication(["paint", *STYLE_ARGUMENTS])
    theme = apply_theme(application, ThemeChoice.DARK)
    night, day = mat(), mat(light=0.5)
    plain, paced = ring(paced=False), ring(paced=True)
    small, large = shown(Empty(), RING, RING), shown(Empty(), *SCREEN)
    ellipse = shown(Ellipse(), RING, RING)
    line = night.lay_out().line_area.toAlignedRect()
    rows: list[tuple[str, Callable[[], None], str]] = [
        ("an empty frame, 440 px", repainting(small), ""),
        ("a plain ellipse, 440 px", repainting(ellipse), ""),
        ("ring, 440 px", repainting(plain), f"{AIM_MS:.1f}"),
        ("ring with the pacer, all of it", repainting(paced), f"{AIM_MS:.1f}"),
        (
            "ring, a frame of the pacer",
            repainting(paced, disc_area(QRectF(0, 0, RING, RING)).toAlignedRect()),
            f"{AIM_MS:.1f}",
        ),
        ("an empty frame, {} x {}".format(*SCREEN), repainting(large), ""),
        ("mat view, all of it", repainting(night), ""),
        ("mat view, a second: one digit", repainting(night, one_digit(night)), ""),
        ("mat view, a frame of the breath", repainting(night, line), ""),
        ("mat view, a shade of the dawn", repainting(day), ""),
    ]
    application.processEvents()
    times: dict[str, list[float]] = {label: [] for label, _, _ in rows}
    for number in range(rounds + 3):
        for label, paint, _ in rows:
            began = time.thread_time()
            paint()
            if number >= 3:  # the first ones fill the caches of glyphs
                times[label].append((time.thread_time() - began) * 1000)
    print(f"{rounds} rounds turn about, medians (and the slowest tenth)")
    print(f"{'':38}{'ms':>8}{'90 %':>8}   aim")
    for label, _, aim in rows:
        ordered = sorted(times[label])
        print(f"{label:38}{statistics.median(ordered):8.2f}{ordered[int(len(ordered) * 0.9)]:8.2f}   {aim}")
    theme.setParent(None)
    return 0


if __name__ == "__main__":
    sys.exit(main())
