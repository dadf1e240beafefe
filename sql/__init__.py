"""The warehouse: layered SQL models, built in dependency order, checked, published whole."""
