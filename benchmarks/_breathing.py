"""A session with a breath to follow, and one without, for what is painted and what it costs."""

from matsession.domain.body import BodyArea
from matsession.domain.guidance import Breathing, Guidance
from matsession.domain.moment import Moment
from matsession.domain.plan import Plan, compile_plan
from matsession.domain.preset import Preset, Step
from matsession.domain.session import Session, SessionView

OUT_6 = Breathing("out_6", "Four in, six out", inhale_s=4, exhale_s=6)


def plan(breath: str, total_s: int = 600) -> Plan:
    """One long step with this pattern between two short ones."""
    names = (("Arrive", 20, "natural"), ("Soften", total_s - 40, breath), ("Return", 20, breath))
    steps = tuple(
        Step(
            id=name.lower(),
            name=name,
            seconds=seconds,
            min_s=seconds,
            breath=pattern,
            show="Let your lower back grow heavy. Unclench your jaw and hands.",
            say="Let your lower back grow heavy.",
        )
        for name, seconds, pattern in names
    )
    preset = Preset(
        id="measured",
        name="Measured",
        area=BodyArea.LOWER_BACK,
        steps=steps,
        suggested_s=total_s,
        min_total_s=total_s,
        max_total_s=total_s,
        rating="",
    )
    return compile_plan(preset, total_s, Guidance(breathing=(OUT_6,)))


def _view(breath: str) -> SessionView:
    from datetime import UTC, datetime

    def at(seconds: float) -> Moment:
        return Moment(boot_s=1000 + seconds, awake_s=1000 + seconds, wall=datetime(2026, 3, 1, tzinfo=UTC))

    session, _ = Session.begin(plan(breath), 0, at(0))
    session, _ = session.advance(at(198.3))
    return session.view(at(198.3))


def breathing_view() -> SessionView:
    """In the middle of a breath in."""
    return _view(OUT_6.id)


def without_breath() -> SessionView:
    """At one's own pace."""
    return _view("natural")
