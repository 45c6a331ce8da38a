"""The field in which the agent writes: it grows, and knows when Enter means send."""

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QInputMethodEvent, QKeyEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QPlainTextDocumentLayout, QPlainTextEdit, QWidget
from typing_extensions import override

from linqdesk.ui.theme import FontSize, font

MIN_PX, MAX_PX = 36, 224
_PAD_PX = 7
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MessageEdit(QPlainTextEdit):
    """Plain text only; Enter sends, Shift+Enter breaks the line."""

    submitted = Signal()
    focus_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        """Start empty and one line high."""
        super().__init__(parent)
        self._is_composing = False
        self.setObjectName("message")
        self.setAccessibleName("Message")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(font(FontSize.BODY))
        self.setFixedHeight(MIN_PX)
        self._follow(self.document())

    def new_document(self) -> QTextDocument:
        """Return an empty text with an undo history of its own."""
        document = QTextDocument(self)
        document.setDocumentLayout(QPlainTextDocumentLayout(document))
        document.setDefaultFont(self.font())
        document.setDocumentMargin(0)
        self._follow(document)
        return document

    def show_document(self, document: QTextDocument, position: int = 0) -> None:
        """Edit another text, with the cursor at a position in UTF-16 code units."""
        self.setDocument(document)
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self.setViewportMargins(0, _PAD_PX, 0, _PAD_PX)
        self.fit()

    def fit(self) -> None:
        """Become as high as the text needs, within bounds."""
        line_px = QFontMetrics(self.font()).lineSpacing()
        wanted = round(self.document().size().height()) * line_px + 2 * _PAD_PX + 2
        height = max(MIN_PX, min(MAX_PX, wanted))
        if height != self.height():
            self.setFixedHeight(height)
        policies = Qt.ScrollBarPolicy
        is_full = wanted > MAX_PX
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAsNeeded if is_full else policies.ScrollBarAlwaysOff
        )

    def _follow(self, document: QTextDocument) -> None:
        document.documentLayout().documentSizeChanged.connect(self._on_size_changed)

    def _on_size_changed(self) -> None:
        self.fit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Enter, unless an input method is still composing or Shift is held."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().insertText("\n")
            self.ensureCursorVisible()
        elif not self._is_composing:
            self.submitted.emit()

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether an input method is composing."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take text and nothing else from the clipboard."""
        if source.hasText():
            self.textCursor().insertText(source.text())

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus ring."""
        super().focusInEvent(event)
        self.focus_changed.emit()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus ring away."""
        super().focusOutEvent(event)
        self._is_composing = False
        self.focus_changed.emit()
