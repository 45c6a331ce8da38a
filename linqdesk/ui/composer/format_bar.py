"""The bar over a selection: four styles and the menu of text animations."""

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QWidget
from typing_extensions import override

from linqdesk.ui.composer.decoration_words import STYLES
from linqdesk.ui.composer.decorator import Decorator
from linqdesk.ui.composer.message_edit import MessageEdit
from linqdesk.ui.composer.text_effects_menu import TextEffectsMenu
from linqdesk.ui.icons import themed_icon
from linqdesk.ui.theme import FontSize, Theme, font

KEYS = {"bold": "Ctrl+B", "italic": "Ctrl+I", "underline": "Ctrl+U", "strikethrough": "Ctrl+Shift+X"}
_BUTTON_PX, _GAP_PX, _EDGE_PX = 32, 6, 12
# A selection that is still being drawn should not have the bar jump after it.
_SETTLE_MS = 120
_CHECKABLE = True


class FormatBar(QFrame):
    """Floats over what is selected in an editor; pinned, it stands over the editor without a selection."""

    def __init__(self, edit: MessageEdit, decorator: Decorator, theme: Theme, parent: QWidget) -> None:
        """Stay away; `parent` is what it floats in."""
        super().__init__(parent)
        self._ground = parent
        self._edit = edit
        self._decorator = decorator
        self._theme = theme
        self.is_pinned = False
        self._menu: TextEffectsMenu | None = None
        self._settling = QTimer(self)
        self._styles = {style: QToolButton(self) for style in STYLES}
        self._effects = QToolButton(self)
        self._set_up()
        self.wear(theme)
        self.hide()

    def _set_up(self) -> None:
        self.setObjectName("format_bar")
        self.setAccessibleName("Format")
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        for style, button in self._styles.items():
            button.setObjectName(style)
            button.setAccessibleName(STYLES[style])
            button.setToolTip(f"{STYLES[style]} ({KEYS[style]})")
            button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
            button.setIconSize(QSize(18, 18))
            button.clicked.connect(lambda _=False, style=style: self._decorator.toggle_style(style))
        self._effects.setObjectName("text_effects")
        self._effects.setAccessibleName("Text effects")
        self._effects.setText("Text effects")
        self._effects.setFont(font(FontSize.PREVIEW))
        self._effects.setFixedHeight(_BUTTON_PX)
        self._effects.clicked.connect(self.open_menu)
        for button in (*self._styles.values(), self._effects):
            button.setCheckable(_CHECKABLE)
            # A click must leave the selection and the focus in the editor.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self._settling.setSingleShot(True)
        self._settling.setInterval(_SETTLE_MS)
        self._settling.timeout.connect(self.take_place)
        self._decorator.looked_at.connect(self._on_looked_at)
        self._edit.focus_changed.connect(self._settling.start)

    def wear(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        for style, button in self._styles.items():
            button.setIcon(themed_icon(style, theme.text))
        if self._menu is not None:
            self._menu.wear(theme)

    def toggle_pinned(self) -> None:
        """Stand over the editor even without a selection, or no longer."""
        self.is_pinned = not self.is_pinned
        self.take_place()

    def open_menu(self) -> None:
        """Open the menu of animations."""
        self.take_place()
        marks = self._edit.marks
        if self._menu is None:
            self._menu = TextEffectsMenu(marks.clock, self._theme, self)
            self._menu.chosen.connect(self._decorator.toggle_animation)
        self._menu.open_at(
            self._effects.mapToGlobal(QPoint(0, -_GAP_PX)),
            self._decorator.animation(),
            can_move=not marks.is_reduced(),
        )
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
        has_focus = edit.hasFocus() or self._has_focus_inside() or (self._menu and self._menu.isVisible())
        return (
            bool(has_focus) and not edit.isReadOnly() and (self.is_pinned or edit.textCursor().hasSelection())
        )

    def _has_focus_inside(self) -> bool:
        return any(button.hasFocus() for button in (*self._styles.values(), self._effects))

    def _place(self) -> QPoint:
        """Return where it stands: over the selection's first line, within what it floats in."""
        edit, parent = self._edit, self._ground
        cursor = QTextCursor(edit.textCursor())
        cursor.setPosition(cursor.selectionStart())
        above = edit.viewport().mapTo(parent, edit.cursorRect(cursor).topLeft())
        top = edit.mapTo(parent, QPoint(0, 0)).y()
        x = max(_EDGE_PX, min(above.x() - _BUTTON_PX, parent.width() - self.width() - _EDGE_PX))
        return QPoint(x, max(_EDGE_PX, max(above.y(), top) - self.height() - _GAP_PX))

    def _on_looked_at(self) -> None:
        if self.isVisible():
            self._show_state()
        self._settling.start()

    def _show_state(self) -> None:
        styles = self._decorator.styles()
        for style, button in self._styles.items():
            button.setChecked(style in styles)
        self._effects.setChecked(self._decorator.animation() is not None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the editor on Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self._edit.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)
