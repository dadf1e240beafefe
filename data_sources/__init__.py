"""Data sources: how each public NHS publication is found, stored untouched and read."""
