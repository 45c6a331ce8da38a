"""Draws the players of sounds: a disc that plays, the waveform with the position in it, and what is left."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

from linqdesk.store.media import MediaState
from linqdesk.ui.media.recordings import RecordingLook
from linqdesk.ui.theme import FontSize, mixed
from linqdesk.ui.thread.lettering import CENTRE, Ink, draw_icon, draw_words
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.pieces import AudioPiece
from linqdesk.ui.thread.player_places import BAR_PX, bar_boxes, rate_words, time_words

_DISC_PX, _ICON_PX = 36, 20
_AHEAD_SHARE, _QUIET_SHARE, _CHIP_SHARE = 0.5, 0.72, 0.14
_MARK_PX, _MARK_REACH_PX = 2, 3
_RING_PX = 3
_WHOLE_TURN = 360 * 16
_WAITING = RecordingLook(MediaState.WAITING)


def paint_sound(painter: QPainter, piece: AudioPiece, look: PieceLook) -> None:
    """Draw a sound's player."""
    seen = recording_look(painter, piece.extent.part_index, look)
    fill = look.fill
    path = look.outline(piece.box)
    look.draw_surface(painter, path, fill)
    strong = fill.text if look.is_own else look.theme.accent
    on_strong = fill.surface if look.is_own else look.theme.on_accent
    places = piece.player
    faint = mixed(fill.surface, fill.text, _CHIP_SHARE)
    if seen.words:
        _paint_trouble(painter, places.disc, (faint, fill.text), seen)
    else:
        _paint_disc(painter, places.disc, (strong, on_strong), seen)
    _paint_wave(painter, places.wave, (strong, mixed(fill.surface, fill.text, _AHEAD_SHARE)), seen)
    # On a coloured bubble, and where contrast is to be high, anything fainter could not be read.
    is_faint = not (look.is_own or look.theme.outline_px)
    quiet = mixed(fill.surface, fill.text, _QUIET_SHARE) if is_faint else fill.text
    words = _words(piece, seen)
    draw_words(painter, places.words, words, Ink(look.font(FontSize.META), quiet))
    if not seen.words:
        paint_chip(painter, places.chip, seen.rate, (faint, fill.text), look)
    if piece.extent.covered(look.selected) is not None:
        painter.fillPath(path, look.theme.text_selection)


def recording_look(painter: QPainter, part_index: int, look: PieceLook) -> RecordingLook:
    """Return how a recording stands; where nobody knows, it waits."""
    if look.recordings is None or look.message is None:
        return _WAITING
    return look.recordings.look_at(look.message, part_index, painter.device().devicePixelRatio())


def paint_chip(
    painter: QPainter, place: QRectF, rate: float, colours: tuple[QColor, QColor], look: PieceLook
) -> None:
    """Draw how fast it plays; the colours are the ground's and the words'."""
    painter.setPen(QPen(colours[1], 1) if look.theme.outline_px else Qt.PenStyle.NoPen)
    painter.setBrush(colours[0])
    painter.drawRoundedRect(place, place.height() / 2, place.height() / 2)
    strong = look.font(FontSize.META, QFont.Weight.DemiBold)
    draw_words(painter, place, rate_words(rate), Ink(strong, colours[1], CENTRE))


def paint_mark(painter: QPainter, circle: QRectF, colour: QColor, *, is_playing: bool) -> None:
    """Draw the mark of playing, or of pausing, into a circle."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    middle, half = circle.center(), circle.height() * 0.19
    if is_playing:
        for x in (middle.x() - half, middle.x() + half * 0.35):
            painter.drawRoundedRect(QRectF(x, middle.y() - half, half * 0.65, 2 * half), 1, 1)
        return
    # A triangle looks centred when its centre of gravity is.
    x, y = middle.x() - half * 0.66, middle.y()
    painter.drawPolygon([QPointF(x, y - half), QPointF(x + half * 1.75, y), QPointF(x, y + half)])


def _paint_disc(
    painter: QPainter, place: QRectF, colours: tuple[QColor, QColor], seen: RecordingLook
) -> None:
    circle = QRectF(0, 0, _DISC_PX, _DISC_PX)
    circle.moveCenter(place.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours[0])
    painter.drawEllipse(circle)
    paint_mark(painter, circle, colours[1], is_playing=seen.is_playing)
    if seen.state is MediaState.LOADING and seen.progress is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colours[1], _RING_PX))
        inner = circle.adjusted(_RING_PX, _RING_PX, -_RING_PX, -_RING_PX)
        painter.drawArc(inner, _WHOLE_TURN // 4, -round(_WHOLE_TURN * seen.progress))


def _paint_trouble(
    painter: QPainter, place: QRectF, colours: tuple[QColor, QColor], seen: RecordingLook
) -> None:
    """Draw, where it would be played, what else can be done."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours[0])
    painter.drawEllipse(place.center(), _DISC_PX / 2, _DISC_PX / 2)
    icon = {"Save": "download", "Retry": "rotate-cw", "Load": "download"}.get(seen.act, "audio-lines")
    draw_icon(painter, place, icon, colours[1], _ICON_PX)


def _paint_wave(painter: QPainter, wave: QRectF, colours: tuple[QColor, QColor], seen: RecordingLook) -> None:
    """Draw the bars; what was played differs in colour, and a mark stands between."""
    at = wave.left() + seen.share * wave.width()
    painter.setPen(Qt.PenStyle.NoPen)
    for box in bar_boxes(wave, seen.levels):
        painter.setBrush(colours[0] if seen.is_current and box.center().x() <= at else colours[1])
        painter.drawRoundedRect(box, BAR_PX / 2, BAR_PX / 2)
    if seen.is_current:
        mark = QRectF(
            at - _MARK_PX / 2, wave.top() - _MARK_REACH_PX, _MARK_PX, wave.height() + 2 * _MARK_REACH_PX
        )
        painter.setBrush(colours[0])
        painter.drawRoundedRect(mark, 1, 1)
        painter.drawEllipse(QPointF(at, mark.top()), _MARK_REACH_PX, _MARK_REACH_PX)


def _words(piece: AudioPiece, seen: RecordingLook) -> str:
    """Return what is left to hear, else what it is; and its name."""
    if seen.words:
        return f"{seen.words} · {seen.act}" if seen.act else seen.words
    if seen.state is MediaState.LOADING and (seen.is_wished or seen.progress is not None):
        return f"Loading {seen.progress:.0%}" if seen.progress is not None else "Loading…"
    if seen.remaining_ms is None:
        return piece.facts.detail
    time = time_words(seen.remaining_ms)
    return f"\N{MINUS SIGN}{time}" if seen.is_current else f"{time} · {piece.facts.name}"
