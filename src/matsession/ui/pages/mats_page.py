"""The page of the person's mats: a list, and an editor beside it or in its place."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from matsession.app import mat_words, texts
from matsession.app.mat_shelf import MatShelf
from matsession.app.setting_changes import SettingChanges
from matsession.domain.errors import MatSessionError
from matsession.domain.mat import LengthUnit, Mat
from matsession.ui.announce import announce
from matsession.ui.drawing import Sign
from matsession.ui.pages.mat_editor import MatEditor
from matsession.ui.pages.mats_settings import chosen_unit
from matsession.ui.theme import TextStyle, em, u
from matsession.ui.toaster import Notice
from matsession.ui.widgets.banner import Banner, BannerKind
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.label import Label
from matsession.ui.widgets.list_and_editor import ListAndEditor
from matsession.ui.widgets.mat_card import MatCard
from matsession.ui.widgets.setting_choice import SettingChoice
from matsession.ui.widgets.setting_row import SettingRow
from matsession.ui.widgets.sub_page import SubPage

_TIGHT_EM = 24
_EDITOR = 400


class MatsPage(SubPage):
    """Everything is kept when Save is pressed; the mat in use at once."""

    notice_wished = Signal(object)
    """A ``toaster.Notice``: what was done, in passing."""

    def __init__(self, shelf: MatShelf, changes: SettingChanges, parent: QWidget | None = None) -> None:
        """Show and change what is on ``shelf``; ``changes`` know the unit of sizes."""
        super().__init__(
            texts.tr("Back to Settings"),
            texts.tr("My mats"),
            texts.tr("The mat in use is kept with each session. Your mat's leaflet comes first."),
            parent=parent,
        )
        self._shelf = shelf
        self._changes = changes
        self._cards: dict[str, MatCard] = {}
        self._build_parts()
        self._connect()
        self.refresh()

    def _build_parts(self) -> None:
        self._trouble = Banner(BannerKind.NOT_SAVED)
        self._problems = Banner(BannerKind.CAREFUL)
        self._empty = Label(texts.tr("No mats yet."), TextStyle.GUIDE)
        self._add = Button(texts.tr("Add a mat"), ButtonKind.SECONDARY, Sign.PLUS)
        self._use = SettingChoice(texts.tr("Mat in use"))
        self._use_row = SettingRow(texts.tr("Mat in use"), self._use)
        self._standing = Label(
            texts.tr(
                "This mat is rigid, so standing is hidden: the maker of a rigid mat says not to stand on it. "
                "To see standing sessions, press Show them anyway on the session page, or say here that it "
                "is soft."
            ),
            TextStyle.CAPTION,
            "text2",
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(u(8))
        entries = QWidget()
        left = QVBoxLayout(entries)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(u(12))
        left.addWidget(self._empty)
        left.addWidget(self._use_row)
        left.addLayout(self._list)
        left.addWidget(self._standing)
        add = QHBoxLayout()
        add.addWidget(self._add)
        add.addStretch(1)
        left.addLayout(add)
        left.addStretch(1)
        self._editor = MatEditor(self._shelf)
        self._columns = ListAndEditor(entries, self._editor, _EDITOR)
        self.column.addWidget(self._trouble)
        self.column.addWidget(self._problems)
        self.column.addWidget(self._columns, 1)

    def _connect(self) -> None:
        self._shelf.changed.connect(self.refresh)
        self._changes.preferences.changed.connect(self.refresh)
        self._add.clicked.connect(self._on_add_clicked)
        self._use.chosen.connect(self._on_use_chosen)
        self._columns.back_wished.connect(self._on_editor_cancel_requested)
        self._editor.save_requested.connect(self._on_editor_save_requested)
        self._editor.cancel_requested.connect(self._on_editor_cancel_requested)
        self._editor.delete_requested.connect(self._on_editor_delete_requested)

    def focus_first(self) -> None:
        """Begin at the first mat, or where one is added."""
        if self._editing and not self._columns.list_shown:
            self._editor.focus_first()
            return
        first: QWidget = next(iter(self._cards.values()), self._add)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def _editing(self) -> bool:
        return self._columns.editing

    @property
    def _unit(self) -> LengthUnit:
        return chosen_unit(self._changes)

    @Slot()
    def refresh(self) -> None:
        """Show what is on the shelf now."""
        mats, in_use = self._shelf.mats, self._shelf.in_use
        if [mat.id for mat in mats] != list(self._cards):
            self._make_cards()
        for mat in mats:
            facts = mat_words.facts(mat, self._unit)
            self._cards[mat.id].tell(mat, facts, self._shelf.photo_of(mat), in_use=mat == in_use)
        self._empty.setVisible(not mats)
        self._use_row.setVisible(len(mats) > 1)
        offered = [("", texts.tr("Not told")), *((mat.id, mat.name) for mat in mats)]
        self._use.offer(offered, in_use.id if in_use is not None else "")
        self._standing.setVisible(self._shelf.rigid)
        trouble = self._shelf.trouble
        self._trouble.tell(*(texts.error(trouble) if trouble else ("", "")))
        problems = self._shelf.problems
        title = texts.tr("Some of your mats could not be read.") if problems else ""
        self._problems.tell(title, " ".join(problems))
        shown = self._editor.shown_id
        if self._editing and shown is not None and self._shelf.find(shown) is None:
            self._close_editor()
        self._mark_open()

    def _make_cards(self) -> None:
        for card in self._cards.values():
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {}
        before: QWidget = self._use
        for mat in self._shelf.mats:
            card = MatCard(mat)
            card.chosen.connect(self._on_card_chosen)
            self._cards[mat.id] = card
            self._list.addWidget(card)
            card.show()  # else it could not take the keys before the next turn of the event loop
            QWidget.setTabOrder(before, card)
            before = card

    def _mark_open(self) -> None:
        for key, card in self._cards.items():
            card.show_open(self._editing and key == self._editor.shown_id)

    def _open_editor(self, mat: Mat | None) -> None:
        if self._editing and self._editor.changed and self._editor.shown_id != (mat.id if mat else None):
            self._editor.tell_error(texts.tr("Save or cancel these changes first."))
            self._editor.focus_first()
            return
        self._editor.show_mat(mat, self._unit)
        self._columns.show_editor(True)
        self._mark_open()
        self._editor.focus_first()

    def _close_editor(self) -> None:
        card = self._cards.get(self._editor.shown_id or "")
        self._columns.show_editor(False)
        self._mark_open()
        (card or self._add).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- room --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or one in the place of the other."""
        super().resizeEvent(event)
        self._editor.set_narrow(self.width() < _TIGHT_EM * em())
        self._columns.fit(self.width())

    # -- what a person does ------------------------------------------------------------------------------

    @Slot()
    def _on_add_clicked(self) -> None:
        self._open_editor(None)

    @Slot(str)
    def _on_card_chosen(self, mat_id: str) -> None:
        mat = self._shelf.find(mat_id)
        if mat is not None:
            self._open_editor(mat)

    @Slot(object)
    def _on_use_chosen(self, mat_id: str) -> None:
        self._shelf.use(mat_id)

    @Slot(object)
    def _on_editor_save_requested(self, mat: Mat) -> None:
        try:
            self._shelf.put(mat)
        except MatSessionError as error:
            self._editor.tell_error(" ".join(texts.error(error)).strip())
            return
        self._columns.show_editor(False)
        self._mark_open()
        card = self._cards.get(mat.id)
        if card is not None:
            card.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, texts.tr("Saved. {mat}").format(mat=mat_words.facts(mat, self._unit)))

    @Slot()
    def _on_editor_cancel_requested(self) -> None:
        self._close_editor()

    @Slot(str)
    def _on_editor_delete_requested(self, mat_id: str) -> None:
        self._columns.show_editor(False)
        gone = self._shelf.remove(mat_id)
        target = next(iter(self._cards.values()), None)
        (target or self._add).setFocus(Qt.FocusReason.OtherFocusReason)
        if gone is not None:
            told = texts.tr("Deleted: {name}. Your sessions keep its name.").format(name=gone.mat.name)
            self.notice_wished.emit(Notice(told, partial(self._shelf.restore, gone)))
