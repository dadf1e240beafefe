"""Interrupted time series: estimators of one series, or stacked units, whose errors depend on each other."""
