"""What is said of an export or an import."""

from matsession.app.texts import tr
from matsession.storage.exchange.report import FileKind, ImportReport


def kind_name(kind: FileKind) -> str:
    """What a file turned out to be."""
    return {
        FileKind.CSV: tr("CSV of MatSession"),
        FileKind.JSON: tr("JSON of MatSession"),
        FileKind.MEDITATION_ASSISTANT: tr("CSV of Meditation Assistant"),
        FileKind.LOOP: tr("CSV of Loop Habit Tracker"),
    }[kind]


def told(report: ImportReport, *, dry_run: bool = False) -> str:
    """What was found, in one sentence; what there is none of is left out."""
    counted = [
        (report.new, tr("{count} new")),
        (report.changed, tr("{count} changed")),
        (report.same, tr("{count} the same")),
        (report.older, tr("{count} changed later here, which stay as they are")),
        (report.refused, tr("{count} refused")),
        (report.rest_days, tr("1 day off") if report.rest_days == 1 else tr("{count} days off")),
    ]
    parts = ", ".join(pattern.format(count=count) for count, pattern in counted if count)
    parts = parts or tr("no session")
    pattern = tr("Would import: {parts}.") if dry_run else tr("Imported: {parts}.")
    if dry_run or report.applied:
        return pattern.format(parts=parts)
    return tr("Nothing was imported: {parts}.").format(parts=parts)


def refusals(report: ImportReport, file_name: str) -> list[str]:
    """A sentence for each line that was refused, and how many more there are."""
    sentences = []
    for refusal in report.refusals:
        pattern = (
            tr("{file}, line {line}, {field}: {rule}.")
            if refusal.field
            else tr("{file}, line {line}: {rule}.")
        )
        sentences.append(
            pattern.format(
                file=file_name, line=refusal.line, field=refusal.field, rule=refusal.rule.rstrip(".")
            )
        )
    more = report.refused - len(report.refusals)
    if more > 0:
        sentences.append(tr("And {count} more lines.").format(count=more))
    return sentences


def exported(count: int, file_name: str) -> str:
    """What was written."""
    pattern = tr("1 session written to {file}.") if count == 1 else tr("{count} sessions written to {file}.")
    return pattern.format(count=count, file=file_name)
