"""What would come of bringing a preset file in, before anything is changed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from matsession.app import preset_edit_words as words
from matsession.app import texts
from matsession.app.preset_book import Arrival
from matsession.ui.announce import announce
from matsession.ui.theme import TextStyle
from matsession.ui.widgets.button import Button, ButtonKind
from matsession.ui.widgets.card import Card
from matsession.ui.widgets.flow import Flow
from matsession.ui.widgets.label import Heading, Label


class ArrivalCard(Card):
    """Name, length and steps of what could be brought in, and what to do with it."""

    import_wished = Signal(object, bool)
    """The ``Arrival``, and whether it is to take the place of the own preset with its id."""
    left = Signal()
    """It is not wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin hidden."""
        super().__init__(texts.tr("Import"), parent)
        self._arrival: Arrival | None = None
        self.waiting = False
        """Whether something is shown that waits for an answer."""
        self._title = Heading(style=TextStyle.H3)
        self._fact = Label(tone="text2")
        self._steps = Label(style=TextStyle.CAPTION, tone="text2")
        self._care = Label(tone="warn")
        self._no_check = Label(words.no_check(), tone="warn")
        self._taken = Label()
        self._import = Button(texts.tr("Import"), ButtonKind.PRIMARY)
        self._replace = Button(texts.tr("Replace mine"), ButtonKind.SECONDARY)
        self._leave = Button(texts.tr("Do not import"), ButtonKind.QUIET)
        for each in (self._title, self._fact, self._steps, self._care, self._no_check, self._taken):
            self.column.addWidget(each)
        self._buttons = Flow(self._import, self._replace, self._leave, gap_px=4)
        self.column.addWidget(self._buttons)
        self._import.clicked.connect(self._on_import_clicked)
        self._replace.clicked.connect(self._on_replace_clicked)
        self._leave.clicked.connect(self.leave)

    def show_arrival(self, arrival: Arrival) -> None:
        """Tell what is in the file."""
        self._arrival = arrival
        preset = arrival.preset
        self._title.setText(texts.tr("Import {preset}?").format(preset=preset.name))
        fact = texts.tr("{area}. {fact}, from {shortest} to {longest}.")
        self._fact.setText(
            fact.format(
                area=texts.area(preset.area),
                fact=words.in_short(preset),
                shortest=texts.length(preset.min_total_s),
                longest=texts.length(preset.max_total_s),
            )
        )
        names = [f"{step.name} {texts.clock(step.seconds)}" for step in preset.steps]
        self._steps.setText(", ".join(names))
        self._care.setText(" ".join(preset.cautions))
        self._care.setVisible(bool(preset.cautions))
        self._no_check.setVisible(arrival.lacks_check)
        lacking = self._no_check.text() if arrival.lacks_check else ""
        taken = ""
        if arrival.own:
            taken = texts.tr("You have a preset with this id. Import it beside yours, or in its place.")
        elif arrival.taken:
            taken = texts.tr("A built-in preset has this id; it comes in beside it, as your own.")
        self._taken.setText(taken)
        self._taken.setVisible(bool(taken))
        self._import.setText(texts.tr("Import as a copy") if arrival.taken else texts.tr("Import"))
        self._replace.setVisible(arrival.own)
        self._buttons.arrange()
        self.waiting = True
        announce(self, " ".join(filter(None, (self._title.text(), self._fact.text(), lacking, taken))))

    def focus_first(self) -> None:
        """Begin at the answer that changes least."""
        self._import.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_import_clicked(self) -> None:
        self._done(replacing=False)

    @Slot()
    def _on_replace_clicked(self) -> None:
        self._done(replacing=True)

    def _done(self, *, replacing: bool) -> None:
        self.waiting = False
        self.import_wished.emit(self._arrival, replacing)

    @Slot()
    def leave(self) -> None:
        """It is not wanted."""
        self.waiting = False
        self.left.emit()
