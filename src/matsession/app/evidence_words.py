"""What is known of mats and needles, in words: the same for the page and for a terminal."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from matsession.app import texts
from matsession.app.texts import tr
from matsession.domain.evidence import About, Evidence, Nature, Point, Section, Source, Statement, Study
from matsession.domain.guidance import AskedWhen, Caution, CautionLevel, Guidance, RatingScale


class Told(NamedTuple):
    """One thing as it is shown: a line that stands out, sentences, and what is to be said of them quietly."""

    title: str
    text: str
    remark: str = ""
    """That no source is given for it, or for its last sentence."""
    references: str = ""
    """The numbers of its sources, as "[2, 15]"."""
    nature: str = ""
    """What kind of statement it is."""
    beside: str = ""
    """The line that is never left out where the statement is shown."""

    @property
    def text_with_references(self) -> str:
        """Both in one, for where there is nothing between them."""
        return f"{self.text} {self.references}".strip()


def nature(statement: Statement) -> str:
    """What kind of statement it is, and about what."""
    kind = {
        Nature.BACKGROUND: tr("Background"),
        Nature.GUIDELINE: tr("Guideline"),
        Nature.TRIAL: tr("Trial"),
        Nature.TRIALS: tr("Trials"),
        Nature.THEORY: tr("Theory"),
        Nature.PRACTICAL: tr("Practical"),
        Nature.VENDOR_CLAIM: tr("Vendor claim"),
        Nature.TESTIMONIAL: tr("A customer's words"),
    }[statement.nature]
    about = {About.NEEDLES: tr("About needles"), About.MATS: tr("About mats")}[statement.about]
    return tr("{kind}. {about}.").format(kind=kind, about=about)


def quoted(quotes: Iterable[str]) -> str:
    """The words of others, each in quotation marks."""
    return "; ".join(tr("“{words}”").format(words=words) for words in quotes)


def numbers(evidence: Evidence, ids: Iterable[str]) -> str:
    """Where these sources stand in the list of all, as "[2, 15]"; nothing where there are none."""
    order = [source.id for source in evidence.sources]
    found = sorted(order.index(each) + 1 for each in ids if each in order)
    return f"[{', '.join(map(str, found))}]" if found else ""


def statement(evidence: Evidence, said: Statement) -> Told:
    """Something that is said of mats or needles."""
    return Told(
        title=said.title,
        text=_joined(said.text, quoted(said.quotes)),
        references=numbers(evidence, said.sources),
        nature=nature(said),
        beside=said.line,
        remark=texts.source_remark(Point(said.line, unsourced=said.unsourced)),
    )


def point(evidence: Evidence, one: Point) -> Told:
    """One thing among others in a section."""
    text = _joined(one.text, quoted(one.quotes))
    remark = texts.source_remark(one)
    return Told(one.title, text, remark, numbers(evidence, one.sources))


def caution(evidence: Evidence | None, one: Caution) -> Told:
    """A reason for care; without ``evidence`` there are no numbers to tell."""
    known = numbers(evidence, one.sources) if evidence is not None else ""
    return Told(one.title, one.text, texts.source_remark(one), known)


def study(evidence: Evidence, one: Study) -> Told:
    """A study in short."""
    return Told(one.title, one.summary, references=numbers(evidence, one.sources))


def study_details(one: Study) -> tuple[tuple[str, str], ...]:
    """The same in full: each with the word for it."""
    return (
        (tr("Who"), one.who),
        (tr("How long"), one.how_long),
        (tr("Compared with"), one.compared_with),
        (tr("Result"), one.result),
        (tr("Limits"), one.limits),
    )


def about_title(about: About) -> str:
    """Over the statements that are about this."""
    if about is About.MATS:
        return tr("What shops and buyers say about mats")
    return tr("What is said of acupuncture with needles")


def about_note(about: About) -> str:
    """Below that title."""
    if about is About.MATS:
        return tr("Each with what stands beside it. What a seller says is a vendor claim.")
    return tr("None of this is about mats. What is known of needles says nothing about them.")


def caution_title(level: CautionLevel) -> str:
    """Over the cautions of this level."""
    return {
        CautionLevel.ASK_FIRST: tr("Ask a doctor first with"),
        CautionLevel.DO_NOT_USE: tr("Do not use the mat with, or on"),
        CautionLevel.NOTE: tr("Good to know"),
        CautionLevel.URGENT: tr("Get medical help with"),
        CautionLevel.GROUP: tr("Several"),
    }[level]


def cautions(guidance: Guidance, level: CautionLevel) -> tuple[Caution, ...]:
    """Those of this level."""
    return tuple(each for each in guidance.cautions if each.level is level)


def stop_title() -> str:
    """Over the stop signs."""
    return tr("Get off the mat if you notice")


def questions(guidance: Guidance) -> Section:
    """The questions that are answered with a number, and whether anybody has tried them out."""
    return Section(
        id="questions",
        title=tr("The questions you are asked"),
        text=tr(
            "Each is answered with a whole number from 0 to 10, and none has to be answered. "
            "With each stands what is known of its wording."
        ),
        points=tuple(_question(scale) for scale in guidance.scales),
    )


def _question(scale: RatingScale) -> Point:
    when = {
        AskedWhen.BEFORE_AFTER: tr("For before and after a session."),
        AskedWhen.NEXT_MORNING: tr("For the morning after a session."),
        AskedWhen.AFTER: tr("For after a session."),
    }[scale.when]
    ends = tr("From “{low}” to “{high}”.").format(low=scale.low, high=scale.high)
    text = " ".join(part for part in (ends, when, scale.validated) if part)
    return Point(text, title=scale.question, sources=scale.sources, unsourced=scale.unsourced)


def source_lines(sources: Sequence[Source]) -> tuple[str, ...]:
    """All sources as text to be copied: number, title and address."""
    return tuple(
        f"{number}. {source.title}{f'. {source.url}' if source.url else ''}"
        for number, source in enumerate(sources, start=1)
    )


def no_address() -> str:
    """Of a source that has none."""
    return tr("No address.")


def _joined(text: str, words: str) -> str:
    return f"{text} {words}".strip()
