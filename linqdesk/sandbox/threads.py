"""Which messages belong to one chain of replies."""

from linqdesk.sandbox.chat import Chat
from linqdesk.sandbox.model import Message


def thread_of(chat: Chat, message: Message) -> list[Message]:
    """Return the chain that a message belongs to, oldest first; a lone one is a chain of itself.

    Replies to a message that is gone, and chains that bite their own tail, end where they break.
    """
    replies = [each for each in chat.history.arrived() if each.reply_to is not None]
    known = {each.id: each for each in (*replies, message)}
    root = message
    passed = {root.id}
    while root.reply_to is not None:
        above = known.get(root.reply_to.message_id) or chat.history.find(root.reply_to.message_id)
        if above is None or above.id in passed:
            break
        root = above
        passed.add(root.id)
    chain = {root.id: root} | {each: known[each] for each in passed if each in known}
    for _ in replies:
        grown = [each for each in replies if each.id not in chain and _target(each) in chain]
        if not grown:
            break
        chain.update((each.id, each) for each in grown)
    return sorted(chain.values(), key=lambda each: (each.created_at, each.id))


def _target(message: Message) -> str | None:
    return None if message.reply_to is None else message.reply_to.message_id
