"""How a contact card looks to customers: its picture, or the initials that stand in for it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from linqdesk.domain.contact_card import ContactCard
from linqdesk.ui.avatars import paint_avatar, paint_icon
from linqdesk.ui.media.web_pixmaps import SIZE_PX, WebPixmaps
from linqdesk.ui.names import plain_name
from linqdesk.ui.theme import Theme


class CardFace(QWidget):
    """A disc; the picture is fetched when it is looked at and until then initials stand there."""

    def __init__(self, pixmaps: WebPixmaps, theme: Theme, parent: QWidget) -> None:
        """Start without a card."""
        super().__init__(parent)
        self._pixmaps = pixmaps
        self._theme = theme
        self._card: ContactCard | None = None
        self.setObjectName("card_face")
        self.setFixedSize(SIZE_PX, SIZE_PX)
        pixmaps.changed.connect(self.update)
        self.show_card(None)

    def show_card(self, card: ContactCard | None) -> None:
        """Show a card's face, an empty one for no card."""
        self._card = card
        has_picture = card is not None and card.image_url is not None
        self.setAccessibleName("Picture of the contact card" if has_picture else "No picture")
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        card = self._card
        address = card.image_url if card is not None else None
        picture = self._pixmaps.look(address, self.devicePixelRatioF())
        name = plain_name(f"{card.first_name} {card.last_name or ''}") if card is not None else ""
        with QPainter(self) as painter:
            if picture is not None:
                paint_icon(painter, QRectF(self.rect()), picture, self._theme)
            else:
                key = card.phone_number if card is not None else ""
                paint_avatar(painter, QRectF(self.rect()), name, key, self._theme)
