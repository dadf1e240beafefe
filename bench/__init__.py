"""Timings of what people wait for; never part of a test."""
