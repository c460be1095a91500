"""How a unit is scored: the rubric as data, its arithmetic, ranking."""
