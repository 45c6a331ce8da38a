"""How an unsent message and a draft are written down: JSON with a version, and nothing lost on the way."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from linqdesk.domain import errors
from linqdesk.domain.beginning import Beginning
from linqdesk.domain.decorations import Decoration
from linqdesk.domain.errors import ApiDetails, LinqDeskError, RateLimitedError
from linqdesk.domain.ids import AttachmentId, ChatId, FileKey, Handle, LocalId, MessageId
from linqdesk.domain.message import Effect, ReplyTo
from linqdesk.domain.outgoing import (
    Content,
    Draft,
    OutgoingLink,
    OutgoingMedia,
    OutgoingMessage,
    OutgoingPart,
    OutgoingState,
    OutgoingText,
)
from linqdesk.domain.outgoing_files import DraftFile, DraftText, OutgoingFile, OutgoingVoiceMemo, TrayItem
from linqdesk.domain.service import Service

FORMAT = 1

_KINDS: dict[type[OutgoingPart], str] = {
    OutgoingText: "text",
    OutgoingMedia: "media",
    OutgoingLink: "link",
    OutgoingFile: "file",
    OutgoingVoiceMemo: "voice_memo",
}
_FAILURES = (
    errors.OfflineError,
    errors.OutcomeUnknownError,
    errors.ServerFaultError,
    errors.SignInRejectedError,
    errors.NotAllowedError,
    errors.NotFoundError,
    errors.RequestRejectedError,
    errors.UnexpectedReplyError,
    errors.LocalFaultError,
)


def write_message(outgoing: OutgoingMessage) -> str:
    """Return an unsent message as text of its own."""
    tree = {
        "format": FORMAT,
        "local_id": outgoing.local_id,
        "chat_id": outgoing.chat_id,
        "line": outgoing.line,
        "created_at": outgoing.created_at.isoformat(),
        "content": _content_tree(outgoing.content),
        "state": outgoing.state,
        "failure": _failure_tree(outgoing.failure),
        "attempts": outgoing.attempts,
        "begins": None if outgoing.begins is None else asdict(outgoing.begins),
    }
    return json.dumps(tree)


def read_message(text: str) -> OutgoingMessage:
    """Return the unsent message that was written.

    Raises:
        ValueError: it was not written by `write_message`, or by a newer version of it.
    """
    tree = _tree(text)
    try:
        return OutgoingMessage(
            local_id=LocalId(tree["local_id"]),
            chat_id=ChatId(tree["chat_id"]),
            line=tree["line"],
            created_at=datetime.fromisoformat(tree["created_at"]),
            content=_content(tree["content"]),
            state=OutgoingState(tree["state"]),
            failure=_failure(tree["failure"]),
            attempts=int(tree["attempts"]),
            begins=_beginning(tree["begins"]),
        )
    except (KeyError, TypeError) as wrong:
        raise ValueError("this is no unsent message") from wrong


def write_draft(draft: Draft) -> str:
    """Return a draft as text."""
    tray = [asdict(item) for item in draft.tray]
    return json.dumps({"format": FORMAT, **asdict(draft), "tray": tray})


def read_draft(text: str) -> Draft:
    """Return the draft that was written.

    Raises:
        ValueError: it was not written by `write_draft`, or by a newer version of it.
    """
    tree = _tree(text)
    try:
        return Draft(
            text=tree["text"],
            cursor=int(tree["cursor"]),
            decorations=_decorations(tree["decorations"]),
            effect=_effect(tree["effect"]),
            reply_to=_reply(tree["reply_to"]),
            preferred_service=_service(tree["preferred_service"]),
            as_card=bool(tree.get("as_card")),
            tray=tuple(_tray_item(each) for each in tree.get("tray", ())),
            text_at=tree.get("text_at"),
            begins=_beginning(tree.get("begins")),
        )
    except (KeyError, TypeError) as wrong:
        raise ValueError("this is no draft") from wrong


def _tree(text: str) -> dict[str, Any]:
    tree = json.loads(text)
    if not isinstance(tree, dict) or tree.get("format") != FORMAT:
        raise ValueError("this was written in another format")
    return tree


def _content_tree(content: Content) -> dict[str, Any]:
    tree = asdict(content)
    tree["parts"] = [{"kind": _KINDS[type(part)], **asdict(part)} for part in content.parts]
    return tree


def _content(tree: Mapping[str, Any]) -> Content:
    return Content(
        tuple(_part(part) for part in tree["parts"]),
        _effect(tree["effect"]),
        _reply(tree["reply_to"]),
        _service(tree["preferred_service"]),
    )


def _part(tree: Mapping[str, Any]) -> OutgoingPart:
    match tree["kind"]:
        case "text":
            return OutgoingText(tree["value"], _decorations(tree["decorations"]))
        case "link":
            return OutgoingLink(tree["value"])
        case "media":
            identity = tree["attachment_id"]
            return OutgoingMedia(None if identity is None else AttachmentId(identity), tree["url"])
        case "file":
            return _file(tree)
        case "voice_memo":
            return OutgoingVoiceMemo(_file(tree["file"]), tree["duration_ms"])
        case _:
            raise ValueError("there is no such part")


def _file(tree: Mapping[str, Any]) -> OutgoingFile:
    identity = tree["attachment_id"]
    return OutgoingFile(
        FileKey(tree["key"]),
        tree["name"],
        tree["media_type"],
        int(tree["size_bytes"]),
        tree["sha256"],
        None if identity is None else AttachmentId(identity),
    )


def _tray_item(tree: Mapping[str, Any]) -> TrayItem:
    if "text" in tree:
        return DraftText(tree["text"], _decorations(tree["decorations"]))
    return DraftFile(_file(tree["file"]), bool(tree["is_voice_memo"]), tree["duration_ms"])


def _decorations(trees: list[Mapping[str, Any]]) -> tuple[Decoration, ...]:
    return tuple(Decoration(each["start"], each["end"], each["style"], each["animation"]) for each in trees)


def _effect(tree: Mapping[str, Any] | None) -> Effect | None:
    return None if tree is None else Effect(tree["kind"], tree["name"])


def _reply(tree: Mapping[str, Any] | None) -> ReplyTo | None:
    return None if tree is None else ReplyTo(MessageId(tree["message_id"]), tree["part_index"])


def _service(word: str | None) -> Service | None:
    return None if word is None else Service(word)


def _beginning(tree: Mapping[str, Any] | None) -> Beginning | None:
    if tree is None:
        return None
    return Beginning(Handle(tree["line"]), tuple(Handle(each) for each in tree["to"]), tree["group_name"])


def _failure_tree(failure: LinqDeskError | None) -> dict[str, Any] | None:
    if failure is None:
        return None
    wait_s = failure.retry_after_s if isinstance(failure, RateLimitedError) else None
    return {
        "kind": type(failure).__name__,
        "message": failure.message,
        "details": asdict(failure.details),
        "retry_after_s": wait_s,
    }


def _failure(tree: Mapping[str, Any] | None) -> LinqDeskError | None:
    if tree is None:
        return None
    details = ApiDetails(**tree["details"])
    if tree["retry_after_s"] is not None:
        return RateLimitedError(tree["message"], details, retry_after_s=tree["retry_after_s"])
    kinds = {each.__name__: each for each in _FAILURES}
    return kinds.get(tree["kind"], LinqDeskError)(tree["message"], details)
