"""Presets and history as tables for a person, and as values for JSON.

rich is imported where a table is made: it takes longer than all that JSON needs.
"""

import shutil
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from matsession.domain.preset import Preset
from matsession.domain.record import RowState, SessionRecord
from matsession.domain.suitability import Suitability, Verdict
from matsession.terminal.notation import write_length

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_WIDE = 110
"""From so many columns on there is room for what can also be read elsewhere."""

_CARE = {Verdict.ALLOWED: "", Verdict.CAUTIONED: "ask first", Verdict.HIDDEN: "hidden"}

_STATES = {
    RowState.OPEN: "under way",
    RowState.FINISHED: "finished",
    RowState.STOPPED: "ended early",
    RowState.INTERRUPTED: "interrupted",
}


def print_presets(presets: Sequence[Preset], judge: Callable[[Preset], Suitability], out: TextIO) -> None:
    """Every preset on a line of its own: what to type, what it is called, how long it may be.

    Below stands why some are hidden, or need a doctor to be asked first; ``judge`` tells.
    """
    found = {preset.id: judge(preset) for preset in presets}
    marked = any(each.verdict is not Verdict.ALLOWED for each in found.values())
    table = make_table("ID", "Name", "Area", "Length", "Own", *(("Care",) if marked else ()))
    for preset in presets:
        table.add_row(
            *cells(
                preset.id,
                preset.name,
                preset.area,
                length_range(preset),
                "" if preset.built_in else "own",
                *((_CARE[found[preset.id].verdict],) if marked else ()),
            )
        )
    print_table(table, out)
    if not marked:
        return
    from matsession.app import suitability_words  # it brings Qt along, which takes longer than all the rest

    told = {suitability_words.hidden(each): None for each in found.values()}
    told |= {suitability_words.ask_first(each): None for each in found.values()}
    for sentence in filter(None, told):
        print(sentence, file=out)


def print_history(records: Sequence[SessionRecord], out: TextIO) -> None:
    """Every session on a line of its own, in the order given."""
    wide = width_of(out) >= _WIDE
    mats = any(record.mat_name for record in records)
    mornings = any(record.morning_rating is not None for record in records)
    more = ("Area", *(("Morning",) if mornings else ()), *(("Mat",) if mats else ()), "Note") if wide else ()
    table = make_table("Started", "Session", "Done", "On mat", "Rating", "State", *more)
    for record in records:
        row = (
            f"{record.started_at:%Y-%m-%d %H:%M}",
            record.preset_name,
            f"{write_length(record.done_s)} of {write_length(record.planned_s)}",
            write_length(record.on_mat_s),
            _ratings(record),
            _STATES[record.state],
        )
        morning = "" if record.morning_rating is None else str(record.morning_rating)
        told = (
            record.area,
            *((morning,) if mornings else ()),
            *((record.mat_name,) if mats else ()),
            " ".join(record.note.split()),
        )
        table.add_row(*cells(*row, *(told if wide else ())))
    print_table(table, out)


def length_range(preset: Preset) -> str:
    """The lengths a preset allows, as they are typed."""
    if preset.min_total_s == preset.max_total_s:
        return write_length(preset.min_total_s)
    return f"{write_length(preset.min_total_s)}-{write_length(preset.max_total_s)}"


def preset_values(preset: Preset, found: Suitability) -> dict[str, Any]:
    """A preset for JSON."""
    return {
        "id": preset.id,
        "name": preset.name,
        "area": str(preset.area),
        "kind": str(preset.kind),
        "built_in": preset.built_in,
        "suggested_s": preset.suggested_s,
        "min_total_s": preset.min_total_s,
        "max_total_s": preset.max_total_s,
        "steps": len(preset.steps),
        "summary": preset.summary,
        "suits": str(found.verdict),
        "because": [caution.id for caution in (*found.against, *found.ask)],
    }


def record_values(record: SessionRecord) -> dict[str, Any]:
    """A session for JSON; times are ISO 8601 with the offset of the place where it was."""
    return {
        "id": record.id,
        "preset_id": record.preset_id,
        "preset_name": record.preset_name,
        "area": record.area,
        "started_at": record.started_at.isoformat(),
        "ended_at": record.ended_at.isoformat() if record.ended_at else None,
        "planned_s": record.planned_s,
        "done_s": record.done_s,
        "on_mat_s": record.on_mat_s,
        "state": str(record.state),
        "rating_before": record.rating_before,
        "rating_after": record.rating_after,
        "note": record.note,
        "mat_name": record.mat_name,
        "strongest": record.strongest,
        "morning_scale": record.morning_scale,
        "morning_rating": record.morning_rating,
    }


def _ratings(record: SessionRecord) -> str:
    before, after = record.rating_before, record.rating_after
    if before is None and after is None:
        return ""
    return f"{'-' if before is None else before} -> {'-' if after is None else after}"


def make_table(*headings: str) -> "Table":
    """A table with these columns and no lines yet."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        # What has to be typed or compared stays whole; names and notes may wrap.
        table.add_column(heading, overflow="fold", no_wrap=heading not in ("Session", "Name", "Mat", "Note"))
    return table


def cells(*values: str) -> "list[Text]":
    """A line of a table, in which nothing is taken for markup."""
    from rich.text import Text

    # As Text, because a plain string with [brackets] would be read as markup.
    return [Text(value) for value in values]


def print_table(table: "Table", out: TextIO) -> None:
    """Write it, as wide as the terminal is."""
    from rich.console import Console

    console = Console(file=out, width=width_of(out), highlight=False, emoji=False)
    with console.capture() as capture:
        console.print(table)
    # rich fills each line up to the width of the table; what is piped on should not carry that.
    out.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def width_of(out: TextIO) -> int:
    """The width of the terminal; where the output is none, enough that no line is broken."""
    if not out.isatty():
        return 400
    return max(40, shutil.get_terminal_size().columns)
