"""Effects of many units that entered at different times, pooled (METHODS 4)."""
