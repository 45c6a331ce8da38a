"""A button that is one icon, in the theme's colours."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from linqdesk.ui.icons import themed_icon
from linqdesk.ui.theme import Theme

SIZE_PX, _ICON_PX = 32, 20


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
        self.setObjectName(name.lower().replace(" ", "_"))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(size_px, size_px)
        self.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wear(self, theme: Theme) -> None:
        """Wear a theme's colours."""
        self.setIcon(themed_icon(self._icon, theme.text_secondary, _ICON_PX))
