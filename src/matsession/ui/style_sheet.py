"""The one style sheet: what the palette alone cannot say about stock widgets.

Widgets that need more (buttons, ring, lists, scales) paint themselves.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matsession.ui.theme import Tokens


def style_sheet(colours: "Tokens", scale: float) -> str:
    """The style sheet for these colours; ``scale`` is 1 where the system font has 14 pixels."""

    def pixels(design_px: float) -> int:
        return max(1, round(design_px * scale))

    def px(design_px: float) -> str:
        return f"{pixels(design_px)}px"

    line = px(1)
    ring = px(2)
    # What the sheet calls height leaves the edges out: with a wider edge a field would grow by it.
    height = f"{pixels(36) - 2 * pixels(1)}px"
    height_ringed = f"{pixels(36) - 2 * pixels(2)}px"
    edge = f"{ring} solid {colours.accent};"
    soft_edges = f"border-top: {edge} border-bottom: {edge}" if colours.soft_outlined else ""
    return f"""
QToolTip {{
    background: {colours.tooltip}; color: {colours.on_tooltip};
    border: {line} solid {colours.on_tooltip}; padding: {px(4)};
}}
QLabel[tone="text2"] {{ color: {colours.text2}; }}
QLabel[tone="text3"] {{ color: {colours.text3}; }}
QLabel[tone="before"] {{ color: {colours.before}; }}
QLabel[tone="on_soft"] {{ color: {colours.on_soft}; }}
QLabel[tone="on_tooltip"] {{ color: {colours.on_tooltip}; }}
QLabel[tone="danger"] {{ color: {colours.danger}; }}
QLabel[tone="warn"] {{ color: {colours.warn}; }}
QGroupBox {{ border: none; margin: 0; padding: 0; }}
QScrollArea, QWidget#ScrolledPage, QWidget#PageArea {{ background: transparent; border: none; }}
QWidget#Navigation {{ background: {colours.nav}; border-right: {line} solid {colours.border}; }}
QWidget#Navigation[across="true"] {{ border-right: none; border-bottom: {line} solid {colours.border}; }}
QWidget#Footer {{ background: {colours.bg}; border-top: {line} solid {colours.border}; }}
QFrame#Rule {{ background: {colours.border}; border: none; max-height: {line}; min-height: {line}; }}
QListView, QTableView {{
    background: transparent; border: none; outline: none; color: {colours.text};
    selection-background-color: {colours.accent_soft}; selection-color: {colours.on_soft};
}}
QTableView {{
    background: {colours.surface}; border: {line} solid {colours.border}; border-radius: {px(14)};
    gridline-color: {colours.border}; padding: {px(4)};
}}
QTableView:focus {{ border: {ring} solid {colours.focus}; }}
QTableView::item {{
    padding-left: {px(5)}; padding-right: {px(5)}; border-bottom: {line} solid {colours.border};
}}
QTableView::item:selected {{
    background: {colours.accent_soft}; color: {colours.on_soft};
    {soft_edges}
}}
QTableView#Chart, QTableView#Chart:focus {{
    background: transparent; border: none; border-radius: 0; padding: 0;
}}
QTableView#Chart::item {{ padding: 0; border: none; }}
QHeaderView {{ background: transparent; }}
QHeaderView::section {{
    background: transparent; color: {colours.text2}; border: none;
    border-bottom: {line} solid {colours.border}; padding: {px(8)}; font-weight: 600;
}}
QPlainTextEdit {{
    background: {colours.surface}; color: {colours.text}; border: {line} solid {colours.control};
    border-radius: {px(10)}; padding: {px(6)};
}}
QPlainTextEdit:focus {{ border: {ring} solid {colours.focus}; padding: {px(5)}; }}
QPlainTextEdit[error="true"] {{ border: {ring} solid {colours.danger}; padding: {px(5)}; }}
QLineEdit, QDateTimeEdit, QSpinBox {{
    background: {colours.surface}; color: {colours.text}; border: {line} solid {colours.control};
    border-radius: {px(10)}; padding: 0; min-height: {height}; max-height: {height};
}}
QLineEdit, QTimeEdit {{ padding: 0 {px(10)}; }}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {colours.text3}; }}
QLineEdit:focus, QDateTimeEdit:focus, QSpinBox:focus {{
    border: {ring} solid {colours.focus}; min-height: {height_ringed}; max-height: {height_ringed};
}}
QLineEdit:disabled, QDateTimeEdit:disabled, QSpinBox:disabled {{
    background: {colours.sunken}; color: {colours.disabled}; border-color: {colours.border};
}}
QLineEdit[error="true"], QDateTimeEdit[error="true"], QSpinBox[error="true"] {{
    border: {ring} solid {colours.danger}; min-height: {height_ringed}; max-height: {height_ringed};
}}
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {{
    background: transparent; border: none; padding: 0; min-height: 0; max-height: {height};
}}
QDateTimeEdit::up-button {{
    subcontrol-origin: padding; subcontrol-position: center right; width: 1px; border: none;
}}
QDateTimeEdit::down-button {{
    subcontrol-origin: padding; subcontrol-position: center left; width: 1px; border: none;
}}
QDateTimeEdit::up-arrow, QDateTimeEdit::down-arrow {{ image: none; width: 0; height: 0; }}
QTimeEdit::up-button, QTimeEdit::down-button {{
    subcontrol-origin: padding; subcontrol-position: center right; width: 0; border: none;
}}
QSpinBox::up-button, QSpinBox::down-button {{
    subcontrol-origin: padding; width: {px(30)}; border: none; background: transparent;
}}
QSpinBox::up-button {{ subcontrol-position: center right; height: {px(34)}; }}
QSpinBox::down-button {{ subcontrol-position: center left; height: {px(34)}; }}
QSpinBox::up-button:hover, QSpinBox::down-button:hover {{ background: {colours.hover}; }}
QSpinBox::up-arrow, QSpinBox::down-arrow {{ image: none; width: 0; height: 0; }}
QProgressBar {{
    background: {colours.sunken}; border: {line} solid {colours.control}; border-radius: {px(5)};
}}
QProgressBar::chunk {{ background: {colours.accent}; border-radius: {px(4)}; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}; margin: 0; }}
QScrollBar::handle:vertical {{
    background: {colours.control}; border-radius: {px(4)}; margin: {px(2)}; min-height: {px(32)};
}}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}; margin: 0; }}
QScrollBar::handle:horizontal {{
    background: {colours.control}; border-radius: {px(4)}; margin: {px(2)}; min-width: {px(32)};
}}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
