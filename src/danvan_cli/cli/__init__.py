"""The command line: one module a command, with its arguments, one call, and what is printed."""
