"""How long support lasts, and what comes after."""
