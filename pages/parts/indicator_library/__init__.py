"""The indicator library: its list and each indicator's card."""
