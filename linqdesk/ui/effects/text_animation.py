"""Draws the animated ranges of a laid-out text, grapheme by grapheme."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TypeAlias

from PySide6.QtCore import QPointF, QRectF, QTextBoundaryFinder
from PySide6.QtGui import QGlyphRun, QPainter, QTextLayout

from linqdesk.domain.decorations import Decoration
from linqdesk.ui.effects.pose import REST, Pose, take
from linqdesk.ui.effects.text_motion import SHAPES, Grapheme, pose_of

# One grapheme costs some 20 us a frame: beyond this many the rest of a text stays still.
MOST_MOVING = 400
_USUAL_PX = 14
_HALO = ((1.28, 0.10), (1.14, 0.16))
# Letters that grow or shrink move their neighbours aside, but not out of the bubble.
_SPREADING = frozenset({"big", "small"})
_MOST_SPREAD_PX = 18.0
_Drawn: TypeAlias = tuple[tuple[QGlyphRun, ...], QRectF]


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is drawn of one grapheme; several runs where its marks come from other fonts."""

    runs: tuple[QGlyphRun, ...]
    box: QRectF
    grapheme: Grapheme

    @property
    def line_y(self) -> float:
        """Where the baseline of its line is."""
        return self.runs[0].positions()[0].y()


class MovingRange:
    """The graphemes of one animated range."""

    def __init__(self, animation: str, drawn: list[_Drawn], unit: float) -> None:
        self._animation = animation
        middle = _united([box for _, box in drawn]).center()
        half_width = max([1.0, *(abs(box.center().x() - middle.x()) for _, box in drawn)])
        self.glyphs = []
        for index, (runs, box) in enumerate(drawn):
            away = box.center() - middle
            out_y = max(-1.0, min(1.0, away.y() / _USUAL_PX))
            self.glyphs.append(
                Glyph(runs, box, Grapheme(index, len(drawn), unit, away.x() / half_width, out_y))
            )

    def posed(self, time_s: float) -> list[tuple[Glyph, Pose]]:
        """Return each grapheme with its pose at a time."""
        poses = [(glyph, pose_of(self._animation, time_s, glyph.grapheme)) for glyph in self.glyphs]
        return _spread(poses) if self._animation in _SPREADING else poses


class MovingText:
    """The graphemes of a text that move; made once a layout, drawn every frame.

    Positions are those of the layout. Graphemes are never cut: a range that ends inside of one takes
    all of it, and what the font joins into one glyph moves as one.
    """

    def __init__(
        self, layout: QTextLayout, decorations: Iterable[Decoration], text: str | None = None
    ) -> None:
        """Find what moves; decorations without a known animation are left alone.

        Args:
            layout: laid out; positions of the decorations are in it.
            decorations: what moves, and how.
            text: of a document's own layout, which does not know its text.
        """
        # The layout itself is not kept: a document's own goes with the document, and Python would take
        # whatever Qt puts in its place for it.
        self._edges = _grapheme_edges(layout.text() if text is None else text)
        self.moving: list[MovingRange] = []
        self._room = MOST_MOVING
        self.ranges: list[tuple[int, int]] = []
        end = 0
        for each in sorted(decorations, key=lambda each: each.start):
            if each.animation is not None and each.animation in SHAPES:
                end = self._add(layout, each, each.animation, end)
        glyphs = [glyph for each in self.moving for glyph in each.glyphs]
        self.emoji_boxes = [glyph.box for glyph in glyphs if _is_coloured(glyph)]

    def paint(self, painter: QPainter, at: QPointF, time_s: float) -> None:
        """Draw what moves as it stands `time_s` seconds after the start, in the painter's pen."""
        for each in self.moving:
            for glyph, pose in each.posed(time_s):
                if pose.opacity > 0:
                    _draw(painter, at, glyph, pose)

    def _add(self, layout: QTextLayout, decoration: Decoration, animation: str, free_from: int) -> int:
        """Take a range in, from where the one before ended; returns where it ends."""
        first = max(decoration.start, free_from)
        pieces = [
            (start, end)
            for start, end in self._edges
            if end > first and start < decoration.end and start >= free_from
        ]
        pieces = pieces[: self._room]
        if not pieces:
            return free_from
        self._room -= len(pieces)
        self.ranges.append((pieces[0][0], pieces[-1][1]))
        unit = max(1, layout.font().pixelSize()) / _USUAL_PX
        self.moving.append(MovingRange(animation, list(_runs_of(layout, pieces)), unit))
        return pieces[-1][1]


def _runs_of(layout: QTextLayout, pieces: list[tuple[int, int]]) -> Iterator[_Drawn]:
    """Yield what is drawn of each grapheme and where, each ligature once."""
    seen: set[tuple[float, float]] = set()
    for start, end in pieces:
        line = layout.lineForTextPosition(start)
        drawn = []
        for run in line.glyphRuns(start, end - start) if line.isValid() else ():
            places = {(place.x(), place.y()) for place in run.positions()}
            if not places <= seen:
                drawn.append(run)
            seen |= places
        if drawn:
            yield tuple(drawn), _united([run.boundingRect() for run in drawn])


def _spread(poses: list[tuple[Glyph, Pose]]) -> list[tuple[Glyph, Pose]]:
    """Make room for letters that grow, line by line and from the middle outwards."""
    spread = []
    in_order = sorted(poses, key=lambda each: (each[0].line_y, each[0].box.x()))
    for _, group in groupby(in_order, key=lambda each: each[0].line_y):
        line = list(group)
        growths = [(pose.scale - 1) * glyph.box.width() for glyph, pose in line]
        total = sum(growths)
        share = min(1.0, _MOST_SPREAD_PX / max(1.0, abs(total)))
        shift = -total / 2
        for (glyph, pose), growth in zip(line, growths, strict=True):
            spread.append((glyph, replace(pose, dx_px=pose.dx_px + share * (shift + growth / 2))))
            shift += growth
    return spread


def _draw(painter: QPainter, at: QPointF, glyph: Glyph, pose: Pose) -> None:
    if pose is REST:
        for run in glyph.runs:
            painter.drawGlyphRun(at, run)
        return
    pivot = at + glyph.box.center()
    painter.save()
    take(painter, pose, pivot)
    if pose.glow:
        _draw_halo(painter, at, glyph, pose.glow)
    for run in glyph.runs:
        painter.drawGlyphRun(at, run)
    painter.restore()


def _draw_halo(painter: QPainter, at: QPointF, glyph: Glyph, glow: float) -> None:
    """Draw faint larger copies behind a grapheme: light around it in its own colour."""
    pivot = at + glyph.box.center()
    for scale, opacity in _HALO:
        painter.save()
        take(painter, Pose(scale=1 + (scale - 1) * glow, opacity=opacity * glow), pivot)
        for run in glyph.runs:
            painter.drawGlyphRun(at, run)
        painter.restore()


def _united(boxes: list[QRectF]) -> QRectF:
    whole = QRectF()
    for box in boxes:
        whole = whole.united(box)
    return whole


def _grapheme_edges(text: str) -> list[tuple[int, int]]:
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    edges, start = [], 0
    while (end := finder.toNextBoundary()) >= 0:
        edges.append((start, end))
        start = end
    return edges


def _is_coloured(glyph: Glyph) -> bool:
    """Tell whether a glyph brings its own colours: those cannot be hidden by a transparent pen."""
    return any("emoji" in run.rawFont().familyName().lower() for run in glyph.runs)
