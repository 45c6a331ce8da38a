"""What is said of a chat with the same people that is there already."""

from linqdesk.domain.opening import Opening
from linqdesk.store.view import CacheView
from linqdesk.ui.names import chat_title, format_handle, isolated


def existing_words(found: Opening, cache: CacheView) -> str:
    """Return which chat there is and where what is sent goes, nothing where there is none."""
    chat = found.existing or found.elsewhere
    if chat is None:
        return ""
    title, line = isolated(chat_title(chat, cache)), format_handle(chat.line or "")
    if found.is_reply:
        return f"You have a chat with {title} from {line} already: what you send goes there."
    if found.existing is not None:
        return f"The group {title} has exactly these people already. Sending begins another group."
    return f"You have a chat with {title} from {line}. Sending begins another from the line chosen here."
