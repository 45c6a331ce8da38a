"""Which rows are on screen and where: exact for what is seen, estimated for the rest."""

from collections import OrderedDict
from collections.abc import Iterator
from typing import TypeAlias

from linqdesk.domain.ids import AttachmentId, RowKey
from linqdesk.ui.models.message_list_model import MessageListModel
from linqdesk.ui.models.row_context import RowContext
from linqdesk.ui.thread.bubble_layout import lay_out
from linqdesk.ui.thread.height_index import HeightIndex
from linqdesk.ui.thread.metrics import Style
from linqdesk.ui.thread.pictured_rows import PicturedRows
from linqdesk.ui.thread.piece_layout import SizeOf
from linqdesk.ui.thread.row_layout import RowLayout

TOP_PAD_PX, BOTTOM_PAD_PX = 8, 12
_ESTIMATE_PX = 52.0
_KEPT_LAYOUTS = 600
# A scroll step beyond this many screens is a jump: what lies between need not be measured.
_JUMP_SCREENS = 3

_Made: TypeAlias = tuple[int, RowContext, Style, int]


class Arrangement:
    """Places rows from one that is fixed on screen, so that nothing seen moves when others change.

    The fixed row is `top`, the first that is at least partly visible; `offset_px` is where it begins,
    relative to the viewport's upper edge and mostly negative.
    """

    def __init__(self, model: MessageListModel) -> None:
        """Arrange the rows of a model."""
        self._model = model
        self._heights = HeightIndex(_ESTIMATE_PX)
        self._layouts: OrderedDict[RowKey, tuple[_Made, RowLayout]] = OrderedDict()
        self._pages: dict[RowKey, int] = {}
        self._pictured = PicturedRows()
        self._style = Style(width_px=400)
        self._height_px = 0
        self.top = 0
        self.offset_px = 0.0
        self.is_at_bottom = True

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self._heights)

    @property
    def style(self) -> Style:
        """What the geometry depends on besides the rows."""
        return self._style

    @property
    def total_px(self) -> float:
        """The height of everything, partly estimated."""
        return self._heights.total_px + TOP_PAD_PX + BOTTOM_PAD_PX

    @property
    def scrolled_px(self) -> float:
        """How much lies above the viewport, partly estimated."""
        return self._heights.top_of(self.top) - self.offset_px + TOP_PAD_PX

    def measure_pictures_by(self, size_of: SizeOf) -> None:
        """Ask here too for the size of pictures and videos from now on."""
        self._pictured.sources += (size_of,)

    def picture_changed(self, attachment_id: AttachmentId) -> bool:
        """Lay rows out anew whose picture has another size now; tells whether there were any."""
        outdated = self._pictured.outdated(attachment_id)
        for key in outdated:
            self._forget(key)
            row = self._model.position_of(key)
            if row is not None:
                self._picture_sized(row)
        return bool(outdated)

    def _picture_sized(self, row: int) -> None:
        """Let a row that is seen grow away from the middle of the screen, where one reads."""
        if self.is_at_bottom:
            self.go_to_bottom()
            return
        old_height = self._heights.height_of(row)
        y = self._heights.top_of(row) - self._heights.top_of(self.top) + self.offset_px
        if row >= self.top and y + old_height / 2 < self._height_px / 2:
            self.offset_px += old_height - self._measured(row)
        self._settle()

    def layout_of(self, row: int) -> RowLayout:
        """Return a row's geometry."""
        content = self._model.row_at(row)
        made: _Made = (
            content.revision,
            self._model.context_at(row),
            self._style,
            self._pages.get(content.key, 1),
        )
        known = self._layouts.get(content.key)
        if known is not None and known[0] == made:
            self._layouts.move_to_end(content.key)
            return known[1]
        layout = lay_out(content, made[1], self._style, pages=made[3], size_of=self._pictured.size_of)
        self._layouts[content.key] = made, layout
        self._pictured.note(content.key, layout)
        if len(self._layouts) > _KEPT_LAYOUTS:
            self._forget(next(iter(self._layouts)))
        return layout

    def _forget(self, key: RowKey) -> None:
        del self._layouts[key]
        self._pictured.forget(key)

    def visible(self) -> Iterator[tuple[int, float]]:
        """Yield each row on screen with the place where it begins."""
        y = self.offset_px
        for row in range(self.top, self.count):
            if y >= self._height_px:
                return
            yield row, y
            y += self._measured(row)

    def place_of(self, row: int) -> float | None:
        """Return where a row begins, None where it is not on screen."""
        return next((y for each, y in self.visible() if each == row), None)

    def row_at(self, y_px: float) -> int | None:
        """Return the row at a place of the viewport, the nearest one beyond its ends; None without rows."""
        nearest = None
        for row, y in self.visible():
            if nearest is not None and y > y_px:
                break
            nearest = row
        return nearest

    def reset(self) -> None:
        """Start anew with the model's rows, at the end."""
        self._layouts.clear()
        self._pictured.clear()
        self._pages.clear()
        self._heights.reset(self._model.rowCount())
        self.go_to_bottom()

    def set_view(self, style: Style, height_px: int) -> None:
        """Take the viewport's size; what is fixed on screen stays."""
        if style != self._style:
            self._layouts.clear()
            self._pictured.clear()
        was_at_bottom, self._style, self._height_px = self.is_at_bottom, style, height_px
        if was_at_bottom:
            self.go_to_bottom()
        else:
            self._settle()

    def show_more(self, row: int) -> None:
        """Draw one more page of a message that was cut; its upper edge stays, so reading goes on below."""
        key = self._model.row_at(row).key
        self._pages[key] = self._pages.get(key, 1) + 1
        self._settle()

    def rows_inserted(self, first: int, count: int) -> None:
        """Take new rows in; those above the screen move nothing on it."""
        was_empty = self.count == 0
        follows = self.is_at_bottom or was_empty
        old_height = self._heights.height_of(self.top) if not was_empty else 0.0
        self._heights.insert(first, count)
        if follows:
            self.go_to_bottom()
            return
        if first <= self.top:
            self.top += count
            # Its heading may have gone with its new neighbour: keep its lower edge where it was.
            self.offset_px += old_height - self._measured(self.top)
        self._settle()

    def rows_removed(self, first: int, count: int) -> None:
        """Let rows go."""
        self._heights.remove(first, count)
        if first < self.top:
            self.top = max(first, self.top - count)
        self.top = max(0, min(self.top, self.count - 1))
        if self.is_at_bottom:
            self.go_to_bottom()
        else:
            self._settle()

    def row_changed(self, row: int) -> None:
        """Measure a row anew; above the screen this moves nothing on it."""
        if self.is_at_bottom:
            self.go_to_bottom()
            return
        if row == self.top:
            old_height = self._heights.height_of(row)
            self.offset_px += old_height - self._measured(row)
        self._settle()

    def scroll_by(self, delta_px: float) -> None:
        """Move the content up by some pixels, down where they are negative."""
        if abs(delta_px) > _JUMP_SCREENS * max(self._height_px, 1):
            self.scroll_to(self.scrolled_px + delta_px)
            return
        self.offset_px -= delta_px
        self._settle()

    def scroll_to(self, y_px: float) -> None:
        """Jump to where `y_px` of everything lie above the viewport, by estimate."""
        if self.count:
            inner = max(0.0, y_px - TOP_PAD_PX)
            self.top = self._heights.row_at(inner)
            self.offset_px = self._heights.top_of(self.top) - inner
            self._settle()

    def go_to_bottom(self) -> None:
        """Show the newest row."""
        if self.count:
            self.top = self.count - 1
            self.offset_px = self._height_px - BOTTOM_PAD_PX - self._measured(self.top)
        self._settle()

    def show_row(self, row: int, margin_px: float = 0.0) -> None:
        """Show a row at the top of the screen, `margin_px` below its edge."""
        self.top, self.offset_px = row, margin_px
        self._settle()

    def reveal(self, row: int) -> None:
        """Scroll as little as it takes to see a row."""
        y = self.place_of(row)
        if y is None:
            self.show_row(row, self._height_px / 3)
            return
        below = y + self._measured(row) - (self._height_px - BOTTOM_PAD_PX)
        if y < 0:
            self.scroll_by(y)
        elif below > 0:
            self.scroll_by(min(below, y))

    def _measured(self, row: int) -> float:
        height = self.layout_of(row).height_px
        self._heights.set(row, height)
        return height

    def _settle(self) -> None:
        """Find the first visible row again and close gaps at both ends."""
        if not self.count:
            self.top, self.offset_px, self.is_at_bottom = 0, 0.0, True
            return
        self._climb()
        while self.top < self.count - 1 and self.offset_px + self._measured(self.top) <= 0:
            self.offset_px += self._measured(self.top)
            self.top += 1
        if self.top == 0 and self.offset_px > TOP_PAD_PX:
            self.offset_px = TOP_PAD_PX
        limit = self._height_px - BOTTOM_PAD_PX
        end = self._end_on_screen()
        if end is not None and end < limit:
            self.offset_px += limit - end
            self._climb()
            end = limit
        self.is_at_bottom = end is not None and end <= limit + 1

    def _climb(self) -> None:
        while self.offset_px > 0 and self.top > 0:
            self.top -= 1
            self.offset_px -= self._measured(self.top)

    def _end_on_screen(self) -> float | None:
        """Return where the last row ends, None where that is below the screen."""
        y = self.offset_px
        for row in range(self.top, self.count):
            if y > self._height_px:
                return None
            y += self._measured(row)
        return y
