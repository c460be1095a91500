"""Anybody's Office files, read safely: within bounds, and nothing in them is run, fetched or trusted."""
