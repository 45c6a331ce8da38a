"""What the details may wish for; whoever owns the window's dialogs and commands fulfils it."""

from PySide6.QtCore import QObject, Signal


class PanelWishes(QObject):
    """The wishes about the chat that is shown; handles go along where one person is meant."""

    add_wanted = Signal(object)
    """A tuple of the handles to add; an empty one asks whom."""
    remove_wanted = Signal(str)
    rename_wanted = Signal()
    icon_wanted = Signal()
    leave_wanted = Signal()
    share_wanted = Signal()
    contact_wanted = Signal(str)
    """A name and a note are to be written, for this handle."""
    note_wanted = Signal()
    """A note about the group is to be written."""
    message_wanted = Signal(str)
    call_wanted = Signal(str)
    copy_wanted = Signal(str)
    older_wanted = Signal()
    picture_wanted = Signal(object, int)
    save_wanted = Signal(object, int)
