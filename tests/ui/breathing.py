"""Sessions with a breath to follow."""

from matsession.domain.guidance import Breathing, Guidance, StepMode
from matsession.domain.plan import Plan, PlanOptions, compile_plan
from matsession.domain.session import SessionView
from tests.fakes import make_preset, make_step
from tests.ui.conftest import GUIDANCE, World

PATTERNS = (
    Breathing("out_6", "Four in, six out", inhale_s=4, exhale_s=6),
    Breathing("box_4", "Box", inhale_s=4, hold_in_s=4, exhale_s=4, hold_out_s=4),
    Breathing("four_seven_eight", "4-7-8", inhale_s=4, hold_in_s=7, exhale_s=8, max_cycles=4),
    Breathing("double_sigh", "Double in", inhale_s=2, top_up_s=1, exhale_s=6),
)


def breathing_plan(pattern: str = "out_6", total_s: int = 100, *, open_ended: bool = False) -> Plan:
    """Ten seconds at one's own pace, then with a pacer, then ten without."""
    preset = make_preset(
        steps=(
            make_step("lower", 10, 5),
            make_step("soften", 80, 40, mode=StepMode.ELASTIC, breath=pattern),
            make_step("rise", 10, 5, on_mat=False),
        ),
        max_total_s=1200,
    )
    guidance = Guidance(breathing=PATTERNS, scales=GUIDANCE.scales)
    return compile_plan(preset, total_s, guidance, PlanOptions(open_ended=open_ended))


def view_of(world: World) -> SessionView:
    """How the session stands."""
    view = world.runner.view()
    assert view is not None
    return view
