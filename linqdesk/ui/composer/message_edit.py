"""The field in which the agent writes: it grows, and knows when Enter means send."""

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QPlainTextDocumentLayout, QPlainTextEdit, QToolTip, QWidget
from typing_extensions import override

from linqdesk.ui.composer.animation_marks import AnimationMarks
from linqdesk.ui.composer.decoration_words import decoration_name
from linqdesk.ui.composer.grapheme_formats import mend
from linqdesk.ui.drop.drop_offer import brings_files
from linqdesk.ui.text_size import wear_font
from linqdesk.ui.theme import FontSize, Theme, scaled, text_scale

MIN_PX, MAX_PX = 36, 224
_PAD_PX = 7
# Of the window, and how much text there is around it at 100 %.
_SHARE, _REST_PX, _LINES = 0.4, 100, 3
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# What cannot be seen and would be sent nevertheless; tabs and line breaks stay.
_UNSEEN = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])


class MessageEdit(QPlainTextEdit):
    """Text with decorations and nothing else; what comes from the clipboard is plain.

    Enter sends and Shift+Enter breaks the line; without `enter_sends` Enter breaks it. Ctrl+Enter always
    sends. `is_escapable` tells that Esc means something here, told by `escaped`; else the window hears of it.
    """

    submitted = Signal()
    focus_changed = Signal()
    escaped = Signal()
    up_in_nothing = Signal()
    # A QMimeData, which is gone when the signal returns.
    files_pasted = Signal(object)
    # A point of the screen, and the same in the viewport.
    menu_wished = Signal(QPoint, QPoint)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start empty and one line high."""
        super().__init__(parent)
        self.theme = theme
        self.enter_sends = True
        self.is_escapable = False
        self._is_composing = False
        self._fitted_width_px = 0
        self._changed: tuple[int, int] | None = None
        self.marks = AnimationMarks(self, self.place_of)
        self._set_up()

    def _set_up(self) -> None:
        self.setObjectName("message")
        self.setAccessibleName("Message")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setMouseTracking(True)
        self._keep_to_the_left()
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        wear_font(self, FontSize.BODY)
        # In which the placeholder is written.
        wear_font(self.viewport(), FontSize.BODY)
        self.setFixedHeight(scaled(MIN_PX))
        self.setDocument(self.new_document())

    def _keep_to_the_left(self) -> None:
        """Never scroll sideways: lines wrap, though Qt reckons with the width before the last resizing."""
        bar = self.horizontalScrollBar()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar.valueChanged.connect(lambda _value: bar.setValue(0))

    def new_document(self) -> QTextDocument:
        """Return an empty text with an undo history of its own."""
        document = QTextDocument(self)
        layout = QPlainTextDocumentLayout(document)
        layout.documentSizeChanged.connect(self.fit)
        document.setDocumentLayout(layout)
        document.setDefaultFont(self.font())
        document.setDocumentMargin(0)
        document.contentsChange.connect(self._on_contents_change)
        document.contentsChanged.connect(self._on_contents_changed)
        return document

    def show_document(self, document: QTextDocument, position: int = 0) -> None:
        """Edit another text, with the cursor at a position in UTF-16 code units."""
        self.marks.stop()
        # It may have been put aside while text was smaller.
        document.setDefaultFont(self.font())
        self.setDocument(document)
        cursor = self.textCursor()
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        self.fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the text anew; Qt tells of its new height only when the text changes."""
        super().resizeEvent(event)
        # The scroll bar, which comes and goes with the height, narrows the viewport too.
        if self.width() != self._fitted_width_px:
            self._fitted_width_px = self.width()
            self.fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Fit text of another size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.document() is not None:
            self.fit()

    def fit(self) -> None:
        """Become as high as the text needs, within bounds."""
        line_px = QFontMetrics(self.font()).lineSpacing()
        wanted = round(self.document().size().height()) * line_px + 2 * _PAD_PX + 2
        most_px = self._most_px(line_px)
        height = max(scaled(MIN_PX), min(most_px, wanted))
        if height != self.height():
            self.setFixedHeight(height)
        # What one line leaves of the least height goes over and under it.
        over_px = _PAD_PX + max(0, height - wanted + 2) // 2
        self.setViewportMargins(0, over_px, 0, _PAD_PX)
        policies = Qt.ScrollBarPolicy
        is_full = wanted > most_px
        self.setVerticalScrollBarPolicy(
            policies.ScrollBarAsNeeded if is_full else policies.ScrollBarAlwaysOff
        )

    def _most_px(self, line_px: int) -> int:
        """Return how high it may become: where text is large, the rest of the window needs room too."""
        if text_scale() <= 1:
            return MAX_PX
        room_px = round(self.window().height() * _SHARE) + _REST_PX - scaled(_REST_PX)
        return max(_LINES * line_px, min(MAX_PX, room_px))

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        del removed
        start, end = self._changed or (position, position)
        self._changed = min(start, position), max(end, position + added)

    def _on_contents_changed(self) -> None:
        """Mend what an edit tore; Qt tells of the place first and lets nobody write before this."""
        changed, self._changed = self._changed, None
        document = self.sender()
        if changed is not None and isinstance(document, QTextDocument):
            self.marks.stop()
            mend(document, *changed)

    def place_of(self, block: QTextBlock) -> QPointF:
        """Return where a block's layout stands in the viewport."""
        return self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()

    # Keys.

    @override
    def event(self, event: QEvent) -> bool:
        """Claim Esc, where it means something here, before the window's shortcuts do."""
        is_asked = event.type() == QEvent.Type.ShortcutOverride and self.is_escapable
        if is_asked and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send, drop what is attached or edit the last message, where a key means that."""
        if event.key() in _ENTER:
            modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            self._press_enter(modifiers, is_held_down=event.isAutoRepeat())
        elif event.key() == Qt.Key.Key_Escape and self.is_escapable:
            self.escaped.emit()
        elif event.key() == Qt.Key.Key_Up and not event.modifiers() and self._is_blank():
            self.up_in_nothing.emit()
        else:
            super().keyPressEvent(event)

    def _press_enter(self, modifiers: Qt.KeyboardModifier, *, is_held_down: bool) -> None:
        """Send or break the line, unless an input method is still composing.

        A key held down is no second press: the gate may have asked for one.
        """
        if self._is_composing or is_held_down:
            return
        is_plain = modifiers == Qt.KeyboardModifier.NoModifier
        if modifiers == Qt.KeyboardModifier.ControlModifier or (is_plain and self.enter_sends):
            self.submitted.emit()
        elif is_plain or modifiers == Qt.KeyboardModifier.ShiftModifier:
            self.textCursor().insertText("\n")
            self.ensureCursorVisible()

    def _is_blank(self) -> bool:
        return self.document().isEmpty() and not self._is_composing

    @override
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether an input method is composing."""
        self._is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take text and nothing else from the clipboard; files are for the tray."""
        if brings_files(source):
            self.files_pasted.emit(source)
        elif source.hasText():
            self.textCursor().insertText(source.text().translate(_UNSEEN))
            self.ensureCursorVisible()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let text in; files go on to the chat, which shows where they would go."""
        if brings_files(event.mimeData()):
            event.ignore()
        else:
            super().dragEnterEvent(event)

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

    # What moves, and what is wrong.

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Tell where a menu is wished: at the cursor where a key wishes it."""
        is_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        place = self.cursorRect().bottomLeft() if is_key else event.pos()
        self.menu_wished.emit(self.viewport().mapToGlobal(place), place)

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        """Name the animation under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            mark = self.marks.at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), decoration_name(mark.animation) if mark else "", self)
            return True
        return super().viewportEvent(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Preview the animation under the pointer."""
        super().mouseMoveEvent(event)
        mark = self.marks.at(event.position()) if not event.buttons() else None
        if mark is not None:
            self.marks.play(mark)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text between the marks under it and what moves over it."""
        with QPainter(self.viewport()) as painter:
            self.marks.paint_under(painter, self.theme)
        super().paintEvent(event)
        if self.marks.is_moving:
            with QPainter(self.viewport()) as painter:
                self.marks.paint_over(painter, self.theme)
