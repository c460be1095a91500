"""One HTML page that a director opens: what it shows, its charts, its layout."""
