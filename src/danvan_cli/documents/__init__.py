"""Word documents: templates compiled once, rendered many times, put into a slim package whose styles are nd30's."""
