"""The pictures and files of a chat, as far as it is loaded."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from linqdesk.domain.chat import Chat
from linqdesk.domain.ids import AttachmentId, MessageId
from linqdesk.domain.message import MediaPart, Message
from linqdesk.store.view import CacheView
from linqdesk.ui.icons import icon_pixmap
from linqdesk.ui.media.media_words import is_picture
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.media.saver import MediaItem
from linqdesk.ui.panels.card import Card
from linqdesk.ui.panels.labels import PlainLabel
from linqdesk.ui.panels.wishes import PanelWishes
from linqdesk.ui.theme import FOCUS_RING_PX, FontSize, Theme
from linqdesk.ui.tooltips import plain_tip
from linqdesk.ui.wording import size_words

_TILE_PX, _GAP_PX, _COLUMNS, _ICON_PX = 80, 6, 3, 22
_MAX_PICTURES, _MAX_FILES, _MAX_ROWS = 9, 5, 3_000


class PictureTile(QAbstractButton):
    """One picture, cut to a square; it is fetched when it comes into view."""

    def __init__(self, item: MediaItem, pictures: Pictures, theme: Theme, parent: QWidget) -> None:
        """Show a picture of a message."""
        super().__init__(parent)
        self.item = item
        self._pictures = pictures
        self.theme = theme
        self.setObjectName("media_tile")
        self.setAccessibleName(f"Open picture {item.name}")
        self.setToolTip(plain_tip(item.name))
        self.setFixedSize(_TILE_PX, _TILE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        pictures.changed.connect(self._on_picture_changed)

    def _on_picture_changed(self, attachment_id: AttachmentId) -> None:
        if attachment_id == self.item.part.attachment_id:
            self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what there is of it."""
        ratio = self.devicePixelRatioF()
        look = self._pictures.look_at(self.item.message, self.item.part_index, _TILE_PX, _TILE_PX, ratio)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillPath(shape, self.theme.hover)
            painter.setClipPath(shape)
            if look.pixmap is not None:
                width, height = look.pixmap.width(), look.pixmap.height()
                side = min(width, height)
                source = QRectF((width - side) / 2, (height - side) / 2, side, side)
                painter.drawPixmap(QRectF(self.rect()), look.pixmap, source)
            else:
                icon = "image-off" if look.words else "image"
                middle = QPointF((_TILE_PX - _ICON_PX) / 2, (_TILE_PX - _ICON_PX) / 2)
                painter.drawPixmap(
                    middle, icon_pixmap(icon, self.theme.text_secondary.name(), _ICON_PX, ratio)
                )
            painter.setClipping(False)
            if self.hasFocus():
                painter.setPen(QPen(self.theme.accent, FOCUS_RING_PX))
                painter.drawPath(shape)


class MediaCard(Card):
    """The newest pictures as tiles, the newest files as lines; more come by looking further back."""

    def __init__(
        self, cache: CacheView, pictures: Pictures, wishes: PanelWishes, theme: Theme, parent: QWidget
    ) -> None:
        """Start without a chat."""
        super().__init__("Media", parent)
        self._cache = cache
        self._pictures = pictures
        self._wishes = wishes
        self._theme = theme
        self._shown: list[tuple[MessageId, int]] = []
        self._tiles: list[PictureTile] = []
        self._grid_room = QWidget(self)
        self._grid = QGridLayout(self._grid_room)
        self._files_room = QWidget(self)
        self._files = QVBoxLayout(self._files_room)
        for each in (self._grid, self._files):
            each.setContentsMargins(0, 0, 0, 0)
            each.setSpacing(_GAP_PX)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self._says = PlainLabel(self, FontSize.META, is_secondary=True)
        self._says.setObjectName("media_says")
        self._older = QPushButton("Look further back", self)
        self._older.setObjectName("older_media")
        self._older.setAccessibleName("Look further back for media")
        self._older.setProperty("small", "true")
        self._older.clicked.connect(wishes.older_wanted)
        self.add(self._grid_room, self._files_room, self._says)
        self.add_beside_title(self._older)

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        for each in self._tiles:
            each.theme = theme
            each.update()

    def show_chat(self, chat: Chat) -> None:
        """Show the newest media of what is loaded of a chat."""
        pictures, files = self._newest(chat)
        shown = [(each.message.id, each.part_index) for each in (*pictures, *files)]
        self._older.setVisible(self._cache.history(chat.id).has_older)
        if shown == self._shown and shown:
            return
        self._shown = shown
        self._show_pictures(pictures)
        self._show_files(files)
        words = "" if shown else "No pictures and files in what is loaded."
        self._says.setText(words)
        self._says.setVisible(bool(words))

    def _newest(self, chat: Chat) -> tuple[list[MediaItem], list[MediaItem]]:
        pictures: list[MediaItem] = []
        files: list[MediaItem] = []
        for row in list(reversed(self._cache.rows(chat.id)))[:_MAX_ROWS]:
            message = row.content
            if not isinstance(message, Message) or row.is_deleted:
                continue
            for index, part in enumerate(message.parts):
                if isinstance(part, MediaPart):
                    (pictures if is_picture(part) else files).append(MediaItem(message, index))
            if len(pictures) >= _MAX_PICTURES and len(files) >= _MAX_FILES:
                break
        return pictures[:_MAX_PICTURES], files[:_MAX_FILES]

    def _show_pictures(self, items: list[MediaItem]) -> None:
        for tile in self._tiles:
            tile.hide()
            tile.deleteLater()
        self._tiles = [PictureTile(each, self._pictures, self._theme, self._grid_room) for each in items]
        for number, tile in enumerate(self._tiles):
            self._grid.addWidget(tile, number // _COLUMNS, number % _COLUMNS)
            tile.clicked.connect(
                lambda _checked=False, item=tile.item: self._wishes.picture_wanted.emit(
                    item.message, item.part_index
                )
            )
        self._grid_room.setVisible(bool(items))

    def _show_files(self, items: list[MediaItem]) -> None:
        while (item := self._files.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for each in items:
            self._files.addWidget(self._file_button(each))
        self._files_room.setVisible(bool(items))

    def _file_button(self, item: MediaItem) -> QPushButton:
        size = size_words(item.part.size_bytes) if item.part.size_bytes else ""
        button = QPushButton(self._files_room)
        button.setObjectName("media_file")
        words = f"{item.name} · {size}" if size else item.name
        metrics = button.fontMetrics()
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, _COLUMNS * _TILE_PX - 24)
        button.setText(shown.replace("&", "&&"))
        button.setToolTip(plain_tip(words))
        button.setAccessibleName(f"Save {words}")
        button.clicked.connect(lambda: self._wishes.save_wanted.emit(item.message, item.part_index))
        return button
