"""What a message's menu offers of its links and files, so that none needs a pointer to be opened."""

from functools import partial

from linqdesk.domain.links import find_links
from linqdesk.domain.message import LinkPart, MediaPart, Message, TextPart
from linqdesk.local.file_kinds import is_openable_type
from linqdesk.ui.acts.message_menu import Entry
from linqdesk.ui.media.media_words import is_seen_large
from linqdesk.ui.models.link_words import address_of
from linqdesk.ui.names import plain_name
from linqdesk.ui.thread.acts import Acts

# More would make the menu higher than a screen.
_MOST = 9
# Looking through an endless text would cost frames.
_MAX_SEARCHED = 10_000


def link_entries(message: Message, acts: Acts) -> list[Entry]:
    """Offer to open each of a message's links, by the host to which it leads."""
    return [
        Entry(f"Open link: {address_of(url).host}", partial(acts.link_activated.emit, url))
        for url in links_of(message)[:_MOST]
    ]


def links_of(message: Message) -> list[str]:
    """Return the addresses in a message, each once and in order."""
    urls: list[str] = []
    for part in message.parts:
        if isinstance(part, LinkPart):
            urls.append(part.value)
        elif isinstance(part, TextPart):
            urls += (link.url for link in find_links(part.value[:_MAX_SEARCHED]))
    return list(dict.fromkeys(urls))


def file_entries(message: Message, index: int, acts: Acts) -> list[Entry]:
    """Return what can be done with a part that is a file, nothing for any other."""
    part = message.parts[index] if 0 <= index < len(message.parts) else None
    if not isinstance(part, MediaPart):
        return []
    entries = []
    if is_seen_large(part):
        entries.append(Entry("View large", lambda: acts.picture_activated.emit(message, index), "V"))
    if is_openable_type(part.mime_type):
        entries.append(Entry("Open in another program", lambda: acts.file_open_wanted.emit(message, index)))
    entries.append(Entry("Save…", lambda: acts.file_save_wanted.emit(message, index)))
    return entries


def other_file_entries(message: Message, index: int, acts: Acts) -> list[Entry]:
    """Offer the files of the other parts, each with a menu of its own, and to save all."""
    others = [
        Entry(
            plain_name(part.filename), None, "", None, tuple(_without_keys(file_entries(message, at, acts)))
        )
        for at, part in enumerate(message.parts)
        if isinstance(part, MediaPart) and at != index
    ]
    save_all = Entry("Save all…", lambda: acts.files_save_wanted.emit(message))
    has_several = sum(isinstance(part, MediaPart) for part in message.parts) > 1
    return [*([save_all] if has_several else []), *others[:_MOST]]


def _without_keys(entries: list[Entry]) -> list[Entry]:
    """Leave out the keys, which are for the part that has the focus."""
    return [Entry(each.label, each.act) for each in entries]
