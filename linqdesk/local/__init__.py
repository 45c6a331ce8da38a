"""This computer: its folders, settings, keyring and log."""
