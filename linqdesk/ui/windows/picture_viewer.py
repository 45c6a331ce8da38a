"""The window in which pictures and videos are looked at one by one: near and far, played, saved, copied."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from PySide6.QtCore import QEvent, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPixmap,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.store.media import MediaState
from linqdesk.ui.icons import icon_pixmap, themed_icon
from linqdesk.ui.media.picture_canvas import STEP, PictureCanvas
from linqdesk.ui.media.pictures import PictureLook, Pictures
from linqdesk.ui.media.recordings import RecordingLook, Recordings
from linqdesk.ui.media.saver import MediaItem, Saver
from linqdesk.ui.panels.labels import ElidedLabel, PlainLabel
from linqdesk.ui.theme import FontSize, Theme, mixed
from linqdesk.ui.thread.player_places import time_words
from linqdesk.ui.windows.viewed_film import ViewedFilm
from linqdesk.ui.wording import size_words

VIEWER_POOL_BYTES = 48 * 1024 * 1024
_MIN_SIZE = QSize(560, 420)
_BUTTON_PX, _ICON_PX = 36, 20
_BAR_PX, _GAP_PX = 52, 4
_PERCENT = 100
_FAINT_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class MediaSources:
    """Where the viewer has its pixels from; `thumbnails` are the thread's own pictures."""

    pictures: Pictures
    thumbnails: Pictures
    recordings: Recordings


class PictureViewer(QDialog):
    """Shows the pictures and videos of a thread; opened with `open()`.

    Its pixels come from a pool of its own, which is emptied when it closes. Until a picture is decoded at
    the size of the window it is shown as the thread has it. Videos are played by the thread's own player, so
    that one thing plays at a time and goes on where it was.
    """

    def __init__(self, sources: MediaSources, saver: Saver, theme: Theme, parent: QWidget) -> None:
        """Start with nothing to show."""
        super().__init__(parent)
        self._pictures = sources.pictures
        self._thumbnails = sources.thumbnails
        self._recordings = sources.recordings
        self._film = ViewedFilm(sources.recordings, theme, self)
        self._saver = saver
        self._theme = theme
        self._items: tuple[MediaItem, ...] = ()
        self._at = 0
        self._look = PictureLook(MediaState.WAITING)
        self.setObjectName("picture_viewer")
        self.setAccessibleName("Pictures and videos")
        self.setWindowTitle("Pictures and videos")
        self.setMinimumSize(_MIN_SIZE)
        self._name = ElidedLabel(self, FontSize.HEADER, QFont.Weight.DemiBold)
        self._name.setObjectName("picture_name")
        self._facts = PlainLabel(self, FontSize.META, is_secondary=True)
        self._facts.setObjectName("picture_facts")
        self._said = PlainLabel(self, FontSize.PREVIEW, is_secondary=True)
        self._said.setObjectName("picture_said")
        self._buttons: dict[str, QToolButton] = {}
        self._canvas = PictureCanvas(theme, self._pixels, self)
        self._retry = QPushButton("Retry", self._canvas)
        self._retry.setObjectName("retry_picture")
        self._retry.setAccessibleName("Retry")
        self._retry.hide()
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    @property
    def item(self) -> MediaItem | None:
        """The picture or video that is shown, None where there is none."""
        return self._items[self._at] if self._items else None

    @property
    def canvas(self) -> PictureCanvas:
        """Where it is shown."""
        return self._canvas

    def show_items(self, items: Sequence[MediaItem], at: int) -> None:
        """Show one of several pictures and let the agent go to the others."""
        self._items = tuple(items)
        self._go_to(at)
        parent = self.parentWidget()
        if self.isHidden() and parent is not None:
            window = parent.window()
            self.resize(window.size() * 0.92)
        self.open()
        self._canvas.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self._canvas.set_theme(theme)
        self._film.bar.set_theme(theme)
        for icon, button in self._buttons.items():
            button.setIcon(_button_icon(icon, theme))

    def step(self, by: int) -> None:
        """Go to a neighbour; at either end nothing happens."""
        if 0 <= self._at + by < len(self._items):
            self._go_to(self._at + by)

    def copy(self) -> None:
        """Put the picture on the clipboard, as large as it is decoded; of a video what it shows now."""
        pixmap = self._film.still(self.devicePixelRatioF())
        if self.item is not None and not self._film.is_shown:
            pixmap = self._pictures.peek(self.item.part)
        if pixmap is not None:
            QGuiApplication.clipboard().setPixmap(pixmap)
            self.say("Copied.")

    def say(self, sentence: str) -> None:
        """Say what came of a wish, until another picture is shown."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch()
        names.addWidget(self._name)
        names.addWidget(self._facts)
        names.addStretch()
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 0, 8, 0)
        bar.setSpacing(_GAP_PX)
        bar.addLayout(names, 1)
        for icon, words, keys, act in self._acts():
            bar.addWidget(self._button(icon, words, keys))
            for each in keys:
                QShortcut(QKeySequence(each), self).activated.connect(act)
            self._buttons[icon].clicked.connect(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QWidget(self)
        head.setFixedHeight(_BAR_PX)
        head.setLayout(bar)
        column.addWidget(head)
        column.addWidget(self._canvas, 1)
        column.addWidget(self._film.bar)
        column.addWidget(self._said)
        self._said.setContentsMargins(16, 8, 16, 8)
        self._said.hide()

    def _acts(self) -> tuple[tuple[str, str, tuple[str, ...], Callable[[], None]], ...]:
        """Return icon, words, keys and act of each button, from left to right."""
        return (
            ("chevron-left", "Previous picture", ("PgUp",), lambda: self.step(-1)),
            ("chevron-right", "Next picture", ("PgDown",), lambda: self.step(1)),
            ("zoom-out", "Zoom out", ("-",), lambda: self._canvas.zoom_by(1 / STEP)),
            ("zoom-in", "Zoom in", ("+", "="), lambda: self._canvas.zoom_by(STEP)),
            ("maximize", "Fit to window", ("0",), self._canvas.fit),
            ("copy", "Copy picture", ("Ctrl+C",), self.copy),
            ("download", "Save picture", ("Ctrl+S",), self._save),
            ("folder-down", "Save all pictures", ("Ctrl+Shift+S",), self._save_all),
            ("external-link", "Open in another program", ("Ctrl+O",), self._open_elsewhere),
            ("x", "Close pictures", (), self.reject),
        )

    def _button(self, icon: str, words: str, keys: tuple[str, ...]) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(words.lower().replace(" ", "_"))
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({keys[0]})" if keys else f"{words} (Esc)")
        button.setFixedSize(_BUTTON_PX, _BUTTON_PX)
        button.setIconSize(QSize(_ICON_PX, _ICON_PX))
        self._buttons[icon] = button
        return button

    def _connect(self) -> None:
        self._pictures.changed.connect(self._on_picture_changed)
        self._saver.said.connect(self.say)
        self._retry.clicked.connect(self._on_retry_clicked)
        self._canvas.step_wished.connect(self._on_arrow)
        self._recordings.changed.connect(self._on_picture_changed)
        self._canvas.zoom_changed.connect(self._say_facts)
        QShortcut(QKeySequence("Home"), self).activated.connect(lambda: self._go_to(0))
        QShortcut(QKeySequence("End"), self).activated.connect(lambda: self._go_to(len(self._items) - 1))

    def _go_to(self, at: int) -> None:
        self._at = max(0, min(at, len(self._items) - 1))
        item = self.item
        if item is None:
            return
        self._film.show_item(item)
        self.say("")
        self._name.setText(item.name)
        kind = "Video" if self._film.is_shown else "Picture"
        self._canvas.setAccessibleName(f"{kind} {item.name}, {self._at + 1} of {len(self._items)}")
        self._buttons["chevron-left"].setEnabled(self._at > 0)
        self._buttons["chevron-right"].setEnabled(self._at + 1 < len(self._items))
        self._buttons["folder-down"].setVisible(len(self._items) > 1)
        self._canvas.show_picture(None, "")
        self._refresh()

    def _refresh(self) -> None:
        """Say anew what is known of the picture."""
        item = self.item
        if item is None:
            return
        part = item.part
        look = self._film.look(self.devicePixelRatioF())
        if look is not None:
            self._refresh_film(look)
            return
        self._pixels(QSizeF(self._canvas.size()))
        natural = self._pictures.natural_size(part) or self._thumbnails.natural_size(part)
        words = self._look.words or ("Loading…" if self._look.state is not MediaState.READY else "")
        self._canvas.show_picture(natural, words)
        self._canvas.setAccessibleDescription(words)
        self._retry.setText("Load it" if self._look.state is MediaState.TOO_LARGE else "Retry")
        self._retry.setVisible(self._look.can_retry)
        self._place_retry()
        self._buttons["copy"].setEnabled(self._look.state is MediaState.READY)
        self._say_facts()

    # Videos.

    def _refresh_film(self, look: RecordingLook) -> None:
        """Say anew what is known of a video."""
        words = look.words or ("" if look.duration_ms is not None else "Loading…")
        self._canvas.show_picture(self._film.natural_size(), words)
        self._canvas.setAccessibleDescription(words)
        self._retry.setText("Load it" if look.state is MediaState.TOO_LARGE else "Retry")
        self._retry.setVisible(look.can_retry)
        self._place_retry()
        self._buttons["copy"].setEnabled(look.picture is not None)
        self._film.bar.say(look)
        self._say_facts()

    def _on_arrow(self, by: int) -> None:
        """Go back or forward in a video that plays or is paused, else to a neighbour."""
        if not self._film.step(by):
            self.step(by)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Play or pause a video by Space."""
        if event.key() == Qt.Key.Key_Space:
            self._film.toggle()
        else:
            super().keyPressEvent(event)

    # Pictures.

    def _pixels(self, size: QSizeF) -> QPixmap | None:
        """Return what there is of the picture for a size on the canvas, and ask for what there is not."""
        item = self.item
        if item is None:
            return None
        ratio = self.devicePixelRatioF()
        width, height = ceil(size.width()), ceil(size.height())
        if self._film.is_shown:
            return self._film.still(ratio, (round(width * ratio), round(height * ratio)))
        self._look = self._pictures.look_at(item.message, item.part_index, width, height, ratio)
        return self._look.pixmap or self._thumbnails.peek(item.part)

    def _say_facts(self) -> None:
        item = self.item
        if item is None:
            return
        natural = self._film.natural_size() or self._pictures.natural_size(item.part)
        look = self._film.look(self.devicePixelRatioF())
        facts = [f"{self._at + 1} of {len(self._items)}"] if len(self._items) > 1 else []
        facts += [f"{natural[0]} × {natural[1]}"] if natural else []
        facts += [time_words(look.duration_ms)] if look is not None and look.duration_ms else []
        facts += [size_words(item.part.size_bytes)] if item.part.size_bytes else []
        facts += [f"{round(self._canvas.scale * _PERCENT)} %"] if natural else []
        self._facts.setText(" · ".join(facts))

    def _place_retry(self) -> None:
        self._retry.adjustSize()
        middle = self._canvas.rect().center()
        self._retry.move(middle.x() - self._retry.width() // 2, middle.y() + _BUTTON_PX)

    def _save(self) -> None:
        if self.item is not None:
            self._saver.ask_and_save(self.item)

    def _open_elsewhere(self) -> None:
        if self.item is not None:
            self._saver.open_elsewhere(self.item)

    def _save_all(self) -> None:
        if self._items:
            self._saver.ask_and_save_all(self._items)

    def _on_retry_clicked(self) -> None:
        item = self.item
        if item is not None:
            if self._film.is_shown:
                self._film.retry()
            else:
                self._pictures.retry(item.message, item.part_index)
            self._refresh()
            self._canvas.setFocus()

    def _on_picture_changed(self, attachment_id: object) -> None:
        item = self.item
        if item is not None and item.part.attachment_id == attachment_id and self.isVisible():
            self._refresh()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button under the words."""
        super().resizeEvent(event)
        self._place_retry()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Let a moving picture stand still while another window has the focus."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self._pictures.set_watched(is_watched=self.isActiveWindow())

    @override
    def done(self, result: int) -> None:
        """Close, play nothing, and give the pixels back."""
        super().done(result)
        self._film.leave()
        self._pictures.forget()


def _button_icon(name: str, theme: Theme) -> QIcon:
    """Return an icon whose faint twin shows where there is nothing to do."""
    icon = themed_icon(name, theme.text, _ICON_PX)
    faint = mixed(theme.window, theme.text, _FAINT_SHARE).name()
    for ratio in (1.0, 2.0):
        icon.addPixmap(icon_pixmap(name, faint, _ICON_PX, ratio), QIcon.Mode.Disabled)
    return icon
