"""The control chart, its recalculations and frozen limits."""
