"""Dresses Qt's own controls in a theme, so that none of them looks like a default."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from linqdesk.ui.theme import FOCUS_RING_PX, RADIUS_BUTTON_PX, RADIUS_FIELD_PX, Theme, mixed


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
    pressed = mixed(theme.panel, theme.text, 0.12).name()
    field_line = theme.text.name() if theme.outline_px else line
    handle = _rgba(mixed(theme.window, theme.text, 0.28))
    return f"""
QWidget {{ color: {theme.text.name()}; }}
QMainWindow, QDialog {{ background: {theme.window.name()}; }}
#chat_list_panel, #details_panel, #status_bar {{ background: {theme.panel.name()}; }}
#chat_header, #composer, #thread_area {{ background: {theme.window.name()}; }}
#chat_header {{ border-bottom: 1px solid {line}; }}
#status_bar {{ border-top: 1px solid {line}; }}
QSplitter::handle {{ background: {line}; }}
QLabel {{ background: transparent; }}
QLabel[secondary="true"] {{ color: {theme.text_secondary.name()}; }}
QLabel[danger="true"] {{ color: {theme.danger.name()}; }}
QToolTip {{ background: {theme.text.name()}; color: {theme.window.name()}; border: none; padding: 4px 8px; }}
QLineEdit {{
    background: {theme.field.name()}; color: {theme.text.name()}; border: 1px solid {field_line};
    border-radius: {RADIUS_BUTTON_PX}px; padding: 5px 10px; min-height: 20px;
    selection-background-color: {theme.accent.name()}; selection-color: {theme.on_accent.name()};
}}
QLineEdit:focus {{ border: {FOCUS_RING_PX}px solid {theme.accent.name()}; padding: 4px 9px; }}
#editor_frame {{
    background: {theme.field.name()}; border: 1px solid {field_line}; border-radius: {RADIUS_FIELD_PX}px;
}}
#editor_frame[focused="true"] {{ border: {FOCUS_RING_PX}px solid {theme.accent.name()}; }}
#editor_frame[locked="true"] {{ background: {theme.panel.name()}; }}
QPlainTextEdit {{
    background: transparent; border: none; color: {theme.text.name()};
    selection-background-color: {theme.accent.name()}; selection-color: {theme.on_accent.name()};
}}
QPushButton {{
    background: {theme.field.name()}; color: {theme.text.name()}; border: 1px solid {field_line};
    border-radius: {RADIUS_BUTTON_PX}px; padding: 3px 12px; min-height: 20px;
}}
QPushButton:hover {{ background: {mixed(theme.field, theme.text, 0.06).name()}; }}
QPushButton:pressed {{ background: {pressed}; }}
QPushButton:focus {{ border: {FOCUS_RING_PX}px solid {theme.accent.name()}; padding: 2px 11px; }}
QPushButton:disabled {{ color: {theme.text_secondary.name()}; }}
QPushButton[primary="true"] {{
    background: {theme.accent.name()}; color: {theme.on_accent.name()};
    border: 1px solid {theme.accent.name()};
}}
QPushButton[primary="true"]:focus {{ border: {FOCUS_RING_PX}px solid {theme.text.name()}; }}
QPushButton[primary="true"]:disabled {{ background: {theme.hairline.name()}; }}
QToolButton {{ background: transparent; border: none; border-radius: {RADIUS_BUTTON_PX}px; padding: 4px; }}
QToolButton:hover {{ background: {_rgba(theme.hover)}; }}
QToolButton:checked {{ background: {_rgba(theme.selected)}; }}
QToolButton:focus {{ border: {FOCUS_RING_PX}px solid {theme.accent.name()}; padding: 2px; }}
#banner {{ background: {theme.at_risk.surface.name()}; border-bottom: 1px solid {line}; }}
#banner QLabel {{ color: {theme.at_risk.text.name()}; }}
#day_pill, #history_notice {{
    background: {theme.panel.name()}; border: 1px solid {line}; border-radius: 14px; padding: 4px 12px;
    color: {theme.text_secondary.name()};
}}
#card {{ background: {theme.window.name()}; border: 1px solid {line}; border-radius: 12px; }}
QListView, QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{
    background: {handle}; border-radius: 3px; min-height: 32px; margin: 2px 3px;
}}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; height: 0;
}}
"""
