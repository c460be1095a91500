"""An issued plan, a table of points or a list of units, made into YAML: nothing lost, guesses named, proved."""
