"""The interrupted-time-series workbench: one series, or all."""
