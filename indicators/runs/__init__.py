"""Runs: an analysis with its data, its versions and its result, kept so that anybody can run it again."""
