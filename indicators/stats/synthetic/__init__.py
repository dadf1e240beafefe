"""Synthetic control: one organisation against a weighted mean of others that followed it before."""
