"""Taking in what units send: looked at, recognised, filed as it came."""
