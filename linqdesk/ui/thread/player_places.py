"""The geometry of players: where the controls of sounds and videos stand, and a waveform's bars. Pure."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF

from linqdesk.ui.thread.metrics import Style

BAR_PX, BAR_GAP_PX, BAR_LEAST_PX = 3, 2, 3
_PAD_PX, _DISC_PX = 12, 40
_WAVE_GAP_PX, _WORDS_GAP_PX, _FOOT_GAP_PX = 9, 6, 8
_CHIP_WIDTH_PX, _CHIP_HEIGHT_PX = 36, 18
_STRIP_PX, _ICON_PX = 44, 28
_TIME_PX = 44
_LOUDEST = 255


@dataclass(frozen=True, slots=True)
class SoundPlaces:
    """Within the box of a sound: the disc that plays it, its waveform, words below, and its pace."""

    disc: QRectF
    wave: QRectF
    words: QRectF
    chip: QRectF

    def moved(self, by: QPointF) -> "SoundPlaces":
        """Return the places elsewhere."""
        return SoundPlaces(
            self.disc.translated(by),
            self.wave.translated(by),
            self.words.translated(by),
            self.chip.translated(by),
        )


@dataclass(frozen=True, slots=True)
class FilmPlaces:
    """Along the foot of a video that plays: what pauses it, the line of its time, words, and its pace."""

    strip: QRectF
    disc: QRectF
    line: QRectF
    words: QRectF
    chip: QRectF

    def moved(self, by: QPointF) -> "FilmPlaces":
        """Return the places elsewhere."""
        return FilmPlaces(
            self.strip.translated(by),
            self.disc.translated(by),
            self.line.translated(by),
            self.words.translated(by),
            self.chip.translated(by),
        )


def sound_places(box: QRectF, style: Style) -> SoundPlaces:
    """Return the places on a sound's card."""
    disc = QRectF(box.left() + _PAD_PX, box.center().y() - _DISC_PX / 2, _DISC_PX, _DISC_PX)
    left, right = disc.right() + _PAD_PX, box.right() - _PAD_PX - 2
    foot = box.bottom() - _FOOT_GAP_PX - style.meta_px
    top = box.top() + _WAVE_GAP_PX
    wave = QRectF(left, top, right - left, foot - _WORDS_GAP_PX - top)
    chip = _chip(right, foot + style.meta_px / 2, style)
    words = QRectF(left, foot, chip.left() - 8 - left, style.meta_px)
    return SoundPlaces(disc, wave, words, chip)


def film_places(box: QRectF, style: Style) -> FilmPlaces:
    """Return the places along the foot of a video."""
    height = _STRIP_PX * max(1.0, style.zoom)
    strip = QRectF(box.left(), box.bottom() - height, box.width(), height)
    middle = strip.center().y()
    disc = QRectF(strip.left() + 8, middle - _ICON_PX / 2, _ICON_PX, _ICON_PX)
    chip = _chip(strip.right() - _PAD_PX, middle, style)
    width = _TIME_PX * max(1.0, style.zoom)
    words = QRectF(chip.left() - 8 - width, middle - style.meta_px / 2, width, style.meta_px)
    line = QRectF(disc.right() + 8, middle - _ICON_PX / 2, words.left() - 4 - disc.right() - 8, _ICON_PX)
    return FilmPlaces(strip, disc, line, words, chip)


def bar_boxes(wave: QRectF, levels: bytes) -> list[QRectF]:
    """Return a waveform's bars, from left to right; without levels they all are as low as can be."""
    count = max(1, int((wave.width() + BAR_GAP_PX) // (BAR_PX + BAR_GAP_PX)))
    edges = [number * len(levels) // count for number in range(count + 1)]
    peaks = [max(levels[start : max(end, start + 1)], default=0) for start, end in pairwise(edges)]
    boxes = []
    for number, peak in enumerate(peaks):
        height = max(BAR_LEAST_PX, wave.height() * peak / _LOUDEST)
        left = wave.left() + number * (BAR_PX + BAR_GAP_PX)
        boxes.append(QRectF(left, wave.center().y() - height / 2, BAR_PX, height))
    return boxes


def share_at(place: QRectF, x_px: float) -> float:
    """Return which share of a recording, 0 to 1, a point along its waveform or line stands for."""
    return max(0.0, min(1.0, (x_px - place.left()) / place.width()))


def time_words(time_ms: int) -> str:
    """Return "0:04", "12:30" or "1:02:03", to the nearest second."""
    minutes, seconds = divmod((time_ms + 500) // 1_000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def spoken_time(time_ms: int) -> str:
    """Return "4 seconds" or "1 minute 5 seconds" for who listens instead of looks."""
    minutes, seconds = divmod((time_ms + 500) // 1_000, 60)
    words = [_counted(minutes, "minute")] if minutes else []
    words += [_counted(seconds, "second")] if seconds or not minutes else []
    return " ".join(words)


def rate_words(rate: float) -> str:
    """Return "1×", "1.5×" or "2×"."""
    return f"{rate:g}×"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _chip(right: float, middle: float, style: Style) -> QRectF:
    scale = max(1.0, style.zoom)
    width, height = _CHIP_WIDTH_PX * scale, _CHIP_HEIGHT_PX * scale
    return QRectF(right - width, middle - height / 2, width, height)
