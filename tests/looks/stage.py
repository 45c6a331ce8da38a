"""A window in which a state is set up: a small shop's chats, and hands on what the services would say."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from linqdesk.domain.chat import Chat, ChatHandle, ChatHealth, HealthStatus, Line, Reputation
from linqdesk.domain.delivery import Delivery
from linqdesk.domain.ids import ChatId, FileKey, Handle, MessageId
from linqdesk.domain.message import Message, TextPart
from linqdesk.domain.outgoing_files import OutgoingFile
from linqdesk.domain.service import Service
from linqdesk.local.picture_decoder import DecodedPicture, PictureRequest
from linqdesk.local.resource_files import resource
from linqdesk.services.picture_decoding import Decoded
from linqdesk.store.cache import Cache
from linqdesk.store.view import Connection, ConnectionState
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.effects.autoplay import Autoplay
from linqdesk.ui.preferences import Preferences
from linqdesk.ui.style import wear
from linqdesk.ui.theme import Theme
from linqdesk.ui.windows.main_window import MainWindow
from tests.ui.conftest import MediaWishes, Wishes

LINE, SECOND_LINE = Handle("+14155550110"), Handle("+14155550120")
ANA, TOM, RIDE = ChatId("ana"), ChatId("tom"), ChatId("ride")
_MEDIA = Path(str(resource("sandbox", "media")))
_PIXEL_BYTES = 4
_SIZE_PX = (900, 640)


class _Pictures(MediaWishes):
    """Decodes pictures at once, as the services do a moment later."""

    @override
    def decode_picture(self, file: Path, request: PictureRequest, done: Decoded) -> None:
        """Hand over the pixels."""
        side = request.max_width_px
        image = QImage(str(file)).scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        pixels = image.convertToFormat(QImage.Format.Format_RGB32)
        size = (pixels.width(), pixels.height())
        content = bytes(pixels.constBits())[: size[0] * size[1] * _PIXEL_BYTES]
        done(DecodedPicture(*size, *size, has_alpha=False, frames=(content,), delays_ms=(0,)))


class Stage:
    """A window with three chats, of which Ana's is open; close it when done."""

    def __init__(self, theme: Theme) -> None:
        """Show the window."""
        self.cache = Cache()
        self.cache.set_connection(Connection(ConnectionState.ONLINE))
        self.cache.set_lines(
            (Line("1", LINE, Reputation.HEALTHY), Line("2", SECOND_LINE, Reputation.HEALTHY))
        )
        self.cache.merge_chats([a_chat(ANA, "Ana Ruiz"), a_chat(TOM, "Tom Becker", Service.SMS), _a_group()])
        self.say(ANA, "Hi! Is the blue one still there?", minutes_ago=9)
        self.say(ANA, "It is, and it ships today.", minutes_ago=6, is_mine=True)
        self.say(ANA, "Wonderful. It is for my sister's birthday", minutes_ago=4)
        self.say(TOM, "Can I pick it up on Friday?", minutes_ago=31)
        self.say(RIDE, "Who brings the pump?", minutes_ago=55)
        self.wishes = Wishes(self.cache)
        self.wishes.media = _Pictures()
        self.wishes.files.folder = _MEDIA
        self.preferences = Preferences()
        self.window = MainWindow(self.cache, self.wishes, theme, self.preferences)
        self.window.resize(*_SIZE_PX)
        # Nothing moves in a picture.
        self.window.area.set_effects(Autoplay.NEVER, lambda: True)
        self.window.show()
        self.window.activateWindow()
        self.window.open_chat(ANA)
        self.composer.edit.setFocus()
        self.dress(theme)

    @property
    def composer(self) -> Composer:
        """Where Ana is written to."""
        return self.window.area.composer

    def dress(self, theme: Theme, zoom: float = 1.0) -> None:
        """Wear a theme, with messages of a size, and let the window follow."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        wear(application, theme)
        self.window.set_theme(theme)
        self.window.set_zoom(zoom)
        self.settle()

    def settle(self) -> None:
        """Let everything take its place."""
        for _ in range(3):
            QApplication.processEvents()

    def say(self, chat_id: ChatId, text: str, *, minutes_ago: float = 0.0, is_mine: bool = False) -> Message:
        """Let a message have been written."""
        said = a_message(chat_id, text, minutes_ago, is_mine=is_mine)
        self.cache.merge_messages(chat_id, [said], self.cache.next_sequence())
        return said

    def judge(self, status: HealthStatus) -> None:
        """Let Linq think so of Ana's chat."""
        self.cache.merge_chats([a_chat(ANA, "Ana Ruiz", health=ChatHealth(status, status.value))])

    def type(self, text: str) -> None:
        """Type into the field."""
        QTest.keyClicks(self.composer.edit, text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key in the field."""
        QTest.keyClick(self.composer.edit, key, modifier)

    def close(self) -> None:
        """Take the window away."""
        self.window.close()
        self.window.deleteLater()
        # Without a running loop nothing deletes it; each later theme would be put on it as well.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def a_chat(
    chat_id: ChatId, name: str, service: Service = Service.IMESSAGE, health: ChatHealth | None = None
) -> Chat:
    """Return a chat with one customer."""
    now = datetime.now(UTC)
    number = {ANA: "0134", TOM: "0178"}[chat_id]
    people = (
        ChatHandle("me", LINE, service, is_me=True),
        ChatHandle(f"{chat_id}-handle", Handle(f"+1415555{number}"), service),
    )
    return Chat(chat_id, now, now, name, people, is_group=False, service=service, health=health)


def a_file(name: str, media_type: str, size_bytes: int) -> OutgoingFile:
    """Return a file of ours, of which the sandbox has pictures."""
    return OutgoingFile(FileKey(name), name, media_type, size_bytes, "0" * 64)


def a_message(chat_id: ChatId, text: str, minutes_ago: float, *, is_mine: bool = False) -> Message:
    """Return a message of one text."""
    at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    return Message(
        id=MessageId(f"{chat_id}: {text}"),
        chat_id=chat_id,
        created_at=at,
        updated_at=at,
        is_from_me=is_mine,
        sender=LINE if is_mine else Handle("+14155550134"),
        parts=(TextPart(text),),
        delivery=Delivery.DELIVERED if is_mine else Delivery.RECEIVED,
        sent_at=at,
        service=Service.IMESSAGE,
    )


def _a_group() -> Chat:
    now = datetime.now(UTC)
    others = (
        ChatHandle(f"rider {number}", Handle(f"+1415555020{number}"), Service.IMESSAGE) for number in range(3)
    )
    people = (ChatHandle("me", LINE, Service.IMESSAGE, is_me=True), *others)
    return Chat(RIDE, now, now, "Saturday gravel ride", people, is_group=True, service=Service.IMESSAGE)
