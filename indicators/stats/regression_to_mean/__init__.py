"""Regression to the mean: how much of a change after a low point would have come anyway."""
