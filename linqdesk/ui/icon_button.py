"""A button that is one icon, in the theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from linqdesk.ui.icons import themed_icon
from linqdesk.ui.theme import mixed

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from linqdesk.ui.theme import Theme

SIZE_PX, _ICON_PX = 32, 20
_IDLE_SHARE = 0.5


class IconButton(QToolButton):
    """Says what it does in its accessible name, which is also its tooltip unless another is set."""

    def __init__(self, icon: str, name: str, parent: QWidget, size_px: int = SIZE_PX) -> None:
        """Take an icon, which is drawn once a theme is worn, and a name.

        Args:
            icon: the name of a shipped icon.
            name: what it does; the object's name is the same in snake_case.
            parent: where it stands.
            size_px: its side, 28 or more.
        """
        super().__init__(parent)
        self._icon = icon
        self._theme: Theme | None = None
        self._is_idle = False
        self.setObjectName(name.lower().replace(" ", "_"))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(size_px, size_px)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wear(self, theme: Theme) -> None:
        """Wear a theme's colours."""
        self._theme = theme
        weak = mixed(theme.window, theme.text_secondary, _IDLE_SHARE)
        self.setIcon(themed_icon(self._icon, weak if self._is_idle else theme.text_secondary, _ICON_PX))

    def set_idle(self, *, is_idle: bool) -> None:
        """Look weaker where it has no effect now; it can still be reached and pressed."""
        if is_idle != self._is_idle:
            self._is_idle = is_idle
            if self._theme is not None:
                self.wear(self._theme)
