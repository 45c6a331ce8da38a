"""How loud what is heard is, moment by moment. Pure."""

import math
from array import array
from collections.abc import Sequence

from linqdesk.domain.recording import SampleKind, SoundForm

# One level stands for so much time.
STEP_MS = 50
_LOOKS_A_STEP = 200
_QUIETEST_DB = -50.0
_CODES = {
    SampleKind.UINT8: ("B", 128.0, 128.0),
    SampleKind.INT16: ("h", 0.0, 32_768.0),
    SampleKind.INT32: ("i", 0.0, 2_147_483_648.0),
    SampleKind.FLOAT32: ("f", 0.0, 1.0),
}
_LOUDEST = 255


class Loudness:
    """Makes levels of 0 to 255 out of what a microphone tells; 255 is as loud as it can be.

    They follow the ear: half of the scale is what sounds half as loud, and the quiet of a room is 0.
    """

    def __init__(self, form: SoundForm) -> None:
        """Start with silence of no length."""
        self._code, self._silence, self._reach = _CODES[form.samples]
        self._step_samples = max(1, form.rate_hz * STEP_MS // 1_000) * form.channels
        self._stride = max(1, self._step_samples // _LOOKS_A_STEP)
        self._rest: array[float] | array[int] = array(self._code)

    def take(self, data: bytes) -> bytes:
        """Return the levels of each whole step that was heard by now."""
        samples = self._rest
        samples.frombytes(data)
        ends = range(self._step_samples, len(samples) + 1, self._step_samples)
        levels = bytes(self._level(samples[end - self._step_samples : end : self._stride]) for end in ends)
        self._rest = samples[len(levels) * self._step_samples :]
        return levels

    def _level(self, samples: Sequence[float]) -> int:
        farthest = max(max(samples) - self._silence, self._silence - min(samples)) / self._reach
        if farthest <= 0:
            return 0
        share = 1 - 20 * math.log10(farthest) / _QUIETEST_DB
        return max(0, min(_LOUDEST, round(share * _LOUDEST)))
