"""Asks for a day of the chat to go to."""

from datetime import datetime

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QFont, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.theme import FontSize


class DateDialog(QDialog):
    """Shows a calendar up to today; `chosen` carries the day's beginning, aware, in local time."""

    chosen = Signal(object)

    def __init__(self, shown: datetime, parent: QWidget) -> None:
        """Start at the day that is on screen."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("go_to_date")
        self.setAccessibleName("Go to date")
        self.setWindowTitle("Go to date")
        heading = PlainLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        heading.setText("Go to date")
        local = shown.astimezone()
        self.calendar = QCalendarWidget(self)
        self.calendar.setObjectName("calendar")
        self.calendar.setAccessibleName("Day")
        self.calendar.setMaximumDate(QDate.currentDate())
        self.calendar.setSelectedDate(QDate(local.year, local.month, local.day))
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calm_weekends()
        self.calendar.activated.connect(self._choose)
        go = QPushButton("Go", self)
        go.setObjectName("go")
        go.setAccessibleName("Go")
        go.setDefault(True)
        restyle(go, primary=True)
        go.clicked.connect(self._choose)
        cancel = QPushButton("Cancel", self)
        cancel.setObjectName("cancel_date")
        cancel.setAccessibleName("Cancel")
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(self.calendar)
        column.addLayout(buttons)

    def _calm_weekends(self) -> None:
        """Draw Saturdays and Sundays like other days: red is for what is wrong."""
        plain = QTextCharFormat()
        plain.setForeground(self.palette().color(QPalette.ColorRole.Text))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)

    def _choose(self) -> None:
        day = self.calendar.selectedDate()
        self.accept()
        # A time without a zone is local; the computer's rules make it aware.
        self.chosen.emit(datetime(day.year(), day.month(), day.day()).astimezone())
