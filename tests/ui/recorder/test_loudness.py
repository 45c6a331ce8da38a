from array import array

import pytest

from linqdesk.domain.recording import SampleKind, SoundForm
from linqdesk.ui.recorder.loudness import Loudness
from tests.ui.recorder.virtual import FORM, tone


def test_louder_is_higher_and_silence_is_nothing() -> None:
    levels = [max(Loudness(FORM).take(tone(100, loudness=each))) for each in (0, 300, 3_000, 32_000)]
    assert levels == sorted(levels)
    assert levels[0] == 0
    assert levels[-1] >= 250
    assert 100 < levels[2] < 240


def test_a_level_stands_for_the_same_time_however_sound_comes() -> None:
    whole = Loudness(FORM).take(tone(1_000))
    loudness = Loudness(FORM)
    sound = tone(1_000)
    pieces = b"".join(loudness.take(sound[start : start + 1_234]) for start in range(0, len(sound), 1_234))
    assert len(whole) == 20
    assert pieces == whole


@pytest.mark.parametrize(
    ("samples", "code", "loud", "quiet"),
    [
        (SampleKind.UINT8, "B", 255, 128),
        (SampleKind.INT16, "h", 32_000, 0),
        (SampleKind.INT32, "i", 2_000_000_000, 0),
        (SampleKind.FLOAT32, "f", 0.9, 0.0),
    ],
)
def test_every_form_of_samples_is_understood(
    samples: SampleKind, code: str, loud: float, quiet: float
) -> None:
    form = SoundForm(8_000, 2, samples)
    for value, least, most in ((loud, 240, 255), (quiet, 0, 0)):
        data = array(code, [value if code == "f" else int(value)] * 8_000).tobytes()
        levels = Loudness(form).take(data)
        assert len(levels) == 10
        assert least <= min(levels) <= max(levels) <= most
