"""Draws videos: a poster with its length, or what plays with its controls along the foot."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPixmap

from linqdesk.store.media import MediaState
from linqdesk.ui.media.recordings import RecordingLook
from linqdesk.ui.theme import FontSize
from linqdesk.ui.thread.lettering import CENTRE, RIGHT, Ink, draw_icon, draw_words
from linqdesk.ui.thread.piece_look import PieceLook
from linqdesk.ui.thread.pieces import VideoPiece
from linqdesk.ui.thread.player_places import FilmPlaces, time_words
from linqdesk.ui.thread.sound_painting import paint_chip, paint_mark, recording_look

_PLAY_PX, _STATE_ICON_PX = 48, 28
_PAD_PX, _FOOT_PX, _GAP_PX = 10, 16, 6
_PILL_PAD_PX = 8
_TRACK_PX, _KNOB_PX = 4, 6
_VEIL_SHARE, _TRACK_SHARE = 0.62, 0.38


def paint_video(painter: QPainter, piece: VideoPiece, look: PieceLook) -> None:
    """Draw a video."""
    seen = recording_look(painter, piece.extent.part_index, look)
    path = look.outline(piece.box, has_tail=False)
    painter.save()
    painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
    if seen.picture is not None:
        _paint_picture(painter, piece.box, seen.picture, look)
    else:
        painter.fillRect(piece.box, look.theme.poster.surface)
    if seen.is_current:
        _paint_controls(painter, piece.player, seen, look)
    elif seen.words:
        _paint_words(painter, piece.box, seen, look)
    else:
        _paint_still(painter, piece, seen, look)
    painter.restore()
    if look.theme.outline_px:
        painter.setPen(QPen(look.theme.text, look.theme.outline_px))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
    if piece.extent.covered(look.selected) is not None:
        painter.fillPath(path, look.theme.text_selection)


def _paint_picture(painter: QPainter, box: QRectF, picture: QPixmap | QImage, look: PieceLook) -> None:
    """Show a whole picture; what has another shape than its box leaves edges."""
    painter.fillRect(box, look.theme.poster.surface)
    size = picture.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(0, 0, size.width(), size.height())
    if abs(size.width() - box.width()) <= 1 and abs(size.height() - box.height()) <= 1:
        target.setSize(box.size())
    target.moveCenter(box.center())
    if isinstance(picture, QImage):
        painter.drawImage(target, picture)
    else:
        painter.drawPixmap(target, picture, QRectF(picture.rect()))


def _paint_still(painter: QPainter, piece: VideoPiece, seen: RecordingLook, look: PieceLook) -> None:
    """Draw what invites to play: the disc, and how long it takes."""
    ground, ink = _veil(look, _VEIL_SHARE), look.theme.poster.text
    circle = QRectF(0, 0, _PLAY_PX, _PLAY_PX)
    circle.moveCenter(piece.box.center())
    painter.setPen(QPen(ink, 2))
    painter.setBrush(ground)
    painter.drawEllipse(circle)
    paint_mark(painter, circle, ink, is_playing=False)
    if seen.state is MediaState.LOADING and seen.progress is not None:
        words = f"{seen.progress:.0%}"
    else:
        words = piece.facts.detail if seen.duration_ms is None else time_words(seen.duration_ms)
    small = look.font(FontSize.META)
    metrics = QFontMetricsF(small)
    height = max(_FOOT_PX * look.zoom, metrics.height()) + 4
    width = min(metrics.horizontalAdvance(words) + 2 * _PILL_PAD_PX, piece.box.width() - 2 * _PAD_PX)
    pill = QRectF(piece.box.left() + _PAD_PX, piece.box.bottom() - _PAD_PX - height, width + 1, height)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(pill, height / 2, height / 2)
    draw_words(painter, pill, words, Ink(small, ink, CENTRE))


def _paint_words(painter: QPainter, box: QRectF, seen: RecordingLook, look: PieceLook) -> None:
    """Say why there is nothing to play, and what can be done about it."""
    ink = look.theme.poster.text
    line = round(_FOOT_PX * look.zoom)
    act = seen.act
    lines = [seen.words, act] if act else [seen.words]
    top = box.center().y() - (_STATE_ICON_PX + _GAP_PX + line * len(lines)) / 2
    draw_icon(painter, QRectF(box.left(), top, box.width(), _STATE_ICON_PX), "video", ink, _STATE_ICON_PX)
    place = QRectF(box.left() + _PAD_PX, top + _STATE_ICON_PX + _GAP_PX, box.width() - 2 * _PAD_PX, line)
    for words in lines:
        small = look.font(FontSize.META)
        # On a dark ground no accent can be read: what can be done is underlined.
        small.setUnderline(words == act)
        draw_words(painter, place, words, Ink(small, ink, CENTRE))
        place.translate(0, line)


def _paint_controls(painter: QPainter, places: FilmPlaces, seen: RecordingLook, look: PieceLook) -> None:
    """Draw what pauses, the line of time with a knob, what is left, and the pace."""
    ink = look.theme.poster.text
    painter.fillRect(places.strip, _veil(look, _VEIL_SHARE))
    # The mark is to be as large as on a disc of some more pixels.
    paint_mark(painter, places.disc.adjusted(-8, -8, 8, 8), ink, is_playing=seen.is_playing)
    paint_line(painter, places.line, seen.share, ink)
    left = time_words(seen.remaining_ms or 0)
    draw_words(painter, places.words, f"\N{MINUS SIGN}{left}", Ink(look.font(FontSize.META), ink, RIGHT))
    paint_chip(painter, places.chip, seen.rate, (_faint(ink, _TRACK_SHARE / 2), ink), look)


def paint_line(painter: QPainter, place: QRectF, share: float, ink: QColor) -> None:
    """Draw the line of a video's time with a knob where it stands."""
    track = QRectF(place.left(), place.center().y() - _TRACK_PX / 2, place.width(), _TRACK_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faint(ink, _TRACK_SHARE))
    painter.drawRoundedRect(track, _TRACK_PX / 2, _TRACK_PX / 2)
    at = track.left() + share * track.width()
    track.setRight(max(at, track.left() + _TRACK_PX))
    painter.setBrush(ink)
    painter.drawRoundedRect(track, _TRACK_PX / 2, _TRACK_PX / 2)
    painter.drawEllipse(QPointF(at, track.center().y()), _KNOB_PX, _KNOB_PX)


def _veil(look: PieceLook, share: float) -> QColor:
    if look.theme.outline_px:
        return look.theme.poster.surface
    return _faint(look.theme.poster.surface, share)


def _faint(colour: QColor, share: float) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(share)
    return faint
