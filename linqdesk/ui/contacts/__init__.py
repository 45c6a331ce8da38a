"""Dialogs about people and groups: names and notes, who joins, how a group is called."""
