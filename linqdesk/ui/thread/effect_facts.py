"""What a row brings that can move: its effect, its animated text, its invisible ink. Pure."""

from itertools import chain

from linqdesk.domain.message import Effect, Message, TextPart
from linqdesk.domain.outgoing import OutgoingMessage, OutgoingText
from linqdesk.domain.system_event import SystemEvent
from linqdesk.store.view import ThreadRow
from linqdesk.ui.effects.bubble_motion import INVISIBLE
from linqdesk.ui.effects.text_motion import SHAPES


def effect_of(row: ThreadRow) -> Effect | None:
    """Return the effect that a row was sent with."""
    match row.content:
        case Message():
            return row.content.effect
        case OutgoingMessage():
            return row.content.content.effect
        case SystemEvent():
            return None


def is_animated(row: ThreadRow) -> bool:
    """Tell whether a row has text that can move."""
    content = row.content
    if isinstance(content, SystemEvent):
        return False
    parts = content.parts if isinstance(content, Message) else content.content.parts
    texts = (part.decorations for part in parts if isinstance(part, TextPart | OutgoingText))
    return any(each.animation in SHAPES for each in chain.from_iterable(texts))


def is_inked(row: ThreadRow) -> bool:
    """Tell whether a row is written in invisible ink."""
    effect = effect_of(row)
    return effect is not None and effect.name == INVISIBLE
