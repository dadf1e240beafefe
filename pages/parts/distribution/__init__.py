"""The Explorer's displays of all organisations at once."""
