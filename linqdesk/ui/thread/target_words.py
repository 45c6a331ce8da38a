"""What a part of a message is called: for the hint under the pointer and for screen readers. Pure."""

from linqdesk.domain.message import MediaPart, Message
from linqdesk.store.view import CacheView, ThreadRow
from linqdesk.ui.models.effect_words import effect_badge
from linqdesk.ui.models.link_words import address_of
from linqdesk.ui.models.media_words import file_facts
from linqdesk.ui.models.message_words import effect_of, parts_of
from linqdesk.ui.models.reaction_groups import STICKER, grouped, is_sticker
from linqdesk.ui.models.spoken_words import kind_words, people_words
from linqdesk.ui.models.upload_words import upload_words
from linqdesk.ui.thread.targets import (
    EffectTarget,
    LinkTarget,
    MoreTarget,
    QuoteTarget,
    ReactionTarget,
    Target,
)


def target_words(row: ThreadRow, target: Target, cache: CacheView) -> str:
    """Return one line about a target of a row."""
    match target:
        case LinkTarget():
            address = address_of(target.url)
            return f"{address.host} – {address.words}"
        case QuoteTarget():
            return "Go to the original message"
        case MoreTarget():
            return "Show more of this message"
        case EffectTarget():
            effect = effect_of(row.content)
            return effect_badge(effect) if effect is not None else ""
        case ReactionTarget():
            return _reaction_words(row, target, cache)
        case _:
            return _file_words(row, target.part_index, cache)


def _reaction_words(row: ThreadRow, target: ReactionTarget, cache: CacheView) -> str:
    if not isinstance(row.content, Message) or target.part_index >= len(row.content.parts):
        return ""
    reactions = row.content.parts[target.part_index].reactions
    if target.kind == STICKER:
        return f"sticker from {people_words(list(filter(is_sticker, reactions)), cache)}"
    groups = grouped(reactions)
    said = [
        f"{kind_words(group.kind)} from {people_words(group.reactions, cache)}"
        for group in groups
        if target.kind in {None, group.kind}
    ]
    return ", ".join(said)


def _file_words(row: ThreadRow, part_index: int, cache: CacheView) -> str:
    parts = parts_of(row.content)
    part = parts[part_index] if part_index < len(parts) else None
    if not isinstance(part, MediaPart):
        return ""
    facts = file_facts(part)
    upload = upload_words(part.attachment_id, cache)
    words = f"{facts.name} – {facts.detail}"
    return f"{words}, {upload}" if upload else words
