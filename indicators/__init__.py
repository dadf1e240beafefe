"""Indicators: what each one is, and the series the pages and analyses read."""
