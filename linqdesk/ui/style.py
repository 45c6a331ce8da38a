"""Dresses Qt's own controls in a theme, so that none of them looks like a default."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from PySide6.QtGui import QPalette

from linqdesk.ui.style_of_acts import ACTS
from linqdesk.ui.theme import FOCUS_RING_PX, RADIUS_BUTTON_PX, RADIUS_FIELD_PX, FontSize, font, mixed

if TYPE_CHECKING:
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QApplication, QWidget

    from linqdesk.ui.theme import Theme

_SHEET = Template(
    """
QWidget { color: ${text}; }
QMainWindow, QDialog { background: ${window}; }
#chat_list_panel, #details_panel, #status_bar { background: ${panel}; }
#chat_header, #composer, #thread_area { background: ${window}; }
#details_panel {
    border: ${ring}px solid ${panel}; border-left: 1px solid ${line}; padding-left: 1px;
}
#details_panel:focus { border: ${ring}px solid ${accent}; padding-left: 0; }
#keys, #opened_lines { border: ${ring}px solid transparent; }
#keys:focus, #opened_lines:focus { border: ${ring}px solid ${accent}; border-radius: ${button_radius}px; }
#chat_header { border-bottom: 1px solid ${line}; }
#status_bar { border-top: 1px solid ${line}; }
#lines { background: ${panel}; border: none; border-right: 1px solid ${line}; outline: none; }
QSplitter::handle { background: ${line}; }
QLabel { background: transparent; }
QLabel[secondary="true"] { color: ${secondary}; }
QLabel[danger="true"] { color: ${danger}; }
QToolTip { background: ${text}; color: ${window}; border: none; padding: 4px 8px; }
QLineEdit {
    background: ${field}; color: ${text}; border: 1px solid ${field_line};
    border-radius: ${button_radius}px; padding: 5px 10px; min-height: 20px;
    selection-background-color: ${accent}; selection-color: ${on_accent};
}
QLineEdit:focus { border: ${ring}px solid ${accent}; padding: 4px 9px; }
#editor_frame {
    background: ${field}; border: 1px solid ${field_line}; border-radius: ${field_radius}px;
}
#editor_frame[focused="true"] { border: ${ring}px solid ${accent}; }
#editor_frame[locked="true"] { background: ${panel}; }
QPlainTextEdit {
    background: transparent; border: none; color: ${text};
    selection-background-color: ${accent}; selection-color: ${on_accent};
}
QPushButton {
    background: ${field}; color: ${text}; border: 1px solid ${field_line};
    border-radius: ${button_radius}px; padding: 3px 12px; min-height: 20px;
}
QPushButton:hover { background: ${field_hover}; }
QPushButton:pressed { background: ${pressed}; }
QPushButton:focus { border: ${ring}px solid ${accent}; padding: 2px 11px; }
QPushButton:disabled { color: ${secondary}; border-style: ${disabled_border}; }
QPushButton[primary="true"] {
    background: ${accent}; color: ${on_accent};
    border: 1px solid ${accent};
}
QPushButton[primary="true"]:focus { border: ${ring}px solid ${text}; }
QPushButton[primary="true"]:disabled {
    background: ${faint}; color: ${secondary}; border: 1px solid ${faint};
}
QPushButton[danger="true"] { color: ${danger}; }
QPushButton[danger="true"]:disabled { color: ${secondary}; }
QPushButton[tab="true"] { background: transparent; border: 1px solid transparent; padding: 3px 12px; }
QPushButton[tab="true"]:hover { background: ${hover}; }
QPushButton[tab="true"]:checked { background: ${selected}; font-weight: 600; }
QPushButton[tab="true"]:focus { border: ${ring}px solid ${accent}; padding: 2px 11px; }
QPushButton[small="true"] { padding: 1px 8px; min-height: 20px; font-size: ${small_px}px; }
QPushButton[small="true"]:focus { padding: 0px 7px; }
QPushButton[small="true"]:checked { background: ${selected}; border: 1px solid ${accent}; }
QToolButton { background: transparent; border: none; border-radius: ${button_radius}px; padding: 4px; }
QToolButton:hover { background: ${hover}; }
QToolButton:checked, QToolButton[on="true"] { background: ${selected}; }
QToolButton[idle="true"] { color: ${secondary}; }
QToolButton::menu-indicator { image: none; width: 0; }
QToolButton:focus { border: ${ring}px solid ${accent}; padding: 2px; }
QRadioButton, QCheckBox { spacing: 8px; }
QRadioButton::indicator, QCheckBox::indicator { width: 16px; height: 16px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator { border-radius: 4px; }
QRadioButton::indicator:unchecked, QCheckBox::indicator:unchecked {
    border: 1px solid ${secondary}; background: ${field};
}
QRadioButton::indicator:checked {
    border: 1px solid ${accent};
    background: qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,
        stop: 0 ${on_accent}, stop: 0.42 ${on_accent}, stop: 0.5 ${accent}, stop: 1 ${accent});
}
QRadioButton:focus, QCheckBox:focus { outline: none; }
QRadioButton::indicator:focus, QCheckBox::indicator:focus { border: ${ring}px solid ${accent}; }
QComboBox QAbstractItemView { background: ${field}; border: 1px solid ${field_line}; color: ${text}; }
#canned_names, #canned_files {
    background: ${field}; border: 1px solid ${field_line}; border-radius: ${button_radius}px;
}
#canned_names::item, #canned_files::item { height: 28px; padding: 0 8px; border-radius: 6px; }
#canned_names::item:selected, #canned_files::item:selected { background: ${selected}; color: ${text}; }
#canned_names:focus, #canned_files:focus { border: ${ring}px solid ${accent}; outline: none; }
#suggestions_popover QListWidget {
    background: transparent; border: none; border-radius: 0; padding: 0; outline: none;
}
#settings_pages {
    background: transparent; border: none; outline: none;
}
#settings_names { background: ${panel}; border-right: 1px solid ${line}; }
#settings_pages::item { height: 32px; border-radius: ${button_radius}px; padding: 0 10px; }
#settings_pages::item:hover { background: ${hover}; }
#settings_pages::item:selected { background: ${selected}; color: ${text}; }
#settings_pages::item:selected:focus { border: ${ring}px solid ${accent}; padding: 0 8px; }
#effect_chip { background: ${selected}; border-radius: 14px; }
#effect_chip QPushButton {
    background: transparent; border: 2px solid transparent; border-radius: 14px; padding: 0 4px 0 10px;
    min-height: 24px;
}
#effect_chip QToolButton { border-radius: 14px; }
#effect_chip QPushButton:focus, #effect_chip QToolButton:focus { border: ${ring}px solid ${accent}; }
#banner, #crash_banner { background: ${warning}; border-bottom: 1px solid ${line}; }
#banner QLabel, #crash_banner QLabel { color: ${on_warning}; }
#unsent_list { border-top: 1px solid ${line}; border-bottom: 1px solid ${line}; outline: none; }
#uploads_track { background: ${line}; border-radius: 2px; }
#uploads_done { background: ${accent}; border-radius: 2px; }
#outbox, #cancel_uploads {
    background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 0 6px;
    min-height: 18px; color: ${secondary};
}
#outbox:hover, #cancel_uploads:hover { background: ${hover}; color: ${text}; }
#outbox:focus, #cancel_uploads:focus { border: ${ring}px solid ${accent}; padding: 0 5px; min-height: 16px; }
#gate_strip { background: ${warning}; border: 1px solid ${line}; border-radius: ${button_radius}px; }
#gate_strip QLabel { color: ${on_warning}; }
#reasons { background: ${field}; border: 1px solid ${field_line}; }
#service_choice { border: 1px solid ${field_line}; padding: 1px 8px; font-size: ${small_px}px; }
#service_choice:focus { border: ${ring}px solid ${accent}; padding: 0px 7px; }
#service_menu { background: ${field}; border: 1px solid ${field_line}; padding: 4px; }
#service_menu::item { padding: 6px 12px 6px 28px; border-radius: 6px; }
#service_menu::item:selected { background: ${accent}; color: ${on_accent}; }
#service_menu::indicator { left: 8px; }
#day_pill, #history_notice, #hint {
    background: ${panel}; border: 1px solid ${line}; border-radius: 11px; padding: 4px 12px;
    color: ${secondary};
}
#toast {
    background: ${text}; color: ${window}; border-radius: ${button_radius}px; padding: 8px 14px;
}
#format_bar, #text_effects_menu {
    background: ${field}; border: 1px solid ${field_line}; border-radius: 12px;
}
#text_effects { padding: 4px 10px; }
#card { background: ${window}; border: 1px solid ${line}; border-radius: 12px; }
#recipient_field {
    background: ${field}; border: 1px solid ${field_line}; border-radius: ${button_radius}px;
}
#recipient_field[focused="true"] { border: ${ring}px solid ${accent}; }
#recipients, #recipients:focus { background: transparent; border: none; padding: 0 2px; }
#notice { background: ${panel}; border: 1px solid ${line}; border-radius: ${button_radius}px; }
QComboBox {
    background: ${field}; color: ${text}; border: 1px solid ${field_line};
    border-radius: ${button_radius}px; padding: 5px 10px; min-height: 20px;
}
QComboBox:hover { background: ${field_hover}; }
QComboBox:focus { border: ${ring}px solid ${accent}; padding: 4px 9px; }
QComboBox:disabled { background: ${window}; border: 1px solid ${window}; padding-left: 0; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox QAbstractItemView {
    background: ${window}; color: ${text}; border: 1px solid ${field_line};
    selection-background-color: ${accent}; selection-color: ${on_accent}; padding: 4px; outline: none;
}
QListView, QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
#suggestions {
    background: ${window}; border: 1px solid ${field_line}; border-radius: 12px; padding: 4px; outline: none;
}
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical {
    background: ${handle}; border-radius: 3px; min-height: 32px; margin: 2px 3px;
}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; height: 0;
}
"""
    + ACTS
    + "".join(f'*[type_size="{size.name}"] {{ font-size: ${{{size.name}}}px; }}\n' for size in FontSize)
)


def wear(application: QApplication, theme: Theme) -> None:
    """Give the whole application a theme's colours."""
    application.setPalette(_palette(theme))
    application.setStyleSheet(style_sheet(theme))


def restyle(widget: QWidget, **properties: bool) -> None:
    """Set properties that the style sheet asks about; does nothing where none changes."""
    changed = [name for name, value in properties.items() if bool(widget.property(name)) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    pairs = (
        (role.Window, theme.window),
        (role.Base, theme.field),
        (role.AlternateBase, theme.panel),
        (role.Button, theme.panel),
        (role.Text, theme.text),
        (role.WindowText, theme.text),
        (role.ButtonText, theme.text),
        (role.PlaceholderText, theme.text_secondary),
        (role.ToolTipBase, theme.text),
        (role.ToolTipText, theme.window),
        (role.Highlight, theme.accent),
        (role.HighlightedText, theme.on_accent),
        (role.Link, theme.accent),
    )
    for each, colour in pairs:
        palette.setColor(each, colour)
    return palette


def _rgba(colour: QColor) -> str:
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {colour.alpha()})"


def style_sheet(theme: Theme) -> str:
    """Return the style sheet of a theme."""
    line = _rgba(theme.hairline)
    return _SHEET.substitute(
        accent=theme.accent.name(),
        button_radius=RADIUS_BUTTON_PX,
        danger=theme.danger.name(),
        # Where no colour is fainter than another the line says that a button can do nothing.
        disabled_border="dashed" if theme.outline_px else "solid",
        faint=mixed(theme.window, theme.text, 0.10).name(),
        field=theme.field.name(),
        field_hover=mixed(theme.field, theme.text, 0.06).name(),
        field_line=theme.text.name() if theme.outline_px else line,
        field_radius=RADIUS_FIELD_PX,
        handle=mixed(theme.window, theme.text, 0.28).name(),
        hover=_rgba(theme.hover),
        line=line,
        on_accent=theme.on_accent.name(),
        on_warning=theme.at_risk.text.name(),
        panel=theme.panel.name(),
        pressed=mixed(theme.panel, theme.text, 0.12).name(),
        raised_line=theme.text.name() if theme.outline_px else mixed(theme.field, theme.text, 0.16).name(),
        ring=FOCUS_RING_PX,
        secondary=theme.text_secondary.name(),
        selected=_rgba(theme.selected),
        small_px=font(FontSize.META).pixelSize(),
        **{size.name: font(size).pixelSize() for size in FontSize},
        text=theme.text.name(),
        warning=theme.at_risk.surface.name(),
        window=theme.window.name(),
    )
