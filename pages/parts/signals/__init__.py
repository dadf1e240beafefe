"""The grid of signals and the radar of new ones."""
