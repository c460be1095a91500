"""A unit's own file: what it decides and records, by task id."""
