"""The bar over a selection: four styles and the menu of text animations."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from linqdesk.ui.composer.decoration_words import STYLES
from linqdesk.ui.composer.decorator import Decorator
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.composer.text_effects_menu import TextEffectsMenu
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.style import restyle
from linqdesk.ui.text_size import wear_font, wear_height
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.toggles import on_toggled, show_toggled

KEYS = {"bold": "Ctrl+B", "italic": "Ctrl+I", "underline": "Ctrl+U", "strikethrough": "Ctrl+Shift+X"}
_BUTTON_PX, _INSET_PX, _GAP_PX, _EDGE_PX = 32, 4, 6, 16
# How far it may come down over the margin of what it stands over.
_OVERLAP_PX = 4
# A selection that is still being drawn should not have the bar jump after it.
_SETTLE_MS = 120
_CHECKABLE = True


def _after(note: str) -> str:
    return f"\n{note}" if note else ""


class FormatBar(QFrame):
    """Floats over what is selected in an editor; pinned, it stands over the editor without a selection."""

    def __init__(self, edit: MessageEdit, decorator: Decorator, theme: Theme, over: QWidget) -> None:
        """Stay away; `over` is what it stands over, within its parent."""
        self._ground = over.parentWidget() or over
        super().__init__(self._ground)
        self._over = over
        self._edit = edit
        self._decorator = decorator
        self._theme = theme
        self.is_pinned = False
        self._note = ""
        self._settling = QTimer(self)
        self._styles = {style: QToolButton(self) for style in STYLES}
        self._effects = QToolButton(self)
        self.menu = TextEffectsMenu(edit.marks, theme, self._ground)
        self._set_up()
        self.wear(theme)
        self.hide()

    def _set_up(self) -> None:
        self.setObjectName("format_bar")
        self.setAccessibleName("Format")
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET_PX, _INSET_PX, _INSET_PX, _INSET_PX)
        row.setSpacing(2)
        for style, button in self._styles.items():
            button.setObjectName(style)
            button.setAccessibleName(STYLES[style])
            button.setToolTip(f"{STYLES[style]} ({KEYS[style]})")
            button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
            button.setIconSize(QSize(18, 18))
            on_toggled(button, partial(self._decorator.toggle_style, style))
        self._effects.setObjectName("text_effects")
        self._effects.setAccessibleName("Text effects")
        self._effects.setText("Text effects")
        wear_font(self._effects, FontSize.PREVIEW)
        wear_height(self._effects, _BUTTON_PX)
        on_toggled(self._effects, self.open_menu)
        for button in (*self._styles.values(), self._effects):
            button.setCheckable(_CHECKABLE)
            # A click must leave the selection and the focus in the editor.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self.take_place)
        self._over.installEventFilter(self)
        self._decorator.looked_at.connect(self._on_looked_at)
        self._edit.focus_changed.connect(self._settling.start)
        self.menu.chosen.connect(self._decorator.toggle_animation)
        self.menu.closed.connect(self._on_menu_closed)

    def take_keys(self) -> None:
        """Decorate by the keys too, while the editor has the keyboard."""
        for style, keys in KEYS.items():
            self._on_keys(keys, partial(self._decorator.toggle_style, style))
        self._on_keys("Ctrl+Shift+T", self.toggle_pinned)

    def _on_keys(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self._edit)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(act)

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._draw_icons()
        self.menu.wear(theme)

    def _draw_icons(self) -> None:
        colour = self._theme.text_secondary if self._note else self._theme.text
        for style, button in self._styles.items():
            button.setIcon(themed_icon(style, colour))

    def say_where_it_counts(self, note: str) -> None:
        """Say on every button where it has no effect; they look weaker and work, for services change."""
        if note == self._note:
            return
        self._note = note
        for style, button in self._styles.items():
            button.setToolTip(f"{STYLES[style]} ({KEYS[style]}){_after(note)}")
        self._effects.setToolTip(note)
        for each in (*self._styles.values(), self._effects):
            each.setAccessibleDescription(note)
            restyle(each, idle=bool(note))
        self._draw_icons()

    def toggle_pinned(self) -> None:
        """Stand over the editor even without a selection, or no longer."""
        self.is_pinned = not self.is_pinned
        self.take_place()

    def open_menu(self) -> None:
        """Open the menu of animations over the bar, or close it."""
        if self.menu.isVisible():
            self.menu.close_up()
            return
        self.take_place()
        corner = self.mapTo(self._ground, QPoint(self.width(), -_GAP_PX))
        self.menu.open_at(corner, self._decorator.animation())
        self._show_state()

    def take_place(self) -> None:
        """Appear over the selection, or go where there is nothing to decorate."""
        if not self._is_wanted():
            self.hide()
            return
        self._show_state()
        self.adjustSize()
        self.move(self._place())
        self.show()
        self.raise_()

    def _is_wanted(self) -> bool:
        edit = self._edit
        buttons = (*self._styles.values(), self._effects)
        is_near = edit.hasFocus() or self.menu.isVisible() or any(each.hasFocus() for each in buttons)
        can_decorate = self._decorator.is_enabled and not edit.isReadOnly()
        return is_near and can_decorate and (self.is_pinned or edit.textCursor().hasSelection())

    def _place(self) -> QPoint:
        """Return where it stands: at the selection's beginning, over everything that the agent writes."""
        edit, ground = self._edit, self._ground
        cursor = QTextCursor(edit.textCursor())
        cursor.setPosition(cursor.selectionStart())
        x = edit.viewport().mapTo(ground, edit.cursorRect(cursor).topLeft()).x() - _BUTTON_PX
        top = self._over.mapTo(ground, QPoint(0, 0)).y()
        in_reach = max(_EDGE_PX, min(x, ground.width() - self.width() - _EDGE_PX))
        return QPoint(in_reach, max(_INSET_PX, top - self.height() + _OVERLAP_PX))

    def _on_menu_closed(self) -> None:
        self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_state()

    def _on_looked_at(self) -> None:
        if self.isVisible():
            self._show_state()
        self._settling.start()

    def _show_state(self) -> None:
        styles = self._decorator.styles()
        for style, button in self._styles.items():
            show_toggled(button, is_on=style in styles)
        show_toggled(self._effects, is_on=self._decorator.animation() is not None)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over what it stands over when that grows: its lines must not be covered."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move} and self.isVisible():
            self.move(self._place())
        return False

    @override
    def event(self, event: QEvent) -> bool:
        """Go back to the editor on Esc, before the window hears of it; stay as large as the buttons."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.adjustSize()
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.is_pinned = False
                self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().event(event)
