"""How support varies, and the sampling of case sites."""
