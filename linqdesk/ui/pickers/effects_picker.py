"""The popover in which an effect is chosen: bubbles and screens, each with a small picture of itself."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QWidget,
)
from typing_extensions import override

from linqdesk.domain.message import Effect
from linqdesk.domain.service import Service
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.effects.screen.catalogue import SCREEN_EFFECTS
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.pickers.effect_tile import TILE_PX, EffectTile
from linqdesk.ui.pickers.popover import Popover
from linqdesk.ui.pickers.soft_shadow import SHADOW_PX
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.toggles import on_toggled, on_turned_to, show_toggled, show_turned_to

WIDTH_PX = 420
_COLUMNS = 2
_GAP_PX = 4
_SHOWN_PX = 2 * TILE_PX.height() + TILE_PX.height() // 2
_BUBBLES = ("slam", "loud", "gentle", "invisible")
_ON = True
_DROPPED = {
    Service.RCS: "RCS shows no effects: the message arrives without one.",
    Service.SMS: "SMS shows no effects: the message arrives without one.",
}
_HINT = "Enter chooses · Space plays it large · Esc closes"
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_COLUMNS,
    Qt.Key.Key_Down: _COLUMNS,
}


class EffectsPicker(Popover):
    """Tabs Bubble and Screen over a grid of tiles, all of it by keyboard."""

    chosen = Signal(object)
    preview_wanted = Signal(object)

    def __init__(
        self, clock: FrameClock, is_reduced: Callable[[], bool], theme: Theme, window: QWidget
    ) -> None:
        """Make the tiles; their pictures come once it opens."""
        super().__init__("Effects", theme, window)
        self._typed = ""
        self._service: Service | None = None
        self._pages = QStackedWidget(self)
        self._tabs = QButtonGroup(self)
        self.tiles: dict[str, EffectTile] = {}
        self._notice = PlainLabel(self, FontSize.PREVIEW)
        self._hint = PlainLabel(self, FontSize.META, is_secondary=True)
        self._drawing = QTimer(self)
        self._forgetting = QTimer(self)
        self._set_up(clock, is_reduced)

    def _set_up(self, clock: FrameClock, is_reduced: Callable[[], bool]) -> None:
        self.setFixedWidth(WIDTH_PX + 2 * SHADOW_PX)
        self._notice.setObjectName("effects_notice")
        self._notice.setWordWrap(_ON)
        self._notice.setContentsMargins(14, 0, 14, 8)
        self._hint.setText(_HINT)
        self._hint.setContentsMargins(14, 8, 14, 10)
        bubbles = [Effect("bubble", name) for name in _BUBBLES]
        screens = [Effect("screen", name) for name in SCREEN_EFFECTS]
        tabs = QHBoxLayout()
        tabs.setContentsMargins(12, 12, 12, 8)
        tabs.setSpacing(4)
        for number, (name, effects) in enumerate((("Bubble", bubbles), ("Screen", screens))):
            tabs.addWidget(self._tab(name, number))
            self._pages.addWidget(self._page(effects, clock, is_reduced))
        tabs.addStretch()
        self._pages.setFixedHeight(_SHOWN_PX)
        self.column.addLayout(tabs)
        self.column.addWidget(self._notice)
        self.column.addWidget(self._pages)
        self.column.addWidget(self._hint)
        on_turned_to(self._tabs, self._turn_to)
        # One picture a turn of the loop: none of them holds the opening up.
        self._drawing.setInterval(0)
        self._drawing.timeout.connect(self._draw_next)
        self._forgetting.setSingleShot(_ON)
        self._forgetting.setInterval(1_000)
        self._forgetting.timeout.connect(self._forget_typed)

    def _tab(self, name: str, number: int) -> QPushButton:
        tab = QPushButton(name, self)
        tab.setObjectName(f"effects_{name.lower()}")
        tab.setAccessibleName(f"{name} effects")
        tab.setCheckable(_ON)
        tab.setProperty("tab", _ON)
        tab.setAutoDefault(not _ON)
        self._tabs.addButton(tab, number)
        return tab

    def _page(self, effects: list[Effect], clock: FrameClock, is_reduced: Callable[[], bool]) -> QScrollArea:
        grid = QWidget(self)
        cells = QGridLayout(grid)
        cells.setContentsMargins(18, 0, 18, 0)
        cells.setSpacing(_GAP_PX)
        for number, effect in enumerate(effects):
            tile = EffectTile(effect, clock, is_reduced, grid)
            on_toggled(tile, partial(self._choose, tile))
            tile.keyed.connect(lambda event, tile=tile: self._on_keyed(tile, event))
            self.tiles[effect.name] = tile
            cells.addWidget(tile, number // _COLUMNS, number % _COLUMNS)
        cells.setRowStretch(len(effects), 1)
        around = QScrollArea(self)
        around.setFrameShape(QFrame.Shape.NoFrame)
        around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        around.setWidgetResizable(_ON)
        around.setWidget(grid)
        for tile in grid.findChildren(EffectTile):
            tile.looked_at.connect(lambda tile=tile, around=around: around.ensureWidgetVisible(tile, 0, 8))
        return around

    def show_effects(self, service: Service | None, chosen: Effect | None, opener: QWidget) -> None:
        """Open over a control.

        Args:
            service: over which the message goes; where that drops effects it is said.
            chosen: the effect that the message has, None for none.
            opener: the control.
        """
        self._service = service
        self._notice.setText(_DROPPED.get(service, "") if service is not None else "")
        self._notice.setVisible(bool(self._notice.text()))
        for tile in self.tiles.values():
            show_toggled(tile, is_on=tile.effect == chosen)
        self._dress()
        page = 1 if chosen is not None and chosen.kind == "screen" else 0
        self._turn_to(page)
        self.open_over(opener)
        self._drawing.start()
        current = self.tiles.get(chosen.name) if chosen is not None else None
        (current or self._page_tiles()[0]).setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        super().set_theme(theme)
        self._dress()
        self._drawing.start()

    def _dress(self) -> None:
        fill = self.theme.bubble(self._service)
        for tile in self.tiles.values():
            tile.wear(self.theme, fill)

    def _turn_to(self, page: int) -> None:
        show_turned_to(self._tabs, page)
        self._pages.setCurrentIndex(page)

    def _page_tiles(self) -> list[EffectTile]:
        is_bubbles = self._pages.currentIndex() == 0
        return [tile for name, tile in self.tiles.items() if (name in _BUBBLES) == is_bubbles]

    def _draw_next(self) -> None:
        """Draw the picture of the next tile that has none, those of the open page first."""
        for tile in (*self._page_tiles(), *self.tiles.values()):
            if not tile.has_still:
                tile.draw_still()
                return
        self._drawing.stop()

    def _choose(self, tile: EffectTile) -> None:
        effect = tile.effect
        self.close_up()
        self.chosen.emit(effect)

    def _on_keyed(self, tile: EffectTile, event: QKeyEvent) -> None:
        """Walk with the arrows, choose with Enter, preview with Space, find by typing."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._walk(tile, _STEPS[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(tile)
        elif key == Qt.Key.Key_Space:
            self.preview_wanted.emit(tile.effect)
        elif event.text().isalpha():
            self._find(event.text())
        else:
            return
        event.accept()

    def _walk(self, tile: EffectTile, step: int) -> None:
        tiles = self._page_tiles()
        to = tiles.index(tile) + step
        if 0 <= to < len(tiles):
            tiles[to].setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self, letter: str) -> None:
        """Go to the effect whose name begins with what was typed within a second."""
        self._typed += letter.casefold()
        self._forgetting.start()
        for name, tile in self.tiles.items():
            if tile.text().casefold().startswith(self._typed):
                self._turn_to(0 if name in _BUBBLES else 1)
                tile.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _forget_typed(self) -> None:
        self._typed = ""
