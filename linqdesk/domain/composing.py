"""What a draft would say if it were sent now."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from linqdesk.domain.decorations import trimmed, utf16_length
from linqdesk.domain.link_cards import with_card
from linqdesk.domain.outgoing import Content, Draft, OutgoingPart, OutgoingText
from linqdesk.domain.outgoing_files import DraftFile, DraftText, OutgoingVoiceMemo, TrayItem


def content_of(draft: Draft) -> Content:
    """Return all that a draft says as if it were one message, without the blanks at the ends of its texts.

    No part where it says nothing.
    """
    return Content(tuple(_parts(draft)), draft.effect, draft.reply_to, draft.preferred_service)


def messages_of(draft: Draft) -> tuple[Content, ...]:
    """Return the messages that would be sent, in order; one without parts where the draft says nothing.

    A voice memo is a message of its own, which carries neither effect nor quote: these go with the first
    message that is none. A card goes beside its text.
    """
    whole = content_of(draft)
    messages = [_bare(replace(whole, parts=parts)) for parts in _runs(whole.parts)] or [whole]
    for index, message in enumerate(messages):
        if message.voice_memo is None:
            messages[index] = replace(message, effect=draft.effect, reply_to=draft.reply_to)
            break
    if draft.as_card:
        return tuple(each for message in messages for each in with_card(message))
    return tuple(messages)


def _bare(content: Content) -> Content:
    return replace(content, effect=None, reply_to=None)


def _runs(parts: Iterable[OutgoingPart]) -> list[tuple[OutgoingPart, ...]]:
    """Return the parts of each message: a voice memo stands alone, all between two of them together."""
    runs: list[tuple[OutgoingPart, ...]] = []
    is_open = False
    for part in parts:
        is_memo = isinstance(part, OutgoingVoiceMemo)
        if is_open and not is_memo:
            runs[-1] = (*runs[-1], part)
        else:
            runs.append((part,))
        is_open = not is_memo
    return runs


def _parts(draft: Draft) -> Iterator[OutgoingPart]:
    """Iterate over the parts in order; texts that stand side by side become one, a line each."""
    before: OutgoingText | None = None
    for item in _items(draft):
        if isinstance(item, DraftFile):
            if before is not None:
                yield before
            before = None
            yield OutgoingVoiceMemo(item.file, item.duration_ms) if item.is_voice_memo else item.file
            continue
        text, decorations = trimmed(item.text, item.decorations)
        if text:
            part = OutgoingText(text, decorations)
            before = part if before is None else _joined(before, part)
    if before is not None:
        yield before


def _items(draft: Draft) -> Iterator[TrayItem]:
    at = len(draft.tray) if draft.text_at is None else draft.text_at
    yield from draft.tray[:at]
    yield DraftText(draft.text, draft.decorations)
    yield from draft.tray[at:]


def _joined(first: OutgoingText, second: OutgoingText) -> OutgoingText:
    shift = utf16_length(first.value) + 1
    moved = (replace(each, start=each.start + shift, end=each.end + shift) for each in second.decorations)
    return OutgoingText(f"{first.value}\n{second.value}", (*first.decorations, *moved))
