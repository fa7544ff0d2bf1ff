#!/usr/bin/env python3
"""Draw the program's icon from the dots of its mark: ``python tools/make_icons.py`` writes resources/icons/.

One SVG, the same as PNG in the sizes desktops ask for, and a symbolic SVG of one colour for trays. Small
sizes have fewer and larger dots: what cannot be told apart at 16 pixels is not drawn.
"""

import sys
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "src"))

from matsession.ui.drawing import mark_dots  # noqa: E402 - run as a script it has to find the project first
from matsession.ui.theme import LIGHT  # noqa: E402

FOLDER = ROOT / "resources" / "icons"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)

GROUND, DOTS = LIGHT.accent, LIGHT.on_accent
SIDE = 64
"""Units of the drawing."""
CORNER = 14
MARK = 44
"""The mark within, in the same units."""
SIMPLE_BELOW_PX = 32


def dots(simple: bool) -> list[tuple[float, float, float]]:
    """Centre and radius of each dot, in units of the drawing."""
    scale, edge = MARK / 24, (SIDE - MARK) / 2
    if simple:
        # The inner flower alone, grown to fill the square.
        return [
            (SIDE / 2 + (x - 12) * scale * 1.75, SIDE / 2 + (y - 12) * scale * 1.75, radius * scale * 1.9)
            for x, y, radius in mark_dots()[:7]
        ]
    return [(edge + x * scale, edge + y * scale, radius * scale * 1.05) for x, y, radius in mark_dots()]


def svg(ground: bool) -> str:
    """The drawing as text; without its ground it takes the colour of the text around it."""
    fill = DOTS if ground else "currentColor"
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">']
    if ground:
        lines.append(f'  <rect width="{SIDE}" height="{SIDE}" rx="{CORNER}" fill="{GROUND}"/>')
    lines.append(f'  <g fill="{fill}">')
    lines += [f'    <circle cx="{x:.2f}" cy="{y:.2f}" r="{r:.2f}"/>' for x, y, r in dots(simple=not ground)]
    return "\n".join([*lines, "  </g>", "</svg>", ""])


def png(size_px: int) -> QImage:
    """The drawing at one size."""
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size_px / SIDE, size_px / SIDE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(GROUND))
    painter.drawRoundedRect(QRectF(0, 0, SIDE, SIDE), CORNER, CORNER)
    painter.setBrush(QColor(DOTS))
    for x, y, radius in dots(simple=size_px < SIMPLE_BELOW_PX):
        painter.drawEllipse(QPointF(x, y), radius, radius)
    painter.end()
    return image


def main() -> int:
    """Write all of them."""
    application = QGuiApplication([*sys.argv[:1], "-platform", "offscreen"])
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "matsession.svg").write_text(svg(ground=True), "utf-8")
    (FOLDER / "matsession-symbolic.svg").write_text(svg(ground=False), "utf-8")
    for size_px in SIZES:
        png(size_px).save(str(FOLDER / f"matsession-{size_px}.png"))
    application.quit()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
