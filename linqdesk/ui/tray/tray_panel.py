"""The strip over the field that shows the files: a line that counts them, the tiles, and notes."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from linqdesk.domain.outgoing import Draft
from linqdesk.domain.outgoing_files import DraftFile, DraftText
from linqdesk.domain.tray import Entry, entries_of
from linqdesk.ui.panels.labels import ElidedLabel
from linqdesk.ui.style import restyle
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize, Theme
from linqdesk.ui.tooltips import plain_tip
from linqdesk.ui.tray.intake import Intake
from linqdesk.ui.tray.notes import Notes
from linqdesk.ui.tray.thumbnails import Thumbnails
from linqdesk.ui.tray.tray_view import TrayView
from linqdesk.ui.tray.tray_words import summary_of


class TrayPanel(QWidget):
    """Hidden while there is neither a file nor anything to say of one."""

    text_added = Signal()
    all_removed = Signal()

    def __init__(self, thumbnails: Thumbnails, theme: Theme, parent: QWidget) -> None:
        """Start hidden."""
        super().__init__(parent)
        self.setObjectName("tray_panel")
        self.view = TrayView(thumbnails, theme, self)
        self.notes = Notes(theme, self)
        self._count = ElidedLabel(self, FontSize.META)
        self._count.setObjectName("tray_count")
        wear_font(self._count, FontSize.META, QFont.Weight.DemiBold)
        self._add_text = self._button("Add text", "Write another text after the last file")
        self._remove_all = self._button("Remove all", "Remove all files and texts from the tray")
        self._add_text.clicked.connect(self.text_added)
        self._remove_all.clicked.connect(self.all_removed)
        self._head = QWidget(self)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(4, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._count, 1)
        row.addWidget(self._add_text)
        row.addWidget(self._remove_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._head)
        column.addWidget(self.view)
        column.addWidget(self.notes)
        self.hide()

    def _button(self, label: str, words: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(label.lower().replace(" ", "_"))
        button.setAccessibleName(label)
        button.setAccessibleDescription(words)
        button.setToolTip(plain_tip(words))
        restyle(button, small=True)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self.view.set_theme(theme)
        self.notes.set_theme(theme)

    def count_words(self) -> str:
        """Return the line over the tiles."""
        return self._count.accessibleName()

    def show_draft(self, draft: Draft, intake: Intake) -> None:
        """Show what stands in a chat's draft, and what is under way."""
        entries = entries_of(draft) if draft.tray else ()
        summary = summary_of(draft, intake.copying)
        self._count.setText(summary)
        self._count.setAccessibleName(summary)
        self._head.setVisible(bool(entries or intake.copying))
        self._add_text.setVisible(_has_room_for_text(entries, draft.text))
        self._remove_all.setVisible(bool(entries))
        self.view.show_entries(entries, draft.text)
        self.view.setVisible(bool(entries))
        self.notes.show_notes([each.note() for each in intake.remarks])
        self.setVisible(bool(entries or intake.copying or intake.remarks))


def _has_room_for_text(entries: tuple[Entry, ...], typed: str) -> bool:
    """Tell whether another text would stand by itself: one beside another would become one with it."""
    if not entries or isinstance(entries[-1], DraftText):
        return False
    return bool(typed.strip()) and isinstance(entries[-1], DraftFile)
