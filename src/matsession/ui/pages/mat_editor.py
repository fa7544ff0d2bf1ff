"""The card in which a mat is described. It knows what is on it; the page keeps it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from PySide6.QtCore import QLocale, Qt, Signal, Slot
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import mat_words, texts
from matsession.app.mat_shelf import MatShelf
from matsession.domain.errors import MatSessionError
from matsession.domain.mat import (
    MAKER_MAX,
    NAME_MAX,
    CatalogueMat,
    LengthUnit,
    Mat,
    MatError,
    from_unit,
)
from matsession.ui.announce import announce
from matsession.ui.theme import TextStyle, u
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.choice import Choice
from matsession.ui.widgets.field import Field, TextField
from matsession.ui.widgets.file_dialogs import ask_which
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Heading, Label
from matsession.ui.widgets.mat_card import MatPhoto
from matsession.ui.widgets.segment import Segment
from matsession.ui.widgets.tool_row import ToolRow

_PHOTO = 96
_KNOWN: Final = (None, False, True)
"""What a choice of three stands for: not known, no, yes."""
_BETWEEN_THOUSANDS: Final = " .,'\u00a0\u202f\u2019\u066c"
"""What people write there, the narrow space, the apostrophe and the Arabic sign among it."""


_T = TypeVar("_T")


class _FilledIn(NamedTuple):
    """What the catalogue wrote into a field, and what the person had there before."""

    written: object
    before: object


class MatEditor(Card):
    """Fields from top to bottom, and what to do with them. What is left empty is not known."""

    save_requested = Signal(object)
    """The ``Mat`` as it is on the card."""
    cancel_requested = Signal()
    delete_requested = Signal(str)

    def __init__(self, shelf: MatShelf, parent: QWidget | None = None) -> None:
        """Offer the catalogue of ``shelf``; it also keeps the photos."""
        super().__init__(texts.tr("Mat"), parent)
        self._shelf = shelf
        self._unit = LengthUnit.CENTIMETRES
        self._shown: Mat | None = None
        self._new = False
        self._picture: Path | None = None
        self._photo_name = ""
        self._filled_in: dict[str, _FilledIn] = {}
        self._build()
        self._connect()

    def _build(self) -> None:
        self._title = Heading(style=TextStyle.H3)
        self._from = Choice(texts.tr("Fill in from a mat that is sold"))
        self._about = Label(style=TextStyle.CAPTION, tone="text2")
        self._name = TextField(texts.tr("Name"))
        self._name.setMaxLength(NAME_MAX)
        self._maker = TextField(texts.tr("Maker"))
        self._maker.setMaxLength(MAKER_MAX)
        self._length = TextField(texts.tr("Length"))
        self._width = TextField(texts.tr("Width"))
        self._points = TextField(texts.tr("Number of points"))
        self._rigid = Segment(
            texts.tr("How hard it is"), [texts.tr("Not known"), texts.tr("Soft"), texts.tr("Rigid")]
        )
        self._pillow = Segment(
            texts.tr("Pillow with points"), [texts.tr("Not known"), texts.tr("No"), texts.tr("Yes")]
        )
        self._fields = {
            "name": Field(texts.tr("Name"), self._name),
            "maker": Field(texts.tr("Maker"), self._maker),
            "length_mm": Field(texts.tr("Length"), self._length),
            "width_mm": Field(texts.tr("Width"), self._width),
            "points": Field(texts.tr("Number of points"), self._points),
        }
        self._unit_words = Label(style=TextStyle.CAPTION, tone="text3")
        self._density = Label(style=TextStyle.CAPTION, tone="text2")
        self._photo = MatPhoto(_PHOTO)
        self._choose = Button(texts.tr("Choose a picture"), ButtonKind.SECONDARY, small=True)
        self._no_photo = Button(texts.tr("Remove picture"), ButtonKind.QUIET, small=True)
        self._photo_error = Label(style=TextStyle.CAPTION, tone="danger")
        self._save = Button(texts.tr("Save"), ButtonKind.PRIMARY)
        self._cancel = Button(texts.tr("Cancel"), ButtonKind.QUIET)
        self._delete = Button(texts.tr("Delete"), ButtonKind.SECONDARY)
        column = self.column
        column.setSpacing(u(12))
        column.addWidget(self._title)
        column.addLayout(_named(texts.tr("Fill in from a mat that is sold"), self._from))
        column.addWidget(self._about)
        column.addWidget(self._fields["name"])
        column.addWidget(self._fields["maker"])
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(u(12))
        self._sides.addWidget(self._fields["length_mm"])
        self._sides.addWidget(self._fields["width_mm"])
        column.addLayout(self._sides)
        column.addWidget(self._unit_words)
        column.addWidget(self._fields["points"])
        column.addWidget(self._density)
        column.addLayout(_named(texts.tr("How hard it is"), self._rigid, stretched=False))
        column.addLayout(_named(texts.tr("Pillow with points"), self._pillow, stretched=False))
        photo = QHBoxLayout()
        photo.setSpacing(u(14))
        photo.addWidget(self._photo)
        photo.addWidget(Flow(self._choose, self._no_photo, gap_px=4), 1)
        column.addLayout(photo)
        column.addWidget(self._photo_error)
        self._tools = ToolRow(self._save, self._cancel, self._delete)
        column.addWidget(self._tools)

    def _connect(self) -> None:
        self._from.activated.connect(self._on_from_activated)
        for field in (self._name, self._maker, self._length, self._width, self._points):
            field.returnPressed.connect(self._on_save_clicked)
        for field in (self._length, self._width, self._points):
            field.textChanged.connect(self._tell_density)
        self._choose.clicked.connect(self._on_choose_clicked)
        self._no_photo.clicked.connect(self._on_no_photo_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._cancel.clicked.connect(self.cancel_requested)
        self._delete.clicked.connect(self._on_delete_clicked)

    # -- what is on it ---------------------------------------------------------------------------------

    def show_mat(self, mat: Mat | None, unit: LengthUnit) -> None:
        """Take this one up, or a new one; sizes are told in ``unit``."""
        self._shown, self._new, self._unit = mat, mat is None, unit
        self._title.setText(texts.tr("New mat") if mat is None else mat.name)
        self._delete.setVisible(mat is not None)
        self._from.clear()
        self._from.addItem(texts.tr("Nothing: I fill it in myself"), None)
        for each in self._shelf.catalogue:
            self._from.addItem(each.name, each.id)
        self._filled_in.clear()
        self._tell_about(None)
        self._name.setText(mat.name if mat else "")
        self._maker.setText(mat.maker if mat else "")
        self._show_facts(
            mat.length_mm if mat else None,
            mat.width_mm if mat else None,
            mat.points if mat else None,
            mat.rigid if mat else None,
            mat.pillow if mat else None,
        )
        words = texts.tr("In {unit}. What you leave empty is not known.")
        self._unit_words.setText(words.format(unit=mat_words.unit(unit)))
        self._picture = None
        self._photo_name = mat.photo if mat else ""
        self._tell_photo("")
        self._tell_errors(None)

    @property
    def shown_id(self) -> str | None:
        """The id of the mat that is on it; None for a new one."""
        return self._shown.id if self._shown is not None else None

    @property
    def changed(self) -> bool:
        """Whether there is something on it that is not kept."""
        try:
            made = self._mat()
        except MatError:
            return True
        if self._shown is None:
            return True
        # A side that was told in the other unit comes back rounded: as it stands on the card.
        same = _as_shown(made, self._unit) == _as_shown(self._shown, self._unit)
        return self._picture is not None or not same

    def focus_first(self) -> None:
        """Begin at what fills the form in, or at the name."""
        (self._from if self._new else self._name).setFocus(Qt.FocusReason.OtherFocusReason)

    def set_narrow(self, narrow: bool) -> None:
        """Fields and buttons below each other."""
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if narrow else right)
        self._tools.set_narrow(narrow)
        edge = u(12 if narrow else 20)
        self.column.setContentsMargins(edge, edge, edge, edge)

    def tell_error(self, sentence: str) -> None:
        """What stands in the way of leaving it, or of the picture."""
        self._photo_error.setText(sentence)
        self._photo_error.setVisible(bool(sentence))
        if sentence:
            announce(self, sentence)

    # -- inside ----------------------------------------------------------------------------------------

    def _show_facts(
        self,
        length_mm: float | None,
        width_mm: float | None,
        points: int | None,
        rigid: bool | None,
        pillow: bool | None,
    ) -> None:
        self._length.setText(mat_words.side(length_mm, self._unit))
        self._width.setText(mat_words.side(width_mm, self._unit))
        self._points.setText("" if points is None else str(points))
        self._rigid.show_chosen(_KNOWN.index(rigid))
        self._pillow.show_chosen(_KNOWN.index(pillow))
        self._tell_density()

    def _fill_text(self, name: str, field: TextField, known: str) -> None:
        self._fill(name, field.text(), known or None, field.setText)

    def _fill_choice(self, name: str, choice: Segment, known: bool | None) -> None:
        index = None if known is None else _KNOWN.index(known)
        self._fill(name, choice.chosen(), index, choice.show_chosen)

    def _fill(self, name: str, now: _T, known: _T | None, write: Callable[[_T], None]) -> None:
        """Write what the catalogue knows. What it does not know takes nothing away that a person wrote."""
        filled = self._filled_in.pop(name, None)
        untouched = filled is not None and filled.written == now
        before = filled.before if filled is not None and untouched else now
        if known is not None:
            self._filled_in[name] = _FilledIn(known, before)
            write(known)
        elif untouched:
            write(before)  # type: ignore[arg-type]  # it was read from this field

    def _written(self, name: str) -> object:
        """What the catalogue wrote into this field last, or None."""
        filled = self._filled_in.get(name)
        return filled.written if filled is not None else None

    def _mat(self) -> Mat:
        """As it is on the card, with the photo it had. Raises MatError."""
        name = self._name.text().strip()
        return Mat(
            id=self._shown.id if self._shown is not None else self._shelf.free_id(name),
            name=name,
            maker=self._maker.text().strip(),
            length_mm=self._side("length_mm", self._length),
            width_mm=self._side("width_mm", self._width),
            points=self._whole("points", self._points),
            rigid=_KNOWN[self._rigid.chosen()],
            pillow=_KNOWN[self._pillow.chosen()],
            photo=self._photo_name,
        )

    def _side(self, name: str, field: TextField) -> float | None:
        text = field.text().strip()
        if not text:
            return None
        before = getattr(self._shown, name) if self._shown is not None else None
        if before is not None and text == mat_words.side(before, self._unit):
            return float(before)  # not touched: told in the other unit it would come back rounded
        value = _number(text)
        if value is None or not 0 < value < 10_000:
            raise MatError(name, "is no number")
        return from_unit(value, self._unit)

    def _whole(self, name: str, field: TextField) -> int | None:
        text = field.text().strip()
        if not text:
            return None
        digits = "".join(letter for letter in text if letter not in _BETWEEN_THOUSANDS)
        if not digits.isdecimal() or len(digits) > 9:
            raise MatError(name, "is no whole number")
        return int(digits)

    def _tell_errors(self, error: MatError | None) -> None:
        where, sentence = mat_words.refused(error) if error is not None else ("", "")
        for name, field in self._fields.items():
            field.tell(sentence if name == where else "")
        if where in self._fields:
            announce(self, sentence)
            self._fields[where].control.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_about(self, mat: CatalogueMat | None) -> None:
        words = texts.tr("An entry only fills the form in. Your mat's leaflet comes first.")
        if mat is not None:
            source = texts.tr("{name}: {origin}.").format(name=mat.name, origin=mat_words.origin(mat))
            words = " ".join(filter(None, (source, mat.note, words)))
        self._about.setText(words)

    def _tell_photo(self, error: str) -> None:
        kept = self._shelf.photo_folder / self._photo_name if self._photo_name else None
        path = self._picture or (kept if kept is not None and kept.is_file() else None)
        self._photo.show_photo(path)
        self._no_photo.setVisible(path is not None)
        self.tell_error(error)

    @Slot()
    def _tell_density(self) -> None:
        try:
            length, width = self._side("length_mm", self._length), self._side("width_mm", self._width)
            points = self._whole("points", self._points)
        except MatError:
            length = width = points = None
        self._density.setText(mat_words.density(length, width, points, self._unit))

    # -- what a person does ------------------------------------------------------------------------------

    @Slot(int)
    def _on_from_activated(self, _index: int) -> None:
        wanted = self._from.currentData()
        mat = next((each for each in self._shelf.catalogue if each.id == wanted), None)
        self._tell_about(mat)
        if mat is None:
            return
        name = self._name.text()
        if not name.strip() or name == self._written("name"):
            self._fill_text("name", self._name, mat.name[:NAME_MAX])
        self._fill_text("length_mm", self._length, mat_words.side(mat.length_mm, self._unit))
        self._fill_text("width_mm", self._width, mat_words.side(mat.width_mm, self._unit))
        self._fill_text("points", self._points, "" if mat.points is None else str(mat.points))
        self._fill_choice("rigid", self._rigid, mat.rigid)
        self._fill_choice("pillow", self._pillow, mat.pillow)
        announce(self, self._about.text())

    @Slot()
    def _on_choose_clicked(self) -> None:
        kinds = (texts.tr("Pictures: {patterns}").format(patterns="*.jpg *.jpeg *.png *.webp *.bmp *.gif"),)
        ask_which(self, texts.tr("Choose a picture of your mat"), kinds).fileSelected.connect(
            self.take_picture
        )

    @Slot(str)
    def take_picture(self, path: str) -> None:
        """Use this file as the photo; it is copied when the mat is saved."""
        self._picture = Path(path)
        self._tell_photo("")

    @Slot()
    def _on_no_photo_clicked(self) -> None:
        self._picture, self._photo_name = None, ""
        self._tell_photo("")
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_save_clicked(self) -> None:
        try:
            mat = self._mat()
        except MatError as error:
            self._tell_errors(error)
            return
        self._tell_errors(None)
        if self._picture is not None:
            try:
                mat = self._shelf.with_photo(mat, self._picture)
            except MatSessionError as error:
                self._picture = None
                self._tell_photo(" ".join(texts.error(error)).strip())
                return
        self.save_requested.emit(mat)

    @Slot()
    def _on_delete_clicked(self) -> None:
        if self._shown is not None:
            self.delete_requested.emit(self._shown.id)


def _as_shown(mat: Mat, unit: LengthUnit) -> tuple[object, ...]:
    sides = (mat_words.side(mat.length_mm, unit), mat_words.side(mat.width_mm, unit))
    return (*sides, replace(mat, length_mm=None, width_mm=None))


def _number(text: str) -> float | None:
    """With a comma or a point, as people write it, or in the digits and signs of the person's language."""
    value, right = QLocale.c().toDouble(text.replace(",", "."))
    if not right:
        value, right = QLocale().toDouble(text)
    return value if right else None


def _named(name: str, control: QWidget, *, stretched: bool = True) -> QVBoxLayout:
    """A control under its name."""
    column = QVBoxLayout()
    column.setSpacing(u(4))
    label = Label(name, TextStyle.LABEL)
    label.setBuddy(control)
    column.addWidget(label)
    if stretched:
        column.addWidget(control)
    else:
        column.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
    return column
