"""The canned replies while they are changed in Settings: what is written, and what of it can be kept."""

from dataclasses import dataclass, replace

from linqdesk.domain.canned import CannedReply, free_name, merged

_NEW = "new reply"


@dataclass(slots=True)
class _Row:
    """A reply as the fields say it, as it is to be kept, and as it was kept; None before it was."""

    shown: CannedReply
    kept: CannedReply | None
    was: CannedReply | None


class CannedRows:
    """A list of replies of which half-written ones stay as they were last complete.

    A reply is complete with a text and with a name that no other one has.
    """

    def __init__(self, replies: tuple[CannedReply, ...]) -> None:
        """Begin with what is in the file."""
        self._rows = [_Row(each, each, each) for each in replies]
        self._was = replies

    @property
    def shown(self) -> tuple[CannedReply, ...]:
        """The replies as the fields say them."""
        return tuple(each.shown for each in self._rows)

    @property
    def was(self) -> tuple[CannedReply, ...]:
        """What the file held when the changes began."""
        return self._was

    @property
    def kept(self) -> tuple[CannedReply, ...]:
        """What is to be in the file now."""
        return tuple(each.kept for each in self._rows if each.kept is not None)

    def change(self, place: int, reply: CannedReply) -> str:
        """Take what the fields say of a reply; returns why it cannot be saved so, empty where it can."""
        row = self._rows[place]
        row.shown = reply
        others = {each.shown.name for each in self._rows if each is not row} | {
            each.kept.name for each in self._rows if each is not row and each.kept is not None
        }
        old = row.was
        is_named = bool(reply.name) and (
            reply.name not in others or (old is not None and old.name == reply.name)
        )
        if is_named and reply.text:
            row.kept = reply
        elif old is not None:
            row.kept = replace(
                reply,
                name=reply.name if is_named else old.name,
                text=reply.text or old.text,
                decorations=reply.decorations if reply.text else old.decorations,
            )
        return _complaint(reply, old, is_named=is_named)

    def add(self) -> int:
        """Begin a reply; returns its place."""
        self._rows.append(
            _Row(CannedReply(free_name(_NEW, {each.name for each in self.shown}), ""), None, None)
        )
        return len(self._rows) - 1

    def delete(self, place: int) -> None:
        """Leave out a reply."""
        del self._rows[place]

    def confirm(self, saved: tuple[CannedReply, ...]) -> None:
        """Know that this is in the file now: later changes begin with it."""
        self._was = saved
        for each in self._rows:
            if each.kept in saved:
                each.was = each.kept

    def take(self, theirs: tuple[CannedReply, ...]) -> bool:
        """Take what the file holds by now, beside what was changed here; False where that is nothing new."""
        if theirs == self._was:
            return False
        rows, left = [], list(self._rows)
        for reply in merged(theirs, self._was, self.kept).replies:
            own = next((each for each in left if each.kept == reply), None)
            if own is not None:
                left.remove(own)
            rows.append(own or _Row(reply, reply, reply))
        self._rows = rows + [each for each in left if each.kept is None]
        self._was = theirs
        return True


def _complaint(reply: CannedReply, old: CannedReply | None, *, is_named: bool) -> str:
    stays = f"; it stays /{old.name} until then" if old is not None else ""
    if not reply.name:
        return f"Give the reply a name{stays}."
    if not is_named:
        return f"Another reply is called /{reply.name}: choose another name{stays}."
    if not reply.text:
        return "The reply has no text: it stays as it was until there is some." if old is not None else ""
    return ""
