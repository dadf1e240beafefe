"""An organisation's profile."""
