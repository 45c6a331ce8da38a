"""The button by which the agent says over which service a message is to go."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from linqdesk.domain.service import Service
from linqdesk.ui.text_size import wear_font, wear_height
from linqdesk.ui.theme import FontSize
from linqdesk.ui.tooltips import plain_tip

HEIGHT_PX = 24

# RCS and SMS mean the same to the API: RCS where possible, else SMS (linq-api.md 2.3).
CHOICES: tuple[tuple[Service | None, str, str], ...] = (
    (None, "Automatic", "iMessage where the customer has it, else RCS, else SMS"),
    (Service.IMESSAGE, "iMessage only", "fails where the customer has no iMessage"),
    (Service.SMS, "RCS or SMS", "never iMessage; RCS where possible, else SMS"),
)


class ServiceChoice(QToolButton):
    """Shows the choice, and its menu says what each means."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Start with Automatic."""
        super().__init__(parent)
        self.setObjectName("service_choice")
        self.setAccessibleName("Service")
        wear_font(self, FontSize.META)
        wear_height(self, HEIGHT_PX)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self)
        menu.setObjectName("service_menu")
        self._actions: list[tuple[Service | None, QAction]] = []
        group = QActionGroup(self)
        for service, name, meaning in CHOICES:
            action = group.addAction(f"{name}\t{meaning}")
            action.setCheckable(True)
            action.triggered.connect(lambda _checked, each=service: self.chosen.emit(each))
            menu.addAction(action)
            self._actions.append((service, action))
        self.setMenu(menu)
        self.show_choice(None)

    def show_choice(self, service: Service | None) -> None:
        """Show what is chosen; RCS counts as RCS or SMS."""
        wanted = Service.SMS if service is Service.RCS else service
        for each, action in self._actions:
            if each is wanted:
                action.setChecked(True)
                name, _, meaning = action.text().partition("\t")
                self.setText(f"{name} ▾")
                self.setToolTip(plain_tip(f"Goes by: {name} ({meaning})"))
                self.setAccessibleDescription(f"{name}: {meaning}")
