"""The report of a saved run: one content, written as Word or as HTML."""
