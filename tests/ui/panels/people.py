"""A panel before a cache with one chat, and a group to show in it."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from linqdesk.domain.chat import Chat, ChatHandle, MemberStatus
from linqdesk.domain.ids import ChatId, Handle
from linqdesk.domain.service import Service
from linqdesk.store.cache import Cache
from linqdesk.ui.media.pictures import Pictures
from linqdesk.ui.panels.details_panel import DetailsPanel, PanelSources
from linqdesk.ui.theme import LIGHT
from linqdesk.ui.windows.people_desk import PeopleDesk
from tests.store.messages import BEGAN, LINE
from tests.ui.conftest import Wishes

G = ChatId("g")
PEOPLE = [Handle(f"+141555502{number:02d}") for number in range(40)]


def a_group(
    count: int,
    *,
    gone: tuple[MemberStatus, ...] = (),
    mine: MemberStatus = MemberStatus.ACTIVE,
    service: Service = Service.IMESSAGE,
) -> Chat:
    """A group of us and `count` others, and those who have gone."""
    me = ChatHandle("me", LINE, service, is_me=True, joined_at=BEGAN, status=mine)
    others = [ChatHandle(each, each, service, joined_at=BEGAN) for each in PEOPLE[:count]]
    away = [
        ChatHandle(
            each, each, service, joined_at=BEGAN, left_at=BEGAN + timedelta(days=number), status=status
        )
        for number, (each, status) in enumerate(zip(PEOPLE[count:], gone, strict=False))
    ]
    return Chat(G, BEGAN, BEGAN, "Riders", (me, *others, *away), is_group=True, service=service)


class Bench:
    """The details of one chat with the desk behind them."""

    def __init__(self, chat: Chat, parent: QWidget) -> None:
        self.cache = Cache()
        self.wishes = Wishes(self.cache)
        self.dialled: list[str] = []
        self.parent = parent
        pictures = Pictures(self.cache, self.wishes, parent)
        self.panel = DetailsPanel(PanelSources(self.cache, self.wishes.people, pictures), LIGHT, parent)
        self.desk = PeopleDesk(self.panel, self.cache, self.wishes, LIGHT, self._dial)
        self.said: list[str] = []
        self.desk.said.connect(self.said.append)
        self.panel.resize(320, 900)
        self.chat_id = chat.id
        self.show(chat)
        parent.show()

    def _dial(self, number: str) -> bool:
        self.dialled.append(number)
        return len(self.dialled) == 1

    def show(self, chat: Chat) -> None:
        self.cache.merge_chats([chat])
        self.refresh()

    def refresh(self) -> None:
        """As the window does whenever the cache tells of the chat."""
        summary = self.cache.summary(self.chat_id)
        assert summary is not None
        self.panel.show_chat(summary.chat)
        self.desk.show_chat(summary.chat)

    def rows(self) -> list[str]:
        """What a screen reader says of the members."""
        members = self.panel.people.members
        return [members.row_at(row).spoken() for row in range(members.rowCount())]
