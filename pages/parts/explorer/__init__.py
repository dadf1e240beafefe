"""The Explorer's views."""
