"""A walk through every scene in a longer language: nothing is left in English, and nothing is cut off."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSize
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from matsession.main import Program
from tests.ui.reading import painted, painting_faults, told
from tests.ui.test_layout import faults
from tools.shots.pseudo_language import LONGER, PseudoLanguage, pseudo
from tools.shots.sample_history import left_open, sample_records
from tools.shots.scenes import SCENES, SOFT_MAT
from tools.shots.stage import Stage
from tools.shots.stand_ins import BUILT_IN, HEADSET, QuietSpeech

KEYS = re.compile(r"\b(Ctrl|Alt|Shift)\+\w+")
LETTER = re.compile("[A-Za-z]")
CUT_OFF = "…"
MAY_BREAK = "\u200b"
"""Where the line of a path may end."""
ELIDES = {"StepRow", "SessionTable", "Choice", "SettingChoice", "ScaleChoice"}
"""They end in three dots what has no room, by design: the tooltip of a row or of a cell has the whole of it,
or the list that drops down. All others wrap."""
FRIEND = "from-a-friend.toml: step 3, mode: 'elastik' is not known; the nearest is 'elastic'."
TYPED = {
    "history-filtered": {"prickly"},
    "history-no-match": {"nowhere to be found"},
    "history-import": {
        "sessions.csv",
        'rating_before: "11" is not a whole number from 0 to 10, or empty.',
    },
    "mats-deleted": {SOFT_MAT.name},
    "mats-editor": {"many"},
    "presets-deleted": {"Feet"},
    "presets-refused": {f"{FRIEND} Allowed: fixed, elastic."},
    "reminders-deleted": {"Weekend morning"},
}
"""What a scene types or deletes, and what it makes the program say of a mistake in a file, which is told in
the language of the keys of the file. In no other scene is it let through."""
SIZES = (QSize(1100, 760), QSize(840, 640), QSize(420, 640))
WIDER = {"history-sessions": (QSize(1600, 900),)}
"""What shows its columns in this language only where it is wider: else nobody would read their heads."""


@pytest.fixture
def pseudo_language(surroundings: None, qapp: QApplication) -> Iterator[None]:
    """All words of the program in the language that nobody speaks."""
    language = PseudoLanguage()
    qapp.installTranslator(language)
    yield
    qapp.removeTranslator(language)


def names(program: Program) -> set[str]:
    """What is not the program's own to translate: names and texts of presets, devices, voices, the person."""
    found = {"MatSession", "Qt Multimedia", BUILT_IN.name, HEADSET.name, str(program.folders.history_file)}
    for preset in program.presets.presets:
        found |= {preset.name, preset.summary, preset.after, *preset.setup, *preset.cautions}
        found |= {preset.best_time, preset.honest_note, preset.vendor_claim}
        found |= {text for step in preset.steps for text in (step.name, step.show, step.say)}
    guidance = program.presets.guidance
    found |= {text for caution in guidance.cautions for text in (caution.title, caution.text)}
    found |= {
        text for each in guidance.scales for text in (each.question, each.low, each.high, each.validated)
    }
    found |= {*guidance.check_in_lines, *guidance.stop_signs, guidance.end_show}
    found |= {each.name for each in guidance.breathing} | {*program.programme.programme.rules}
    found |= {day.note for day in program.programme.programme.days}
    found |= known_texts(program)
    for mat in program.mats.mats:
        found |= {mat.name, mat.maker}
    for sold in program.mats.catalogue:
        found |= {sold.name, sold.note}
    # A mistake in a file is told in the language of the file's own keys.
    found |= {*program.presets.problems, *program.preferences.problems}
    found |= {*program.reminding.parts.book.problems}
    found |= {text for voice in QuietSpeech.VOICES for text in (voice.name, f"({voice.language}")}
    for record in (left_open(), *sample_records()):
        found |= {record.preset_name, record.note}
    locale = QLocale()
    for length in (QLocale.FormatType.ShortFormat, QLocale.FormatType.LongFormat):
        found |= {locale.dayName(day, length) for day in range(1, 8)}
        found |= {locale.monthName(month, length) for month in range(1, 13)}
    found |= typed(program)
    return found


def in_order(texts: set[str]) -> list[str]:
    """The longest first: a short one may be a part of it."""
    return sorted(texts - {""}, key=len, reverse=True)


def typed(program: Program) -> set[str]:
    """What a person wrote, and what the system calls itself."""
    found = {
        QApplication.platformName(),
        str(program.folders.data),
        str(program.folders.config),
        program.preferences.settings.report_name,
    }
    found |= {each.name for each in program.reminding.parts.book.reminders}
    book = program.preset_book
    draft = book.editing.draft if book is not None else None
    if draft is not None:
        found |= {draft.name, draft.summary, *(each.name for each in draft.steps)}
    return found


def known_texts(program: Program) -> set[str]:
    """What is known of mats and needles, and the sources: as other texts of the program's files."""
    evidence = program.evidence()
    found = {evidence.introduction, evidence.never}
    for study in evidence.studies:
        found |= {text for text in study if isinstance(text, str)}
    for said in evidence.statements:
        found |= {said.title, said.text, said.line, *said.quotes}
    for section in (*evidence.sections, *evidence.urgent):
        found |= {section.title, section.text}
        found |= {text for point in section.points for text in (point.title, point.text, *point.quotes)}
    found |= {text for source in evidence.sources for text in (source.title, source.url)}
    return found


def in_english(text: str, known: Sequence[str]) -> bool:
    """Whether there is a letter without an accent in ``text`` that is in none of the ``known`` names."""
    text = KEYS.sub("", text.replace(MAY_BREAK, ""))
    for name in known:
        if LETTER.search(text) is None:
            return False
        text = text.replace(name, "")
    return LETTER.search(text) is not None


def one_line(text: str) -> str:
    """Without line breaks, which the width of a window decides."""
    return " ".join(text.split())


def complaints(stage: Stage, known: Sequence[str], sizes: Sequence[QSize]) -> Iterator[str]:
    """What is wrong with the windows of a scene, in windows that are ever narrower."""
    for size in sizes:
        stage.windows()[0].resize(size)
        stage.settle()
        for window in stage.windows():
            yield from (f"{size.width()} wide: {fault}" for fault in faults(window))
            yield from (f"{size.width()} wide: {fault}" for fault in painting_faults(window))
            yield from (f"{size.width()} wide: {text}" for text in left_in_english(window, known))


def left_in_english(window: QWidget, known: Sequence[str]) -> Iterator[str]:
    """Texts that are not translated, or end in three dots for want of room."""
    read = {(where, one_line(text)) for where, text in told(window)}
    for where, text in read:
        if in_english(text, known):
            yield f"{where} is not translated: {text}"
    whole = [text for _, text in read] + list(known)
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window:
            continue
        for piece in painted(widget):
            if any(piece.text in text for text in whole):
                continue
            kind = kind_of(widget)
            begun = piece.text.removesuffix(CUT_OFF).rstrip()
            if piece.text.endswith(CUT_OFF) and kind in ELIDES and any(begun in text for text in whole):
                continue
            if in_english(piece.text, known):
                yield f"{kind} paints untranslated: {piece.text}"
            if CUT_OFF in piece.text:
                yield f"{kind}, cut off: {piece.text}"


def kind_of(widget: QWidget) -> str:
    """What it is called; what an area scrolls has the name of the area."""
    area = widget.parentWidget()
    of_area = isinstance(area, QAbstractScrollArea) and area.viewport() is widget
    return type(area if of_area else widget).__name__


@pytest.mark.expects_log("history not saved")
def test_every_scene_speaks_another_language(
    pseudo_language: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each text to be seen or heard is translated, and has its room though it is a third longer."""
    heard: list[str] = []
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: heard.append(getattr(event, "message", str)())
    )
    found: list[str] = []
    for scene in SCENES:
        stage = Stage(tmp_path / scene.name, SIZES[0], tmp_path / "sample.sqlite3")
        try:
            scene.drive(stage)
            known = in_order({*names(stage.program), *TYPED.get(scene.name, ())})
            of_scene = [*complaints(stage, known, (*WIDER.get(scene.name, ()), *SIZES))]
            of_scene += [f"said in English: {text}" for text in heard if in_english(text, known)]
        finally:
            stage.close()
        found += [f"{scene.name}, {each}" for each in of_scene]
        heard.clear()
    assert not found, "\n".join(found)


def test_the_language_is_longer_and_keeps_what_is_filled_in() -> None:
    """Each word grows, with placeholders, signs and numbers where they were."""
    assert pseudo("Session") == "[Šéššîöñ~~~]"
    assert pseudo("{done} of %n, 30 s") == "[{done} öƒ~ %n, 30 š~]"
    sentence = "Roll to one side, clear of the mat, and sit for a few breaths before you stand."
    letters = sum(map(str.isalpha, sentence))
    assert round(LONGER * letters) <= pseudo(sentence).count("~") <= round(LONGER * letters) + 1


def test_an_english_word_is_found() -> None:
    """The walk would be worth nothing if it let one pass."""
    assert in_english("[Šţàŕţ~~] now", ["Lower back"])
    assert not in_english("[Šţàŕţ~~] Lower back (Ctrl+1) 10", ["Lower back"])
