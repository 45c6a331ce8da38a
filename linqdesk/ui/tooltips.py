"""Tooltips that show words as they are; Qt would take what looks like markup for markup."""

from __future__ import annotations

from PySide6.QtGui import Qt


def plain_tip(words: str) -> str:
    """Return words for a tooltip, escaped where Qt's guess would be that they are markup.

    Every tooltip that may hold somebody else's words passes through here: `setToolTip` has no text format.
    `mightBeRichText` is the very question by which QToolTip decides, so what it denies is shown as it is;
    what it affirms is escaped, and so shown letter by letter too.
    """
    return Qt.convertFromPlainText(words) if Qt.mightBeRichText(words) else words
