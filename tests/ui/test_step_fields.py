"""The fields of one step."""

import pytest

from matsession.domain.guidance import Breathing, Guidance
from matsession.ui.pages.step_fields import StepFields
from matsession.ui.widgets.setting_choice import SettingChoice
from tests.fakes import make_step

GUIDANCE = Guidance(
    breathing=(
        Breathing("natural", "Your own pace"),
        Breathing("out_6", "Four in, six out", inhale_s=4, exhale_s=6),
        Breathing("box_4", "Box", inhale_s=4, hold_in_s=4, exhale_s=4, hold_out_s=4),
    )
)


@pytest.mark.parametrize(
    ("answers", "breath", "offered"),
    [
        ((), "natural", ["natural", "out_6", "box_4"]),
        (("heart",), "natural", ["natural", "out_6"]),
        (("blood_pressure",), "out_6", ["natural", "out_6"]),
        (("skin",), "out_6", ["natural", "out_6", "box_4"]),
        (("pregnancy",), "box_4", ["natural", "out_6", "box_4"]),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_holding_the_breath_is_not_offered_where_something_speaks_against_it(
    answers: tuple[str, ...], breath: str, offered: list[str]
) -> None:
    """What a step has already stays in its list, and chosen."""
    fields = StepFields(GUIDANCE)
    fields.heed(frozenset(answers))
    fields.show_step(make_step("rest", 60, breath=breath), "", first=True, last=True)
    [choice] = [each for each in fields.findChildren(SettingChoice) if each.accessibleName() == "Breathing"]
    assert [choice.itemData(index) for index in range(choice.count())] == offered
    assert choice.currentData() == breath
