"""The popover in which an emoji is chosen: search, recent ones, all by group, skin tones."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextLayout
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.emoji import Emoji, find_emoji
from linqdesk.local.emoji_table import load_emoji
from linqdesk.local.settings import MAX_RECENT, SKIN_TONES
from linqdesk.ui.panels.labels import ElidedLabel, PlainLabel
from linqdesk.ui.pickers.emoji_grid import CELL_PX, EmojiGrid, emoji_font
from linqdesk.ui.pickers.emoji_table_model import COLUMNS, Section
from linqdesk.ui.pickers.popover import Popover
from linqdesk.ui.pickers.soft_shadow import SHADOW_PX
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.toggles import on_turned_to, show_turned_to

_EDGE_PX, _BAR_PX = 12, 14
_GRID_PX = 8 * CELL_PX
_RECENT_ROWS = 2
_ON = True
_FLAGS = 9
_HAND = "👋"
# Unicode's groups, each with an emoji that stands for it.
_GROUPS = {
    0: ("Smileys", "😀"),
    1: ("People", "👋"),
    3: ("Animals and nature", "🐻"),
    4: ("Food and drink", "🍎"),
    5: ("Travel and places", "🚲"),
    6: ("Activities", "🎉"),
    7: ("Objects", "💡"),
    8: ("Symbols", "🔣"),
    9: ("Flags", "🏁"),
}


class EmojiPicker(Popover):
    """Opens at the search; `chosen` carries the emoji's text, and it stays open while Shift is held."""

    chosen = Signal(str)

    def __init__(self, preferences: Preferences, theme: Theme, window: QWidget) -> None:
        """Show all emoji that the fonts of this computer have."""
        super().__init__("Emoji", theme, window)
        self._preferences = preferences
        self._known = drawable(load_emoji())
        self._by_text = {text: each for each in self._known for text in (each.text, *each.skins)}
        self.search = QLineEdit(self)
        self.grid = EmojiGrid(theme, self)
        self._groups = QButtonGroup(self)
        self._tones = QButtonGroup(self)
        self._large = PlainLabel(self)
        self._name = ElidedLabel(self, FontSize.PREVIEW)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        width = COLUMNS * CELL_PX + _BAR_PX
        self.setFixedWidth(width + 2 * _EDGE_PX + 2 * SHADOW_PX)
        self.search.setObjectName("search_emoji")
        self.search.setAccessibleName("Search emoji")
        self.search.setPlaceholderText("Search emoji")
        self.search.setClearButtonEnabled(_ON)
        self.grid.setFixedSize(width, _GRID_PX)
        self._nothing = PlainLabel(self.grid, FontSize.PREVIEW, is_secondary=True)
        self._nothing.setObjectName("no_emoji")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setGeometry(0, 0, width, 2 * CELL_PX)
        self._nothing.hide()
        inside = QVBoxLayout()
        inside.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, 8)
        inside.setSpacing(8)
        inside.addWidget(self.search)
        inside.addLayout(self._group_row())
        inside.addWidget(self.grid)
        inside.addLayout(self._foot())
        self.column.addLayout(inside)

    def _group_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for number, (name, sign) in _GROUPS.items():
            button = _sign_button(self, sign, name, f"emoji_group_{number}")
            # As wide as a column of the grid.
            button.setFixedWidth(CELL_PX)
            self._groups.addButton(button, number)
            row.addWidget(button)
        row.addStretch()
        return row

    def _foot(self) -> QHBoxLayout:
        self._large.setFont(emoji_font(24))
        self._large.setFixedSize(CELL_PX, CELL_PX)
        self._large.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(self._large)
        row.addWidget(self._name, 1)
        hand = self._by_text.get(_HAND)
        for tone, name in enumerate(SKIN_TONES):
            sign = hand.in_tone(tone) if hand is not None else _HAND
            button = _sign_button(self, sign, f"Skin tone: {name}", f"skin_tone_{tone}")
            button.setCheckable(_ON)
            self._tones.addButton(button, tone)
            row.addWidget(button)
        return row

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show_found)
        self.search.installEventFilter(self)
        self.grid.taken.connect(self._on_taken)
        self.grid.typed.connect(self._on_typed)
        self.grid.left_upwards.connect(self.search.setFocus)
        self.grid.current_changed.connect(self._say)
        self._groups.idClicked.connect(self._go_to_group)
        on_turned_to(self._tones, self._on_tone_chosen)

    def show_emoji(self, opener: QWidget) -> None:
        """Open over a control with nothing searched."""
        show_turned_to(self._tones, self._preferences.current.skin_tone)
        self.search.clear()
        self._show_found()
        self.open_over(opener)
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    @override
    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        super().set_theme(theme)
        self.grid.set_theme(theme)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Down go from the search into the grid, and Enter take the first find."""
        if watched is self.search and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_PageDown}:
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
                self.grid.go_to_first()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.grid.go_to_first()
                self.grid.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)

    def _show_found(self) -> None:
        typed = self.search.text().strip()
        settings = self._preferences.current
        if typed:
            sections = [Section("Found", find_emoji(self._known, typed))]
        else:
            recent = [self._by_text[each] for each in settings.recent_emoji if each in self._by_text]
            sections = [Section("Recent", recent[: _RECENT_ROWS * COLUMNS])]
            sections += [
                Section(name, [each for each in self._known if each.group == group])
                for group, (name, _) in _GROUPS.items()
            ]
        self.grid.emoji.show_sections(sections, settings.skin_tone)
        self.grid.lay_out()
        self._nothing.setText(f"No emoji for “{typed}”")
        self._nothing.setVisible(not self.grid.emoji.rowCount())
        self._say(None)

    def _go_to_group(self, group: int) -> None:
        self.search.clear()
        name = _GROUPS[group][0]
        for row, heading in self.grid.emoji.headings():
            if heading == name:
                self.grid.show_row(row)
                self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
                self.grid.setCurrentIndex(self.grid.emoji.index(row + 1, 0))
                self.grid.show_row(row)

    def _say(self, emoji: Emoji | None) -> None:
        """Show large, and by name, what is looked at."""
        self._large.setText(self.grid.emoji.text_of(emoji) if emoji is not None else "")
        self._name.setText(f":{emoji.names[0]}:" if emoji is not None else "")

    def _on_typed(self, letters: str) -> None:
        """Go on searching with what was typed in the grid; nothing takes the last letter back."""
        text = self.search.text()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setText(text + letters if letters else text[:-1])

    def _on_tone_chosen(self, tone: int) -> None:
        self._preferences.set(replace(self._preferences.current, skin_tone=tone))
        self._show_found()

    def _on_taken(self, emoji: Emoji, /, *more: bool) -> None:
        settings = self._preferences.current
        recent = (emoji.text, *(each for each in settings.recent_emoji if each != emoji.text))
        self._preferences.set(replace(settings, recent_emoji=recent[:MAX_RECENT]))
        if not any(more):
            self.close_up()
        self.chosen.emit(emoji.in_tone(settings.skin_tone))


def _sign_button(parent: QWidget, sign: str, name: str, object_name: str) -> QToolButton:
    button = QToolButton(parent)
    button.setText(sign)
    button.setFont(emoji_font(18))
    button.setObjectName(object_name)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setFixedSize(32, 32)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button


def drawable(known: tuple[Emoji, ...]) -> tuple[Emoji, ...]:
    """Return the emoji of those versions of Unicode that the fonts of this computer draw as one picture."""
    # Newer fonts have all that older ones have: one emoji of each version tells. Flags do not, for a
    # font may draw any two letters as a blank one.
    samples = {each.version: each for each in reversed(known) if each.group != _FLAGS}
    newest = next((each for each in sorted(samples, reverse=True) if _is_one_glyph(samples[each].text)), 0.0)
    return tuple(each for each in known if each.version <= newest)


def _is_one_glyph(text: str) -> bool:
    layout = QTextLayout(text, emoji_font(16))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    indexes = [index for run in layout.glyphRuns() for index in run.glyphIndexes()]
    return len(indexes) == 1 and indexes[0] != 0
