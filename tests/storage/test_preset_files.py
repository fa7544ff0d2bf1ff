"""Preset files: whatever a person writes gives a preset or a sentence."""

import os
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from matsession.domain.body import BodyArea, Layer, Position, Surface
from matsession.domain.guidance import STEP_CHIMES, ChimeName, StepKind, StepMode
from matsession.domain.plan import compile_plan
from matsession.domain.preset import ID_RULE, LONGEST_S, Level, Preset, PresetKind, Step, longest_total_s
from matsession.domain.preset_settings import AS_IN_SETTINGS, Brightness, PresetSettings, VoiceWish
from matsession.storage.errors import PresetFileProblem, StorageError, StorageProblem
from matsession.storage.guidance_file import read_guidance
from matsession.storage.preset_files import (
    parse_preset,
    preset_text,
    read_preset,
    write_preset,
)
from matsession.storage.preset_folders import read_presets
from matsession.storage.toml_text import BYTES_MAX

ROOT: Final = Path(__file__).parents[2]
RESOURCES: Final = ROOT / "resources"
GUIDANCE: Final = read_guidance(RESOURCES / "guidance.toml")
BUILT_IN: Final = read_presets(RESOURCES / "presets", RESOURCES / "no_own_ones", GUIDANCE, read_preset)
EXAMPLE: Final = (RESOURCES / "presets" / "feet_standing.toml").read_bytes()

SHORT: Final = """
name = "Three breaths"
area = "hands_forearms"
[[step]]
name = "Arrive"
seconds = 1
[[step]]
name = "Stay"
seconds = 3
mode = "elastic"
[[step]]
name = "Leave"
seconds = 2
chime = "none"
"""


def told(text: str | bytes, name: str = "evening.toml") -> str:
    """The sentence that these contents of a file give."""
    content = text.encode() if isinstance(text, str) else text
    problem = parse_preset(content, Path("somewhere") / name, GUIDANCE)
    assert isinstance(problem, PresetFileProblem), problem
    return problem.sentence


def parsed(text: str, name: str = "evening.toml") -> Preset:
    """The preset that these contents of a file give."""
    preset = parse_preset(text.encode(), Path("somewhere") / name, GUIDANCE)
    assert isinstance(preset, Preset), preset
    return preset


def test_the_built_in_ones() -> None:
    """All twenty can be read; the list begins with the first session and ends with the rest without a mat."""
    assert BUILT_IN.problems == ()
    ids = [preset.id for preset in BUILT_IN.presets]
    assert (len(ids), ids[:3], ids[-1]) == (
        20,
        ["first_session", "full_back", "upper_back_shoulders"],
        "rest_without_mat",
    )
    assert all(preset.built_in for preset in BUILT_IN.presets)


@pytest.mark.parametrize("path", sorted((RESOURCES / "presets").glob("*.toml")), ids=lambda path: path.stem)
def test_a_built_in_file_is_in_order(path: Path) -> None:
    """The format comes first, the id is the file's name, and every spoken line has a line on the screen."""
    assert path.read_text("utf-8").startswith("format = 1\n")
    preset = read_preset(path, GUIDANCE, built_in=True)
    assert isinstance(preset, Preset)
    assert preset.id == path.stem
    assert preset.written_s == 600
    assert preset.steps[0].chime is ChimeName.OPEN
    assert all(step.show and step.say for step in preset.steps)
    assert all(
        (preset.summary, preset.honest_note, preset.setup, preset.cautions, preset.after, preset.sources)
    )
    # The growing part has no end below the longest length, so that every length can be filled.
    assert any(step.elastic and step.cap_s is None for step in preset.steps)


def test_a_short_file_has_its_defaults() -> None:
    """Name, area and steps are enough; all else follows from them."""
    preset = parsed(SHORT, "Three Breaths.toml")
    assert (preset.id, preset.kind, preset.built_in) == ("three_breaths", PresetKind.OWN, False)
    assert (preset.suggested_s, preset.min_total_s, preset.max_total_s) == (6, 6, LONGEST_S)
    assert [step.id for step in preset.steps] == ["step_1", "step_2", "step_3"]
    assert [step.chime for step in preset.steps] == [ChimeName.OPEN, ChimeName.STEP, None]
    assert [step.min_s for step in preset.steps] == [1, 3, 2]
    assert [step.mode for step in preset.steps] == [StepMode.FIXED, StepMode.ELASTIC, StepMode.FIXED]
    assert {(step.kind, step.breath, step.on_mat) for step in preset.steps} == {
        (StepKind.REST, "natural", True)
    }


def test_the_example_in_the_manual_works() -> None:
    """Who copies the first example of docs/presets.md has a session of six seconds."""
    manual = (ROOT / "docs" / "presets.md").read_text("utf-8")
    preset = parsed(manual.split("```toml\n")[1].split("```")[0])
    assert preset.suggested_s == 6


def test_the_manual_names_every_key_and_value() -> None:
    """No key or value that a file may have is missing in docs/presets.md."""
    manual = (ROOT / "docs" / "presets.md").read_text("utf-8")
    head, _, step = preset_text(BUILT_IN.presets[0]).partition("[[step]]")
    keys = {line.split(" = ")[0] for line in (head + step).splitlines() if " = " in line and line[0] != " "}
    keys |= {"cap_s", "rating_next_morning", "vendor_claim", *PresetSettings._fields}
    enums = (BodyArea, Layer, Position, Surface, ChimeName, StepKind, StepMode, Level, PresetKind)
    values = {str(value) for names in enums for value in names}
    values |= {one.id for group in (GUIDANCE.breathing, GUIDANCE.cautions, GUIDANCE.scales) for one in group}
    assert {word for word in keys | values if f"`{word}`" not in manual} == set()


STEP: Final = '[[step]]\nname = "A"\nseconds = 2\n'
HEAD: Final = 'name = "A"\narea = "neck"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", ": name: is missing, and there is no default."),
        (b'name = "A"\nnote = "\xff"', " line 2 is not UTF-8; save the file with the encoding UTF-8."),
        ('name = "A"'.encode("utf-16"), " line 1 is not UTF-8; save the file with the encoding UTF-8."),
        ("a = " + "9" * 5000, " holds a number or date that is too large to be read."),
        (b" " * (BYTES_MAX + 1), " is larger than 1000000 bytes, the most that is read."),
        (HEAD, ": step: is missing, and there is no default."),
        (HEAD + "step = []", ": step: a preset has 1 to 60 steps, not 0."),
        (HEAD + "step = 4", ": step: must be a list in square brackets, and is a whole number."),
        ('name = 5\narea = "neck"\n' + STEP, ": name: must be a text in quotes, and is a whole number."),
        ('name = " "\narea = "neck"\n' + STEP, ": name: must not be empty."),
        (HEAD + STEP + "min_s = 3", ": step 1, min_s: 3 is not from 1 to the step's seconds, 2."),
        (
            HEAD + STEP + STEP.replace("2", '"2"'),
            ": step 2, seconds: must be a whole number, and is a text in quotes.",
        ),
        (
            HEAD + STEP + STEP.replace("2", "2.5"),
            ": step 2, seconds: must be a whole number, and is a number.",
        ),
        (
            HEAD + STEP.replace("2", "true"),
            ": step 1, seconds: must be a whole number, and is true or false.",
        ),
        (HEAD + STEP.replace("2", "0"), ": step 1, seconds: 0 is not from 1 to 2400."),
        (HEAD + STEP.replace("2", "2401"), ": step 1, seconds: must be at most 2400."),
        (HEAD + STEP.replace("2", "-1"), ": step 1, seconds: must be at least 0."),
        (HEAD + STEP.replace("2", "0x" + "f" * 9000), ": step 1, seconds: must be at most 2400."),
        (HEAD + 2 * STEP.replace("2", "2000"), ": step: the steps add up to 4000 s; the most is 2400 s."),
        (
            HEAD + "suggested_s = 3\n" + STEP,
            ": suggested_s: 3 is not between min_total_s 2 and max_total_s 2.",
        ),
        (
            HEAD + "format = 3\nbells = 3",
            ": format: is of a later MatSession; this one reads format 1 to 2.",
        ),
        (HEAD + "format = 0\n" + STEP, ": format: must be from 1 to 2."),
        (
            HEAD + "format = 1\n" + STEP + "[session]\ndawn = true",
            ": format: must be 2 where there is a table [session].",
        ),
        (
            HEAD + STEP + "[session]\nvoice_speed = 3",
            ": session, voice_speed: 3 is not from 0.5 to 2.",
        ),
        (
            HEAD + STEP + "[session]\npreparation_s = 301",
            ": session, preparation_s: 301 is not from 0 to 300.",
        ),
        (
            HEAD + STEP + "[session.levels]\nclose = nan",
            ": session, levels, close: nan is not from 0 to 1.",
        ),
        (
            HEAD + STEP + "[session]\nvoice = true",
            ": session, voice: must be a text in quotes, and is true or false.",
        ),
        (HEAD + 'id = "A b"\n' + STEP, ": id: 'A b' is not " + ID_RULE + "."),
        (
            HEAD + STEP + 'id = "a"\n' + STEP + 'id = "a"',
            ": step 2, id: 'a' is used by an earlier step; each id must be its own.",
        ),
        (
            HEAD + STEP + "cap_s = 9",
            ": step 1, cap_s: only a step of mode 'elastic' grows, so only it has a cap.",
        ),
        (
            HEAD + STEP + 'show = "a\\u001b[31m"',
            ": step 1, show: must be one line without tabs or other control characters.",
        ),
        (HEAD + 'setup = ["a", 4]\n' + STEP, ": setup 2: must be a text in quotes, and is a whole number."),
        (HEAD + "summary = 2026-03-19\n" + STEP, ": summary: must be a text in quotes, and is a date."),
    ],
)
def test_mistakes_are_told_with_field_and_rule(text: str | bytes, sentence: str) -> None:
    """The sentence names the file, the field as a person says it, and what is allowed."""
    assert told(text) == f"evening.toml{sentence}"


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        (
            HEAD + STEP + "[session]\nvolume = 1.0",
            "session, key 'volume': can not stand here; the nearest is",
        ),
        (
            HEAD + STEP + '[session]\nvoice = "onn"',
            "session, voice: 'onn' is not known; the nearest is 'on'.",
        ),
        (
            HEAD + STEP + "[session.levels]\nclos = 0.5",
            "session, levels, key 'clos': 'clos' is not a chime; the nearest is 'close'.",
        ),
        ('nme = "A"\n' + HEAD + STEP, "key 'nme': can not stand here; the nearest is 'name'. Allowed: name,"),
        (HEAD + STEP + "secnds = 2", "step 1, key 'secnds': can not stand here; the nearest is 'seconds'."),
        ('name = "A"\narea = "nek"\n' + STEP, "area: 'nek' is not known; the nearest is 'neck'."),
        (HEAD + 'level = "beginer"\n' + STEP, "level: 'beginer' is not known; the nearest is 'beginner'."),
        (HEAD + STEP + 'mode = "elastik"', "step 1, mode: 'elastik' is not known; the nearest is 'elastic'."),
        (HEAD + STEP + 'chime = "opn"', "step 1, chime: 'opn' is not a chime; the nearest is 'open'."),
        (
            HEAD + STEP + 'breath = "out6"',
            "step 1, breath: 'out6' is not a known breathing pattern; the nearest is 'out_6'.",
        ),
        (
            HEAD + 'rating = "pain"\n' + STEP,
            "rating: 'pain' is not a known scale; the nearest is 'pain_nrs'.",
        ),
        (
            HEAD + 'rating_next_morning = "sleep"\n' + STEP,
            "rating_next_morning: 'sleep' is not a known scale; the nearest is 'sleep_sqs'.",
        ),
        (
            HEAD + 'avoid_if = ["pregnant"]\n' + STEP,
            "avoid_if: 'pregnant' is not a known caution; the nearest is 'pregnancy'.",
        ),
    ],
)
def test_unknown_names_are_told_with_the_nearest(text: str, beginning: str) -> None:
    """A slip of the finger is answered with what was probably meant, and with all that may stand there."""
    assert told(text).startswith(f"evening.toml: {beginning}")
    assert "Allowed: " in told(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name", "end of document"),
        ("name = 1\n\narea = =", "line 3, column 8"),
        ("\x00", "line 1, column 1"),
        ('name = "A\nB"', "line 1, column 10"),
    ],
)
def test_what_is_not_toml_is_told_with_its_place(text: str, place: str) -> None:
    """The sentence says where; in which words is the parser's affair, and changes with Python."""
    assert told(text).startswith("evening.toml is not valid TOML: ")
    assert place in told(text)


def test_deep_nesting_is_told() -> None:
    """Lists in lists without end are no crash, whichever way this Python notices it."""
    for opening in ("[", "{a="):
        assert told("a = " + opening * 100_000).startswith("evening.toml is n")


def test_a_key_of_endless_parts_does_not_keep_us_waiting() -> None:
    """A dotted key of 1 MB, on which the parser would spend minutes, is refused unread."""
    assert told(b"\n" + b"a." * 400_000 + b"a = 1") == "evening.toml has more than 500 dots in line 2."


def test_a_byte_order_mark_and_windows_lines_are_fine() -> None:
    """Files of Windows editors are read as they come."""
    assert parsed("\ufeff" + SHORT.replace("\n", "\r\n")) == parsed(SHORT)


def test_no_sentence_is_endless() -> None:
    """A name as long as the file is cut."""
    assert len(told(HEAD + f'id = "{"a" * 900_000}"\n' + STEP)) < 700
    assert len(told(f"{'a' * 900_000} = 1")) < 700


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    """A folder, a dangling link and nothing at all are told as such."""
    folder, link, nothing = (tmp_path / f"{name}.toml" for name in ("folder", "link", "nothing"))
    folder.mkdir()
    link.symlink_to(tmp_path / "gone")
    sentences = []
    for path in (folder, link, nothing):
        problem = read_preset(path, GUIDANCE)
        assert isinstance(problem, PresetFileProblem)
        assert problem.path == path
        sentences.append(problem.sentence)
    assert sentences[0] == "folder.toml is a folder, not a file."
    assert sentences[1] == "link.toml is a link to a file that does not exist."
    assert sentences[2].endswith("nothing.toml: there is no such file.")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_does_not_keep_us_waiting(tmp_path: Path) -> None:
    """A pipe is refused before it is opened."""
    os.mkfifo(tmp_path / "pipe.toml")
    problem = read_preset(tmp_path / "pipe.toml", GUIDANCE)
    assert isinstance(problem, PresetFileProblem)
    assert problem.sentence == "pipe.toml is not a plain file."


def test_a_file_that_may_not_be_read_is_told(as_nobody: Path) -> None:
    """No permission is told as that; neither may a folder be closed."""
    own = as_nobody / "own"
    own.mkdir()
    (own / "a.toml").write_text(SHORT)
    (own / "a.toml").chmod(0)
    problem = read_preset(own / "a.toml", GUIDANCE)
    assert isinstance(problem, PresetFileProblem)
    assert problem.sentence == "a.toml may not be read; change its permissions."
    own.chmod(0)
    presets, problems = read_presets(RESOURCES / "presets", own, GUIDANCE, read_preset)
    own.chmod(0o700)
    assert (len(presets), len(problems)) == (20, 1)
    assert "cannot be listed" in problems[0].sentence


def test_own_files_stand_after_the_built_in_ones(tmp_path: Path) -> None:
    """Own presets come by name; other files, hidden ones and bad ones do not stand in their way."""
    for name, text in {
        "b.toml": SHORT.replace("Three", "Zen"),
        "a.TOML": SHORT,
        "bad.toml": "?",
        ".a.toml.new.toml": "?",
        "notes.txt": "?",
        "old.toml~": "?",
    }.items():
        (tmp_path / name).write_text(text)
    presets, problems = read_presets(RESOURCES / "presets", tmp_path, GUIDANCE, read_preset)
    assert [preset.id for preset in presets[20:]] == ["a", "b"]
    assert [problem.path.name for problem in problems] == ["bad.toml"]


def test_an_id_can_be_taken_once(tmp_path: Path) -> None:
    """A built-in preset stays, and so does the own one whose file comes first."""
    (tmp_path / "neck.toml").write_text(SHORT)
    (tmp_path / "one.toml").write_text('id = "mine"\n' + SHORT)
    (tmp_path / "two.toml").write_text('id = "mine"\n' + SHORT)
    presets, problems = read_presets(RESOURCES / "presets", tmp_path, GUIDANCE, read_preset)
    assert presets[:20] == BUILT_IN.presets
    assert [preset.id for preset in presets[20:]] == ["mine"]
    assert [problem.sentence for problem in problems] == [
        "neck.toml: id: 'neck' is the id of a built-in preset, which stays; choose another id.",
        "two.toml: id: 'mine' is the id of one.toml, which stays; choose another id.",
    ]


def test_missing_folders(tmp_path: Path) -> None:
    """No own presets is the usual case; no built-in ones is a broken installation, told but not fatal."""
    presets, problems = read_presets(tmp_path / "gone", tmp_path / "none", GUIDANCE, read_preset)
    assert presets == ()
    assert [problem.path for problem in problems] == [tmp_path / "gone"]


def test_odd_file_names_can_be_printed(tmp_path: Path) -> None:
    """A name with a line break or broken letters does no harm to the terminal."""
    problem = parse_preset(b"?", tmp_path / "a\n\x1b[31m\udcff.toml", GUIDANCE)
    assert isinstance(problem, PresetFileProblem)
    assert problem.sentence.isprintable()
    problem.sentence.encode("utf-8")


# -- random files ------------------------------------------------------------------------------------

LINE: Final = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40)
WORD: Final = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,9}", fullmatch=True)
LINES: Final = st.lists(LINE, max_size=3).map(tuple)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """One of these, or as in Settings."""
    return st.none() | values


def by_chime(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Some chimes with a value, in the order in which chimes are."""
    return st.dictionaries(st.sampled_from(ChimeName), values, max_size=3).map(
        lambda chosen: tuple((chime, chosen[chime]) for chime in ChimeName if chime in chosen)
    )


def preset_settings() -> st.SearchStrategy[PresetSettings]:
    """Any settings that a preset may bring along."""
    level, switch = st.floats(0, 1), st.booleans()
    path = st.text(st.characters(categories=["L", "N", "P"]), max_size=30)
    return st.builds(
        PresetSettings,
        preparation_s=maybe(st.integers(0, 300)),
        interval_min=maybe(st.integers(0, 30)),
        warning_s=maybe(st.integers(0, 600)),
        levels=by_chime(level),
        own_sounds=by_chime(path),
        background=maybe(st.sampled_from(["", "rain", "/home/me/sea.wav"])),
        background_level=maybe(level),
        voice=maybe(st.sampled_from(VoiceWish)),
        voice_id=maybe(path),
        voice_speed=maybe(st.floats(0.5, 2)),
        pacer=maybe(switch),
        mat_at_start=maybe(switch),
        mat_turns=maybe(st.integers(0, 3)),
        mat_brightness=maybe(st.sampled_from(Brightness)),
        dawn=maybe(switch),
        hearing_check=maybe(switch),
        doze_guard=maybe(switch),
        keep_screen_on=maybe(switch),
        pause_players=maybe(switch),
    )


@st.composite
def own_presets(draw: st.DrawFn) -> Preset:
    """Any preset that the domain allows."""
    steps = []
    for step_id in draw(st.lists(WORD, min_size=1, max_size=6, unique=True)):
        seconds = draw(st.integers(1, 300))
        mode = draw(st.sampled_from(StepMode))
        steps.append(
            Step(
                id=step_id,
                name=draw(LINE.filter(str.strip)),
                seconds=seconds,
                min_s=draw(st.integers(1, seconds)),
                cap_s=draw(st.none() | st.integers(seconds, 400)) if mode is StepMode.ELASTIC else None,
                mode=mode,
                kind=draw(st.sampled_from(StepKind)),
                on_mat=draw(st.booleans()),
                breath=draw(st.sampled_from([pattern.id for pattern in GUIDANCE.breathing])),
                chime=draw(st.none() | st.sampled_from(STEP_CHIMES)),
                show=draw(LINE),
                say=draw(LINE),
            )
        )
    written_s = sum(step.seconds for step in steps)
    min_total_s = draw(st.integers(sum(step.min_s for step in steps), written_s))
    max_total_s = draw(st.integers(written_s, longest_total_s(steps)))
    return Preset(
        id=draw(WORD),
        name=draw(LINE.filter(str.strip)),
        area=draw(st.sampled_from(BodyArea)),
        steps=tuple(steps),
        suggested_s=draw(st.integers(min_total_s, max_total_s)),
        min_total_s=min_total_s,
        max_total_s=max_total_s,
        kind=draw(st.sampled_from(PresetKind)),
        position=draw(st.none() | st.sampled_from(Position)),
        level=draw(st.none() | st.sampled_from(Level)),
        best_time=draw(LINE),
        layer_beginner=draw(st.none() | st.sampled_from(Layer)),
        layer_regular=draw(st.none() | st.sampled_from(Layer)),
        surface=draw(st.none() | st.sampled_from(Surface)),
        rating=draw(st.sampled_from(["", *(scale.id for scale in GUIDANCE.scales)])),
        rating_next_morning=draw(st.sampled_from(["", "sleep_sqs"])),
        summary=draw(LINE | st.just("two\nlines")),
        honest_note=draw(LINE),
        vendor_claim=draw(LINE),
        setup=draw(LINES),
        cautions=draw(LINES),
        avoid_if=draw(
            st.lists(st.sampled_from([one.id for one in GUIDANCE.cautions]), max_size=3).map(tuple)
        ),
        after=draw(LINE),
        sources=draw(LINES),
        session=draw(st.just(AS_IN_SETTINGS) | preset_settings()),
    )


@given(own_presets())
def test_round_trip(preset: Preset) -> None:
    """What is written reads the same again, under any file name."""
    assert parse_preset(preset_text(preset).encode(), Path("other name.toml"), GUIDANCE) == preset


@pytest.mark.parametrize("preset", BUILT_IN.presets, ids=lambda preset: preset.id)
def test_a_copy_of_a_built_in_one_is_the_same(preset: Preset, tmp_path: Path) -> None:
    """A built-in session can be written as an own file and changed from there."""
    path = tmp_path / "presets" / "copy.toml"
    write_preset(path, preset)
    assert read_preset(path, GUIDANCE) == replace(preset, built_in=False)
    assert [entry.name for entry in path.parent.iterdir()] == ["copy.toml"]


def test_writing_that_fails_leaves_the_old_file(as_nobody: Path) -> None:
    """Where nothing can be written the old file stays, and nothing lies beside it."""
    path = as_nobody / "own.toml"
    write_preset(path, BUILT_IN.presets[0])
    before = path.read_bytes()
    as_nobody.chmod(0o500)
    with pytest.raises(StorageError) as caught:
        write_preset(path, BUILT_IN.presets[1])
    assert caught.value.problem is StorageProblem.NO_PERMISSION
    assert path.read_bytes() == before
    assert [entry.name for entry in as_nobody.iterdir()] == ["own.toml"]


def test_a_folder_in_the_way_is_told(tmp_path: Path) -> None:
    """A folder of that name is not replaced."""
    (tmp_path / "own.toml").mkdir()
    with pytest.raises(StorageError) as caught:
        write_preset(tmp_path / "own.toml", BUILT_IN.presets[0])
    assert caught.value.problem is StorageProblem.NOT_A_FILE
    assert {entry.name for entry in tmp_path.iterdir()} <= {"own.toml", "home"}


@given(st.data())
def test_damaged_bytes_never_end_in_a_traceback(data: st.DataObject) -> None:
    """Any bytes cut out of a preset file and put in it give a preset or a sentence."""
    content = bytearray(EXAMPLE)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = min(len(content), start + data.draw(st.integers(0, 30)))
        content[start:end] = data.draw(
            st.binary(max_size=8) | st.sampled_from([b"[", b'"', b"=", b"\n", b"-9", b"'''"])
        )
    result = parse_preset(bytes(content), Path("a.toml"), GUIDANCE)
    assert isinstance(result, Preset) or result.sentence.endswith(".")


SCALARS: Final = (
    st.integers()
    | st.floats()
    | st.booleans()
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
    | st.dates()
    | st.datetimes()
    | st.times()
)
VALUES: Final = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORD, inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["name", "area", "suggested_s", "setup", "kind", "format", "id", "x"]), VALUES
    ),
    st.lists(
        st.dictionaries(st.sampled_from(["name", "seconds", "min_s", "cap_s", "mode", "chime", "y"]), VALUES),
        max_size=3,
    ),
)
def test_values_of_any_kind_never_end_in_a_traceback(
    head: dict[str, Any], steps: list[dict[str, Any]]
) -> None:
    """Any value in any place gives a preset or a sentence."""
    text = tomli_w.dumps({"name": "A", "area": "neck", **head, "step": steps})
    result = parse_preset(text.encode(), Path("a.toml"), GUIDANCE)
    assert isinstance(result, Preset) or result.sentence.endswith(".")


def test_the_format_is_the_lowest_that_has_it_all() -> None:
    """A preset that brings no settings along is a file that earlier programs read; any other says so."""
    plain = parsed(SHORT)
    assert preset_text(plain).startswith("format = 1\n")
    dawn = replace(plain, session=PresetSettings(dawn=True))
    assert preset_text(dawn).startswith("format = 2\n")
    assert "[session]\ndawn = true\n" in preset_text(dawn)


MUTATED: Final = 10_000
KEY: Final = re.compile(r"^([a-z_]+) = (.+)$", re.MULTILINE)
WRONG: Final = (
    "-1", "0", "3", "99999", "1.5", "nan", "true", '""', '"x"', "[]", "[1]", '"\\u001b[2J"', '"\\t"',
    "2026-01-01", "{}", '"' + "y" * 2500 + '"', "''", "'", "=",
)  # fmt: skip


def mutated(text: str, chance: random.Random) -> str:
    """The file with one to three mistakes as people make them, or as a bad disk does."""
    for _ in range(chance.randint(1, 3)):
        lines = text.splitlines()
        number = chance.randrange(len(lines))
        found = KEY.match(lines[number])
        match chance.randrange(8):
            case 0 if found:
                lines[number] = f"{found[1]} = {chance.choice(WRONG)}"
            case 1 if found:
                lines[number] = f"{found[1]}{chance.choice('sx_')} = {found[2]}"
            case 2:
                del lines[number]
            case 3:
                lines.insert(number, chance.choice(lines))
            case 4:
                lines[number] = lines[number][: chance.randint(0, len(lines[number]))]
            case 5:
                place = chance.randint(0, len(lines[number]))
                lines[number] = (
                    lines[number][:place] + chr(chance.randrange(1, 0x3000)) + lines[number][place:]
                )
            case 6:
                lines[number] = chance.choice(
                    ["[[step]]", "[session]", "[step]", "[[session]]", "[session.levels]"]
                )
            case _:
                other = chance.randrange(len(lines))
                lines[number], lines[other] = lines[other], lines[number]
        text = "\n".join(lines) + "\n"
    return text


def test_ten_thousand_mutated_files() -> None:
    """Each gives a preset that compiles, or one sentence that begins with the file and names the place."""
    whole = [preset_text(preset) for preset in BUILT_IN.presets[::4]]
    own = replace(
        parsed(SHORT),
        session=PresetSettings(interval_min=3, levels=((ChimeName.CLOSE, 0.5),), voice=VoiceWish.ON),
    )
    whole.append(preset_text(own))
    chance = random.Random(7)
    fields = {*Preset.__dataclass_fields__, *Step._fields, *PresetSettings._fields, "step", "format", "key"}
    refused = 0
    for number in range(MUTATED):
        text = mutated(whole[number % len(whole)], chance)
        result = parse_preset(text.encode("utf-8", "replace"), Path("evening.toml"), GUIDANCE)
        if isinstance(result, Preset):
            for total_s in (result.min_total_s, result.suggested_s, result.max_total_s):
                assert compile_plan(result, total_s, GUIDANCE).total_s == total_s
            continue
        refused += 1
        told = result.sentence
        assert told.isprintable(), told
        assert told.endswith("."), told
        if not told.startswith("evening.toml is not valid TOML: "):  # which has line and column
            assert told.startswith("evening.toml: "), told
            assert fields & set(re.findall(r"[a-z_]+", told.split(": ")[1])), told
    assert refused > MUTATED // 3  # else the mistakes would be none


@given(st.binary(max_size=200))
def test_random_bytes_never_end_in_a_traceback(content: bytes) -> None:
    """Noise gives a sentence."""
    assert told(content).endswith(".")
