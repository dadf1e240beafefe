"""The criteria of the key-indicator screen (METHODS 8), each a pure function of arrays."""
