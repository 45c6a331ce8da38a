"""The part of the style sheet that dresses what one does with messages: bars, menus, pills, dialogs."""

ACTS = """
#hover_bar, QMenu {
    background: ${field}; border: 1px solid ${raised_line}; border-radius: 10px;
}
#hover_bar QToolButton { border-radius: 7px; padding: 0; }
#hover_bar QToolButton:disabled { color: ${faint}; }
#hover_bar QToolButton:checked { background: ${selected}; border: 1px solid ${accent}; }
#hover_bar QToolButton:focus { border: ${ring}px solid ${accent}; }
QMenu { padding: 5px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: ${accent}; color: ${on_accent}; }
QMenu::item:disabled { color: ${secondary}; background: transparent; font-style: italic; }
QMenu::separator { height: 1px; background: ${line}; margin: 5px 8px; }
#back_to_reply {
    background: ${field}; border: 1px solid ${raised_line}; border-radius: 16px; padding: 0 14px 0 10px;
}
#back_to_reply:hover { background: ${field_hover}; }
#back_to_reply:focus { border: ${ring}px solid ${accent}; }
#recorder_bar { background: ${panel}; border: 1px solid ${line}; border-radius: 12px; }
#find_bar { background: ${panel}; border-bottom: 1px solid ${line}; }
#thread_panel { background: ${window}; border-left: 1px solid ${line}; }
#calendar #qt_calendar_navigationbar { background: ${panel}; border-radius: ${button_radius}px; }
#calendar QToolButton { padding: 4px 8px; }
#calendar QAbstractItemView {
    background: ${field}; selection-background-color: ${accent}; selection-color: ${on_accent};
    alternate-background-color: ${window};
}
#thread_panel_head { border-bottom: 1px solid ${line}; }
"""
