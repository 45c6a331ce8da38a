"""What will arrive, as one line and at length. Pure."""

from collections.abc import Iterator, Sequence

from linqdesk.domain.arrival import Arrival, Fate, Feature, Item, Receipt
from linqdesk.domain.message import Effect
from linqdesk.domain.service import Service
from linqdesk.domain.sms import Segments
from linqdesk.ui.models.effect_words import effect_name
from linqdesk.ui.wording import SERVICE_NAMES

_MAX_NAMED = 3
_WHY = {
    Feature.STYLE: "Bold, italic, underline and strikethrough exist in iMessage only.",
    Feature.ANIMATION: "Text effects exist in iMessage only.",
    Feature.EFFECT: "Bubble and screen effects exist in iMessage only.",
    Feature.REPLY: "Answers that quote a message exist in iMessage only.",
    Feature.CARD: "SMS knows no link cards: the web address arrives as text.",
    Feature.FILE: "SMS carries no files: the phone company sends them as MMS, often smaller and less sharp.",
}


def arrival_line(arrival: Arrival) -> str:
    """Return the one line over Send, such as "SMS: bold will not arrive; 12 of 160 characters"."""
    clauses = list(_clauses(arrival))
    if arrival.is_without_fallback:
        clauses.insert(0, "fails if the customer has no iMessage")
    if arrival.refused:
        return f"Cannot be sent: {arrival.refused[0].words}"
    return f"{route_words(arrival.routes)}: {'; '.join(clauses) or 'arrives as you see it'}"


def arrival_reasons(arrival: Arrival) -> tuple[str, ...]:
    """Return the reasons behind the line, a sentence each."""
    affected = {each.feature: None for each in arrival.items if each.fate is not Fate.DELIVERED}
    reasons = [each.words for each in arrival.refused]
    reasons += [_WHY[feature] for feature in affected]
    if arrival.is_without_fallback:
        reasons.append("“iMessage only” never falls back to RCS or SMS; this chat ran over those so far.")
    if len(arrival.routes) > 1:
        reasons.append("Which service carries the message is known only once it is sent.")
    if arrival.segments is not None and arrival.segments.is_unicode:
        reasons.append("A sign outside of the old SMS alphabet, such as an emoji, leaves 70 signs a segment.")
    if arrival.segments is not None and arrival.segments.count > 1:
        reasons.append("Each segment is carried as an SMS of its own; most phones join them again.")
    if arrival.receipt is not Receipt.YES:
        who = "Groups report" if arrival.is_group else "SMS reports"
        reasons.append(f"{who} neither delivery nor reading.")
    return tuple(reasons)


def route_note(arrival: Arrival) -> str:
    """Return what a control that only iMessage honours says of itself; empty where it works."""
    if arrival.routes == (Service.IMESSAGE,):
        return ""
    if Service.IMESSAGE in arrival.routes:
        return "Arrives only if this goes by iMessage"
    return f"Has no effect by {route_words(arrival.routes)}"


def route_words(ways: Sequence[Service]) -> str:
    """Return "iMessage" or "iMessage, RCS or SMS"."""
    names = [SERVICE_NAMES[way] for way in ways]
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _clauses(arrival: Arrival) -> Iterator[str]:
    dropped = _named(arrival.fated(Fate.DROPPED))
    if dropped:
        yield f"{dropped} will not arrive"
    perhaps = _named(each for each in arrival.fated(Fate.PERHAPS) if each.feature is not Feature.FILE)
    if perhaps:
        only = "iMessage" if _needs_imessage(arrival) else "iMessage or RCS"
        yield f"{perhaps} only if it goes by {only}"
    for each in arrival.items:
        if each.feature is Feature.CARD and each.fate is Fate.CHANGED:
            yield "the card arrives as its web address"
        if each.feature is Feature.FILE and each.fate is not Fate.DELIVERED:
            by_sms = "" if each.fate is Fate.CHANGED else " if it goes by SMS"
            yield f"{'the file goes' if each.count == 1 else f'{each.count} files go'} as MMS{by_sms}"
    if arrival.segments is not None and arrival.segments.count:
        yield _segment_words(arrival.segments)
    yield from _receipt_words(arrival)


def _needs_imessage(arrival: Arrival) -> bool:
    return any(each.feature is not Feature.CARD for each in arrival.fated(Fate.PERHAPS))


def _receipt_words(arrival: Arrival) -> Iterator[str]:
    match arrival.receipt:
        case Receipt.NO:
            yield "you will not see Delivered"
        case Receipt.PERHAPS:
            yield "by SMS you would not see Delivered"
        case Receipt.YES:
            return


def _segment_words(segments: Segments) -> str:
    if segments.count == 1:
        return f"{segments.units} of {segments.room} characters"
    return f"{segments.count} segments, {segments.units} of {segments.room} characters"


def _named(items: Iterator[Item] | Sequence[Item]) -> str:
    names = [_name(each) for each in items]
    if len(names) > _MAX_NAMED:
        names = [*names[:_MAX_NAMED], f"{len(names) - _MAX_NAMED} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _name(item: Item) -> str:
    match item.feature:
        case Feature.STYLE:
            return item.word
        case Feature.ANIMATION | Feature.EFFECT:
            return effect_name(Effect("", item.word)).capitalize()
        case Feature.REPLY:
            return "the quote"
        case Feature.CARD:
            return "the card"
        case Feature.FILE:
            return "the file" if item.count == 1 else f"{item.count} files"
