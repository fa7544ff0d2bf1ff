"""The report on paper: totals, calendar, time by area, ratings before and after, notes if wished."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, QIODevice, QLocale, QPointF, QSaveFile, Qt
from PySide6.QtGui import QColor, QPagedPaintDevice, QPdfWriter, QPen

from matsession.app import chart_words, history_words, report_words, texts
from matsession.app.report import Report, ScaleReport
from matsession.domain.errors import MatSessionError
from matsession.domain.guidance import RATING_MAX
from matsession.domain.statistics import CalendarDay, HeatLevel, Sums
from matsession.ui.paper.sheet import Sheet, paper_size
from matsession.ui.theme import LIGHT
from matsession.ui.widgets.heatmap import PITCH, draw_day

_RESOLUTION: Final = 1200
_WEEKS_ACROSS: Final = 44
_MOST_BANDS: Final = 3
"""Of the calendar; of a longer time the newest weeks."""
_CELL: Final = 9.6
"""From one dot to the next, in points, where all weeks that go side by side are there."""
_LARGE_CELL: Final = 14.0
_SCALE_HEAD_PT: Final = 64
"""Room for what stands around the sentences on a scale: title, count, axis, one row."""
_ROW_PT: Final = 17
"""An area's row below them."""


def write_pdf(report: Report, path: Path) -> int:
    """Write the report to ``path``, whole or not at all; how many pages. Raises MatSessionError."""
    file = QSaveFile(str(path))
    if not file.open(QIODevice.OpenModeFlag.WriteOnly):
        raise _failed(path, file.errorString())
    writer = QPdfWriter(file)
    writer.setResolution(_RESOLUTION)
    writer.setPageSize(paper_size(QLocale().name()))
    writer.setTitle(report_words.title())
    writer.setCreator("MatSession")
    writer.setAuthor(report.wish.name)
    try:
        pages = paint(report, writer)
    except OSError as error:
        file.cancelWriting()
        raise _failed(path, str(error)) from error
    if not file.commit():
        raise _failed(path, file.errorString())
    return pages


def _failed(path: Path, why: str) -> MatSessionError:
    advice = f"{path}: {why}. Choose another folder, or make room on the disk, and try again."
    return MatSessionError("The report could not be written.", advice)


def paint(report: Report, device: QPagedPaintDevice) -> int:
    """Paint it on any paper, a printer's too; how many pages. Raises OSError where there is none."""
    sheet = Sheet(device, f"{report_words.title()}, {report_words.stretch(report)}")
    if not sheet.begin():
        raise OSError("no paper to paint on")
    _head(sheet, report)
    _totals(sheet, report)
    if report.total.sessions:
        _calendar(sheet, report)
        _areas(sheet, report)
        whole = [_scale(sheet, scale) for scale in report.scales]
        if not all(whole):
            sheet.write(report_words.more_in_history(), 9, colour=LIGHT.text2)
    else:
        sheet.write(report_words.nothing())
    _notes(sheet, report)
    pages = sheet.pages
    if not sheet.end():
        raise OSError("the paper could not be finished")
    return pages


def _head(sheet: Sheet, report: Report) -> None:
    sheet.write(report_words.title(), 20, bold=True)
    if report.wish.name:
        sheet.write(report.wish.name, 13, bold=True)
    sheet.write(report_words.stretch(report), 12)
    sheet.write(report_words.made(report), 9, colour=LIGHT.text2)
    sheet.gap(4)
    sheet.write(report_words.no_medical_document(), 9, colour=LIGHT.text2)
    sheet.gap(8)
    sheet.rule()
    sheet.gap(10)


def _totals(sheet: Sheet, report: Report) -> None:
    totals = report_words.totals(report)
    for number, (figure, words) in enumerate(totals):
        x = number * sheet.width / len(totals)
        sheet.text_at(x, sheet.y, figure, 17 if len(figure) < 11 else 14, bold=True)
        sheet.text_at(x, sheet.y + 22, words, 9, colour=LIGHT.text2)
    sheet.gap(46)


def _title(sheet: Sheet, words: str, room: float) -> None:
    sheet.need(room)
    sheet.gap(6)
    sheet.write(words, 13, bold=True)
    sheet.gap(4)


def _calendar(sheet: Sheet, report: Report) -> None:
    """In bands of some forty weeks, one below the other."""
    first = report.wish.from_day - timedelta(days=report.wish.from_day.weekday())
    weeks = (report.wish.to_day - first).days // 7 + 1
    shown = min(weeks, _WEEKS_ACROSS * _MOST_BANDS)
    first += timedelta(days=7 * (weeks - shown))
    cell = max(_CELL, min(_LARGE_CELL, (sheet.width - 30) / shown))
    _title(sheet, texts.tr("Calendar"), 7 * cell + 60)
    for start in range(0, shown, _WEEKS_ACROSS):
        sheet.need(7 * cell + 22)
        _band(sheet, report, first + timedelta(days=7 * start), min(_WEEKS_ACROSS, shown - start), cell)
    _legend(sheet, cell)


def _band(sheet: Sheet, report: Report, first: date, weeks: int, cell: float) -> None:
    locale, left, top = QLocale(), 30.0, sheet.y + 13
    free_from = 0.0
    for row in (0, 2, 4, 6):
        name = locale.dayName(row + 1, QLocale.FormatType.ShortFormat)
        sheet.text_at(0, top + row * cell - 1, name, 7, colour=LIGHT.text2)
    for week in range(weeks):
        for row in range(7):
            day = first + timedelta(days=7 * week + row)
            x, y = left + (week + 0.5) * cell, top + (row + 0.5) * cell
            if (day.day == 1 or (week, row) == (0, 0)) and x > free_from:
                shown = QDate(day.year, day.month, 1)
                name = locale.toString(shown, "MMM yyyy" if day.month == 1 or not free_from else "MMM")
                free_from = sheet.text_at(left + week * cell, sheet.y, name, 7, colour=LIGHT.text2) + 6
            if report.wish.from_day <= day <= report.wish.to_day:
                mark = CalendarDay(day, report.days.get(day, Sums()), rest=False, ahead=False)
                draw_day(sheet.painter, QPointF(x, y), mark.level, cell / PITCH, LIGHT)
    sheet.gap(13 + 7 * cell + 6)


def _legend(sheet: Sheet, cell: float) -> None:
    x, y = 30.0, sheet.y + 5
    for level, words in (
        (HeatLevel.NONE, texts.tr("none")),
        (HeatLevel.UNDER_10, texts.tr("under 10")),
        (HeatLevel.FROM_10, texts.tr("10 to 19")),
        (HeatLevel.FROM_20, texts.tr("20 min or more")),
    ):
        draw_day(sheet.painter, QPointF(x + 5, y), level, cell / PITCH, LIGHT)
        x = sheet.text_at(x + 13, y - 5, words, 8, colour=LIGHT.text2) + 12
    sheet.gap(18)


def _areas(sheet: Sheet, report: Report) -> None:
    _title(sheet, texts.tr("Time per area"), 80)
    head = (texts.tr("Area"), texts.tr("Sessions"), texts.tr("Time"))
    rows = [
        (
            texts.area(each.area),
            history_words.whole_number(each.sums.sessions),
            history_words.time_spent(each.sums.minutes),
        )
        for each in report.areas
    ]
    sheet.table((sheet.width * 0.5, sheet.width * 0.25, sheet.width * 0.25), [head, *rows])
    sheet.gap(6)


def _scale(sheet: Sheet, scale: ScaleReport) -> bool:
    """The sentence with its caveat, then each area with enough ratings; whether all of it had room."""
    told = [
        sentence
        for sentence in (
            history_words.answer(scale.scale_id, scale.on_mat),
            history_words.important_change(scale.on_mat),
            history_words.without_mat(scale.without_mat),
        )
        if sentence
    ]
    room = _SCALE_HEAD_PT + sum(sheet.height_of(sentence) for sentence in told)
    if not sheet.fits(room):
        return False
    _title(
        sheet,
        texts.tr("{scale} before and after").format(scale=history_words.scale_name(scale.scale_id)),
        room,
    )
    sheet.write(history_words.rated(scale.on_mat), 9, colour=LIGHT.text2)
    for sentence in told:
        sheet.write(sentence)
    sheet.gap(4)
    compared = [each for each in scale.areas if each.change.average is not None]
    if compared:
        sheet.need(30)
        _axis(sheet)
    for each in compared:
        average = each.change.average
        assert average is not None
        if not sheet.fits(_ROW_PT):
            return False
        sheet.need(_ROW_PT)
        sheet.text_at(0, sheet.y + 1, texts.area(each.area), 9, width=sheet.width * 0.24)
        detail = chart_words.change_detail(each.change)
        sheet.text_at(
            sheet.width * 0.25, sheet.y + 1, detail, 8, colour=LIGHT.text2, width=sheet.width * 0.19
        )
        _marks(sheet, average.before, average.after)
        numbers = f"{history_words.number(average.before)} \u2192 {history_words.number(average.after)}"
        sheet.text_at(sheet.width, sheet.y + 1, numbers, 9, bold=True, right=True)
        sheet.gap(_ROW_PT)
    sheet.gap(4)
    return True


def _x(sheet: Sheet, rating: float) -> float:
    low, high = sheet.width * 0.46, sheet.width * 0.86
    return low + (high - low) * rating / RATING_MAX


def _axis(sheet: Sheet) -> None:
    for tick in range(0, RATING_MAX + 1, 2):
        sheet.text_at(_x(sheet, tick) + 3, sheet.y, str(tick), 7, colour=LIGHT.text2, right=True)
    sheet.gap(11)


def _marks(sheet: Sheet, before: float, after: float) -> None:
    painter, y = sheet.painter, sheet.y + 7
    painter.setPen(QPen(QColor(LIGHT.border), 0.6))
    painter.drawLine(QPointF(_x(sheet, 0), y), QPointF(_x(sheet, RATING_MAX), y))
    start, end = QPointF(_x(sheet, before), y), QPointF(_x(sheet, after), y)
    painter.setPen(QPen(QColor(LIGHT.text2), 1.4))
    painter.drawLine(start, end)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    painter.drawEllipse(end, 3.6, 3.6)
    painter.setPen(QPen(QColor(LIGHT.before), 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush if abs(start.x() - end.x()) < 3 else QColor(LIGHT.surface))
    painter.drawEllipse(start, 3.2, 3.2)


def _notes(sheet: Sheet, report: Report) -> None:
    """The newest that have room, and how many have none."""
    if not report.notes:
        return
    written = 0
    if sheet.fits(60):
        _title(sheet, texts.tr("Notes"), 60)
        for note in report.notes:
            day, clock = report_words.day(note.started_at.date()), texts.time_of_day(note.started_at)
            head = f"{day}, {clock}, {note.preset_name}"
            if not sheet.fits(sheet.height_of(head, 8, bold=True) + sheet.height_of(note.text, 9)):
                break
            sheet.need(26)
            sheet.write(head, 8, bold=True, colour=LIGHT.text2)
            sheet.write(note.text, 9)
            sheet.gap(3)
            written += 1
    left_out = report.notes_left_out + len(report.notes) - written
    if left_out:
        sheet.write(report_words.notes_left_out(left_out), 9, colour=LIGHT.text2)
