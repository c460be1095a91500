"""The template engine: templates compiled once, rendered many times, put into a slim package."""
