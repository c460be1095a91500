"""Deliverables sent and received: by when, and how late."""
