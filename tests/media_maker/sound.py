"""Makes sounds: a voice without words, a plucked tune, a bicycle bell."""

import math
import random
from collections.abc import Sequence

Samples = list[float]

_VOWELS = {
    "a": (730, 1090, 2440),
    "e": (530, 1840, 2480),
    "i": (280, 2250, 2900),
    "o": (500, 840, 2410),
    "u": (310, 870, 2240),
}
_BANDWIDTHS = (70, 100, 140)
_SAYING = "o a  e i a u  o e a  i o  a e u a"
_MELODY = (67, 71, 74, 79, 78, 74, 71, 72, 76, 74, 71, 67)


def voice(rate: int) -> Samples:
    """Say something in vowels, with the melody and the pauses of a sentence."""
    said: Samples = []
    syllables = _SAYING.split(" ")
    chance = random.Random(4)
    for number, vowel in enumerate(syllables):
        fall = 1 - 0.28 * number / len(syllables)
        pitch = 165 * fall * chance.uniform(0.92, 1.12)
        said += [0.0] * round(rate * 0.12) if not vowel else _syllable(rate, vowel, pitch, chance)
    return _levelled(said)


def _syllable(rate: int, vowel: str, pitch: float, chance: random.Random) -> Samples:
    count = round(rate * chance.uniform(0.17, 0.3))
    onset = round(rate * 0.035)
    source: Samples = []
    phase = 0.0
    for index in range(count):
        phase += pitch * (1 + 0.05 * math.sin(index / count * math.pi)) / rate
        pulse = 0.0
        if phase >= 1:
            phase -= 1
            pulse = 1.0
        hiss = chance.uniform(-0.16, 0.16) if index < onset else chance.uniform(-0.01, 0.01)
        source.append(pulse + hiss)
    for centre, width in zip(_VOWELS[vowel], _BANDWIDTHS, strict=True):
        source = _resonance(source, centre, width, rate)
    envelope = (min(1, index / (rate * 0.02), (count - index) / (rate * 0.06)) for index in range(count))
    voiced = _levelled(source)
    return [sample * level for sample, level in zip(voiced, envelope, strict=True)]


def _resonance(samples: Sequence[float], centre: float, width: float, rate: int) -> Samples:
    reach = math.exp(-math.pi * width / rate)
    near, far = 2 * reach * math.cos(math.tau * centre / rate), -reach * reach
    before = earlier = 0.0
    out: Samples = []
    for sample in samples:
        now = sample + near * before + far * earlier
        before, earlier = now, before
        out.append(now)
    return out


def tune(rate: int, notes: Sequence[int] = _MELODY, step_s: float = 0.3) -> Samples:
    """Pluck a melody on a string."""
    out = [0.0] * round(rate * (step_s * len(notes) + 0.9))
    for number, note in enumerate(notes):
        start = round(number * step_s * rate)
        for index, sample in enumerate(_pluck(rate, 440 * 2 ** ((note - 69) / 12), 1.1)):
            if start + index < len(out):
                out[start + index] += sample
    return _levelled(out)


def _pluck(rate: int, pitch: float, long_s: float) -> Samples:
    chance = random.Random(round(pitch))
    string = [chance.uniform(-1, 1) for _ in range(round(rate / pitch))]
    out: Samples = []
    for index in range(round(rate * long_s)):
        place = index % len(string)
        out.append(string[place])
        string[place] = 0.497 * (string[place] + string[(place + 1) % len(string)])
    return out


def bell(rate: int, strokes: Sequence[float] = (0.0, 0.32), long_s: float = 1.8) -> Samples:
    """Ring a bicycle bell."""
    partials = ((1.0, 1.0, 3.0), (2.76, 0.6, 4.5), (5.4, 0.35, 7.0), (8.93, 0.2, 10.0))
    out = [0.0] * round(rate * long_s)
    for stroke in strokes:
        for index in range(round(stroke * rate), len(out)):
            at = index / rate - stroke
            for ratio, level, decay in partials:
                if 620 * ratio < rate / 2:
                    out[index] += level * math.exp(-decay * at) * math.sin(math.tau * 620 * ratio * at)
    return _levelled(out)


def _levelled(samples: Samples) -> Samples:
    peak = max((abs(sample) for sample in samples), default=0) or 1
    return [sample / peak * 0.82 for sample in samples]
