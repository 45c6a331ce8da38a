"""The line over the field that says what will arrive, and the choice of the service beside it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget
from typing_extensions import override

from linqdesk.domain.arrival import Arrival, Fate
from linqdesk.ui.composer.arrival_words import arrival_line, arrival_reasons
from linqdesk.ui.composer.service_choice import HEIGHT_PX, ServiceChoice
from linqdesk.ui.icons import icon_pixmap
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.reasons_popup import ReasonsPopup
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize, Theme, scaled
from linqdesk.ui.tooltips import plain_tip

_ICON_PX, _GAP_PX, _BESIDE_PX = 16, 8, 400
_TOP = Qt.AlignmentFlag.AlignTop


class ArriveLine(QWidget):
    """Always there, so that nothing moves when the first letter is typed."""

    plain_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start without anything to say."""
        super().__init__(parent)
        self._theme = theme
        self._arrival: Arrival | None = None
        self.setObjectName("arrive_line")
        self.choice = ServiceChoice(self)
        self._sign = PlainLabel(self)
        self._words = PlainLabel(self, FontSize.META, is_secondary=True)
        self._words.setObjectName("what_will_arrive")
        self._words.setAccessibleName("What will arrive")
        self._words.setWordWrap(True)
        self._words.setMinimumHeight(scaled(HEIGHT_PX))
        self.plain = self._button("Send plain", "send_plain", "Send without what would not arrive")
        self.why = self._button("Why", "why", "Why it will arrive so")
        self.plain.clicked.connect(self.plain_wanted)
        self.why.clicked.connect(self._explain)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(_GAP_PX)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self.choice, 0, 0, _TOP)
        grid.addWidget(self._sign, 0, 1, _TOP)
        self._place_buttons()
        self.say_address("")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons where there is room."""
        super().resizeEvent(event)
        self._place_buttons()

    def _place_buttons(self) -> None:
        """Put the buttons beside the words, or below where that would leave the words too little."""
        row = int(self.width() < scaled(_BESIDE_PX))
        self._grid.addWidget(self._words, 0, 2, 1, 1 + 2 * row, Qt.AlignmentFlag.AlignVCenter)
        for column, button in enumerate((self.plain, self.why), 3):
            self._grid.addWidget(button, row, column, _TOP)

    def _button(self, label: str, name: str, description: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(name)
        button.setAccessibleName(label)
        button.setAccessibleDescription(description)
        button.setToolTip(plain_tip(description))
        restyle(button, small=True)
        return button

    @property
    def words(self) -> str:
        """What it says."""
        return self._words.text()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._show_sign()

    def say_address(self, words: str) -> None:
        """Say to whom and from where, while nothing is written."""
        self._arrival = None
        self._show(words)

    def say_arrival(self, arrival: Arrival) -> None:
        """Say what will arrive of what is written."""
        self._arrival = arrival
        self._show(arrival_line(arrival))

    def _show(self, words: str) -> None:
        arrival = self._arrival
        self._words.setText(words)
        self._words.setAccessibleDescription(words)
        is_bad = arrival is not None and bool(arrival.refused)
        restyle(self._words, danger=is_bad, secondary=not self._is_loss and not is_bad)
        self.plain.setVisible(arrival is not None and bool(arrival.fated(Fate.DROPPED)) and not is_bad)
        self.why.setVisible(arrival is not None and bool(arrival_reasons(arrival)))
        self._show_sign()

    @property
    def _is_loss(self) -> bool:
        """Whether something that was written will not come as it is."""
        arrival = self._arrival
        if arrival is None:
            return False
        is_risky = arrival.is_without_fallback or bool(arrival.refused)
        return is_risky or any(each.fate is not Fate.DELIVERED for each in arrival.items)

    def _show_sign(self) -> None:
        self._sign.setVisible(self._is_loss)
        if self._is_loss:
            colour = self._theme.text_secondary.name()
            ratio = self.devicePixelRatioF()
            self._sign.setPixmap(icon_pixmap("triangle-alert", colour, _ICON_PX, ratio))
            self._sign.setFixedSize(QSize(_ICON_PX, scaled(HEIGHT_PX)))

    def _explain(self) -> None:
        if self._arrival is not None:
            heading = "Why it will arrive so"
            ReasonsPopup(self, heading, arrival_reasons(self._arrival)).show_over(self.why)
