"""Timelines of programme entry and exit."""
