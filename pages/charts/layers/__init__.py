"""What the charts are made of: layers, places, scales and words."""
