"""YAML in with its places, models held against it, edits by splices."""
