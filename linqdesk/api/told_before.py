"""What was read of items that the API tells again and again: one that reads as before is not read anew."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Generic, TypeVar

ValueT = TypeVar("ValueT")


class ToldBefore(Generic[ValueT]):
    """The values of items told lately, each with a fingerprint of its JSON instead of the JSON itself.

    Most of each page that is polled stands as it stood: checking and translating it again cost a third of
    what the program did in a quiet hour.
    """

    def __init__(self, most: int) -> None:
        """Keep the values of at most this many items, 1 or more."""
        self._most = most
        self._known: OrderedDict[object, tuple[int, ValueT]] = OrderedDict()

    def read(self, tree: Any, make: Callable[[Any], ValueT], place: object = None) -> ValueT:
        """Return the value of an item.

        Args:
            tree: the item's JSON.
            make: reads it; its errors pass, and what it cannot read is not kept.
            place: where the item was told, if its value depends on that.
        """
        name = tree.get("id") if isinstance(tree, dict) else None
        if not isinstance(name, str):
            return make(tree)
        identity = (place, name)
        # Python keys the hash of a text anew in each run, so nobody outside can make two of them alike.
        fingerprint = hash(repr(tree))
        known = self._known.pop(identity, None)
        value = known[1] if known is not None and known[0] == fingerprint else make(tree)
        self._known[identity] = fingerprint, value
        if len(self._known) > self._most:
            self._known.popitem(last=False)
        return value
