"""The key-indicator screen over the published version: each indicator by type of organisation."""
