"""The identities of things: plain strings that the type checker keeps apart."""

from typing import NewType

ChatId = NewType("ChatId", str)
"""A chat's id, a UUID made by Linq."""

MessageId = NewType("MessageId", str)
"""A message's id, a UUID made by Linq."""

LocalId = NewType("LocalId", str)
"""A UUID that LinqDesk makes for each send; it is also the API's `idempotency_key`."""

AttachmentId = NewType("AttachmentId", str)
"""An attachment's id, a UUID made by Linq; media is cached by it, never by its URL."""

Handle = NewType("Handle", str)
"""An E.164 phone number or an email address."""

FileKey = NewType("FileKey", str)
"""The name of a copy in the outbox's folder: random hex and an extension, nothing that anybody chose."""

RowKey = NewType("RowKey", str)
"""The lasting identity of a row in a thread: the LocalId of what was sent from here, else the MessageId."""
