"""Everything that a chat does with effects before sending: the picker, the preview and the chip."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from linqdesk.domain.message import Effect
from linqdesk.domain.service import Service
from linqdesk.store.view import CacheView
from linqdesk.ui.composer.composer import Composer
from linqdesk.ui.effects.frame_clock import FrameClock
from linqdesk.ui.icon_button import IconButton
from linqdesk.ui.models.effect_words import is_known_effect
from linqdesk.ui.pickers.effect_chip import EffectChip
from linqdesk.ui.theme import Theme
from linqdesk.ui.tooltips import plain_tip

if TYPE_CHECKING:
    from linqdesk.ui.pickers.effect_preview import EffectPreview
    from linqdesk.ui.pickers.effects_picker import EffectsPicker

_SAMPLE = "Your message"


class EffectDesk(QObject):
    """Puts the button and the chip into a composer; picker and preview are made when first needed."""

    def __init__(
        self, cache: CacheView, composer: Composer, thread: QWidget, clock: FrameClock, theme: Theme
    ) -> None:
        """Serve a composer; previews lie over `thread`."""
        super().__init__(composer)
        self._cache = cache
        self._composer = composer
        self._thread = thread
        self._clock = clock
        self._theme = theme
        self._is_reduced: Callable[[], bool] = lambda: False
        self._picker: EffectsPicker | None = None
        self._preview: EffectPreview | None = None
        self._back_to: QWidget | None = None
        self.button = IconButton("sparkles", "Effects", composer)
        self._say_where_it_counts("")
        self.button.wear(theme)
        self.chip = EffectChip(theme, composer)
        composer.inside.addWidget(self.button, 0, Qt.AlignmentFlag.AlignBottom)
        composer.strips.addWidget(self.chip)
        self.button.clicked.connect(self.toggle_picker)
        self.chip.removed.connect(self._on_removed)
        self.chip.preview_wanted.connect(self._on_chip_pressed)
        composer.content_changed.connect(self._show_chosen)
        composer.sending.noted.connect(self._say_where_it_counts)
        QShortcut(QKeySequence("Ctrl+Shift+E"), composer.window()).activated.connect(self.toggle_picker)

    @property
    def is_moving(self) -> bool:
        """Whether a preview is on screen."""
        return self._preview is not None and self._preview.is_playing

    def set_reduced(self, is_reduced: Callable[[], bool]) -> None:
        """Ask this each time whether motion is reduced."""
        self._is_reduced = is_reduced

    def set_theme(self, theme: Theme) -> None:
        """Wear other colours."""
        self._theme = theme
        self.button.wear(theme)
        self.chip.set_theme(theme)
        if self._picker is not None:
            self._picker.set_theme(theme)

    def toggle_picker(self) -> None:
        """Open the picker, or close it."""
        picker = self.picker
        if picker.isVisible():
            picker.close_up()
        elif self._composer.isVisible() and self._can_have_effect():
            picker.show_effects(self._service(), self._composer.draft().effect, self.button)

    @property
    def picker(self) -> "EffectsPicker":
        """The picker; it is made here if it was never opened."""
        if self._picker is None:
            from linqdesk.ui.pickers.effects_picker import EffectsPicker

            window = self._composer.window()
            self._picker = EffectsPicker(self._clock, self._reduced, self._theme, window)
            self._picker.chosen.connect(self._on_chosen)
            self._picker.preview_wanted.connect(self._on_preview_wanted)
        return self._picker

    def _can_have_effect(self) -> bool:
        """Tell whether a message is written: an edited one keeps the effect that it was sent with."""
        return not (self._composer.edit.isReadOnly() or self._composer.edit_mode.is_active)

    def _reduced(self) -> bool:
        return self._is_reduced()

    def _service(self) -> Service | None:
        chat_id = self._composer.chat_id
        summary = self._cache.summary(chat_id) if chat_id is not None else None
        wished = self._composer.draft().preferred_service
        return wished or (summary.chat.service if summary is not None else None)

    def _say_where_it_counts(self, note: str) -> None:
        """Say on the button that effects do not arrive by this service, if they do not."""
        self.button.setToolTip(plain_tip(f"Effects (Ctrl+Shift+E)\n{note}".rstrip()))
        self.button.setAccessibleDescription(note)
        self.button.set_idle(is_idle=bool(note))

    def _show_chosen(self) -> None:
        self.chip.show_effect(self._composer.draft().effect)
        self.button.setEnabled(self._can_have_effect())

    def _on_chosen(self, effect: Effect) -> None:
        self._composer.set_effect(effect)
        self._composer.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_removed(self) -> None:
        self._composer.set_effect(None)
        self._composer.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_chip_pressed(self) -> None:
        effect = self._composer.draft().effect
        if effect is not None and is_known_effect(effect):
            self._play(effect, self.chip.name)

    def _on_preview_wanted(self, effect: Effect) -> None:
        """Let the picker step aside while its effect plays large."""
        picker = self.picker
        picker.hide()
        self._play(effect, picker.tiles[effect.name])

    def _play(self, effect: Effect, back_to: QWidget) -> None:
        if self._preview is None:
            from linqdesk.ui.pickers.effect_preview import EffectPreview

            self._preview = EffectPreview(self._clock, self._reduced, self._thread)
            self._preview.ended.connect(self._on_preview_ended)
        self._back_to = back_to
        words = self._composer.draft().text.strip() or _SAMPLE
        self._preview.play(effect, words, self._theme.bubble(self._service()), self._theme)

    def _on_preview_ended(self) -> None:
        """Give the focus back to what asked for it, the picker first."""
        back_to, self._back_to = self._back_to, None
        if self._picker is not None and back_to is not None and self._picker.isAncestorOf(back_to):
            self._picker.show()
        if back_to is not None:
            back_to.setFocus(Qt.FocusReason.PopupFocusReason)
