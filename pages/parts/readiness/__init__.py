"""Exit readiness: an organisation beside earlier exits, as the page shows it."""
