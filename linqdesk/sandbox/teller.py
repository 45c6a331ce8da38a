"""Tells the stories that are written down in `resources/sandbox`; their times count from the beginning."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.contents import EFFECTS
from linqdesk.sandbox.model import Effect, Message, ReplyTo
from linqdesk.sandbox.pasts import GeneratedPast
from linqdesk.sandbox.samples import load_story, tell_sample
from linqdesk.sandbox.story_parts import StoryParts, member_of
from linqdesk.sandbox.world import World

_PACE = timedelta(seconds=70)
_PAUSE_BEFORE_PAST = timedelta(hours=5)
_EDITED_AFTER = timedelta(seconds=40)


def tell(world: World, name: str) -> None:
    """Fill a world with the story of that name."""
    story = load_story(name)
    for number in story["lines"]:
        world.add_line(number)
    for tree in story["chat"]:
        _ChatTeller(world, name, tree).tell()


class _ChatTeller:
    """Makes one chat of a story."""

    def __init__(self, world: World, story: str, tree: dict[str, Any]) -> None:
        self._world = world
        self._story = story
        self._tree = tree
        self._newest_at = world.began_at - timedelta(minutes=tree["ago_min"])
        self._parts = StoryParts(world)
        self._labelled: dict[str, str] = {}
        self._replies: list[tuple[Message, Any]] = []

    def tell(self) -> None:
        """Make the chat with everything that was said in it, and plan what is still to happen."""
        lines = list(_lines(self._tree["talk"]))
        first_at = self._newest_at - sum((pause for pause, _ in lines[1:]), timedelta())
        chat = self._chat(first_at)
        at, said = first_at, []
        for index, (pause, tree) in enumerate(lines):
            at += pause if index else timedelta()
            said.append(self._say(chat, tree, at))
        self._tie_replies()
        self._mark_read(said)
        chat.updated_at = self._newest_at
        for event in self._tree.get("event", []):
            self._plan(chat, event)

    def _chat(self, first_at: datetime) -> Chat:
        tree = self._tree
        line = self._world.lines[tree["line"]].number
        past = None
        if "past" in tree:
            name = f"{self._story}/{tree['names'][0]}"
            past = GeneratedPast(name, tree["past"], first_at - _PAUSE_BEFORE_PAST)
        created_at = past.time_of(0) if past is not None else first_at
        chat = self._world.add_chat(
            line, tree["people"], service=tree["service"], created_at=created_at, past=past
        )
        if past is not None:
            past.belong_to(chat)
        for handle, name in zip(tree["people"], tree["names"], strict=True):
            person = self._world.person_with(handle)
            person.name = name
            if not chat.is_group:
                person.service, person.language = tree["service"], tree["language"]
        chat.health = tree.get("health", "HEALTHY")
        if chat.health == "OPTED_OUT":
            self._world.person_with(tree["people"][0]).is_opted_out = True
        chat.display_name = _title(tree, chat)
        if "icon" in tree:
            chat.icon = tell_sample(self._world.attachments, tree["icon"])
        return chat

    def _say(self, chat: Chat, tree: dict[str, Any], at: datetime) -> Message:
        sender = member_of(chat, tree["from"])
        parts = self._parts.read(tree)
        self._parts.react(chat, parts, tree)
        message = Message(
            id=self._world.ids.next_uuid(),
            chat_id=chat.id,
            sender=sender,
            parts=parts,
            created_at=at,
            updated_at=at + _EDITED_AFTER if tree.get("is_edited") else at,
            status="received",
            service=tree.get("service", chat.service),
            sent_at=at,
            delivered_at=at,
            effect=_effect(tree.get("effect")),
            preferred_service=tree.get("preferred_service"),
        )
        if sender.is_me:
            _bring_to(message, tree.get("status", _farthest(chat, message)))
        if "label" in tree:
            self._labelled[tree["label"]] = message.id
        if "reply" in tree:
            self._replies.append((message, tree["reply"]))
        self._world.add_message(chat, message)
        return message

    def _tie_replies(self) -> None:
        """Let replies point at what they answer; a label that nobody has is a message that is gone."""
        for message, target in self._replies:
            label, part = (target, 0) if isinstance(target, str) else target
            message.reply_to = ReplyTo(self._labelled.get(label, self._world.ids.next_uuid()), part)

    def _mark_read(self, said: list[Message]) -> None:
        unread = self._tree.get("unread", 0)
        inbound = [message for message in said if not message.sender.is_me]
        for message in inbound[: len(inbound) - unread]:
            message.read_at = message.created_at + _PACE / 2

    def _plan(self, chat: Chat, event: dict[str, Any]) -> None:
        """Plan that a group gets a name, a member or one less, `after_s` seconds from the beginning."""

        def happen() -> None:
            now = self._world.clock.now()
            chat.display_name = event.get("title", chat.display_name)
            if "joined" in event:
                self._world.add_member(chat, event["joined"], now)
            if "left" in event:
                member = member_of(chat, event["left"])
                member.status, member.left_at = "left", now
            chat.updated_at = now

        self._world.agenda.after(event["after_s"], happen)


def _farthest(chat: Chat, message: Message) -> Any:
    """Return how far a message of ours came that nothing held up."""
    return "sent" if chat.is_group or message.service == "SMS" else "read"


def _bring_to(message: Message, status: Any) -> None:
    at = message.created_at
    message.status = status
    message.sent_at = at if status in {"sent", "delivered", "read"} else None
    message.delivered_at = at if status in {"delivered", "read"} else None
    message.read_at = at + _PACE / 2 if status == "read" else None


def _effect(name: str | None) -> Effect | None:
    """Return an effect; a name that Linq does not know passes for one of the screen."""
    if name is None:
        return None
    return Effect(next((kind for kind, names in EFFECTS.items() if name in names), "screen"), name)


def _title(tree: dict[str, Any], chat: Chat) -> str | None:
    title = tree.get("title")
    if title == "handles":
        return ", ".join(tree["people"])
    if title == "none" or (title is None and chat.is_group):
        return None
    return str(title or tree["names"][0])


def _lines(talk: list[Any]) -> Iterator[tuple[timedelta, dict[str, Any]]]:
    """Yield each line of a talk with the time that passed before it."""
    pause = _PACE
    for item in talk:
        if isinstance(item, str) and item.startswith("~"):
            pause = timedelta(minutes=int(item[1:]))
            continue
        yield pause, item if isinstance(item, dict) else _spoken(item)
        pause = _PACE


def _spoken(item: str) -> dict[str, Any]:
    sign, _, text = item.partition(" ")
    return {"from": 0 if sign == ">" else int(sign.rstrip("<") or 1), "text": text}
