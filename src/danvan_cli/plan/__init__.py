"""The plan of a year: its model, how it is read, and what follows from it."""
