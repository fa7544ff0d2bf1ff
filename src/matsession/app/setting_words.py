"""What each setting is called: the words beside it on the page of settings."""

from collections.abc import Sequence

from matsession.app.texts import tr


def changed(names: Sequence[str]) -> str:
    """A sentence on a change of these settings, to stand beside an offer to take it back."""
    return tr("Changed: {setting}").format(setting=setting(names[0]))


def setting(name: str) -> str:
    """The words for one of the settings that are chosen; raises KeyError for one that is only remembered."""
    return {
        "volume": tr("Volume"),
        "volume_by_output": tr("Volume"),
        "output": tr("Output"),
        "levels": tr("Level of a sound"),
        "own_sounds": tr("Own sound file"),
        "background": tr("Background sound"),
        "background_level": tr("Level of the background"),
        "voice": tr("Speak the steps"),
        "voice_id": tr("Voice"),
        "voice_speed": tr("Pace"),
        "preparation_s": tr("Time to settle in"),
        "interval_min": tr("Interval chime"),
        "warning_s": tr("Chime before the end"),
        "hearing_check": tr("Hearing check"),
        "doze_guard": tr("Wake chime returns if I don't react"),
        "doze_ceiling": tr("Loudest wake chime"),
        "one_button": tr("One button for everything"),
        "day_turn_min": tr("The day turns at"),
        "show_streak": tr("Count days in a row"),
        "rest_weekdays": tr("Days off"),
        "programme_shown": tr("Two gentle weeks on the session page"),
        "show_recent": tr("Last 14 days on the body map"),
        "favourites": tr("Presets offered first"),
        "length_unit": tr("Sizes in"),
        "true_for_me": tr("Your answers about safety"),
        "theme": tr("Theme"),
        "text_percent": tr("Text size"),
        "reduce_motion": tr("Reduce motion"),
        "mat_at_start": tr("Mat view opens at Start"),
        "mat_screen": tr("Screen of the mat view"),
        "mat_turns": tr("Turn the mat view"),
        "mat_brightness": tr("Brightness of the mat view"),
        "dawn": tr("Dawn at the end"),
        "keep_screen_on": tr("Keep the screen on"),
        "tray": tr("Icon in the tray"),
        "close_without_tray": tr("Closing without the tray"),
        "pause_players": tr("Pause other players"),
        "mini_on_top": tr("Mini window stays on top"),
    }[name]
