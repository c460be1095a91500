"""Excuses on a line: found by their line, however many there are."""

from __future__ import annotations

import time

from danvan_cli.rules.check import excused
from danvan_cli.yaml.yamlfile import YamlFile


def taken(count: int) -> float:
    """Give the seconds that a file of so many excuses takes, half of which excuse a finding."""
    file = YamlFile("x.yaml", b"".join(b"k%d: 1  # danvan: ignore DV303 reason\n" % i for i in range(count)))
    places = [file.line_start(line) for line in range(1, count + 1, 2)]
    findings = [file.finding("DV303", (at, at + 1), "x") for at in places]
    start = time.perf_counter()
    left = excused(file, findings)
    seconds = time.perf_counter() - start
    assert [one.rule for one in left] == ["DV116"] * (count - len(places))
    return seconds


def test_eight_times_the_excuses_take_no_square_of_the_time() -> None:
    few = min(taken(500) for _ in range(3))
    assert min(taken(4000) for _ in range(3)) < 30 * few + 0.1
