"""Totals computed a second time from what units sent, in plain code: nothing of danvan's own is used or imported."""

from __future__ import annotations

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Raw = dict[str, Any]
"""A file as YAML gives it."""


def figures(plan: Raw, units: dict[str, Raw], key: str | None) -> dict[str, tuple[int, Decimal] | None]:
    """Add up each indicator over units: how many have it, and what it comes to."""
    out = {}
    for one in plan["indicators"]["items"]:
        found = [figure(unit, one["id"], key) for unit in units.values()]
        known = [value for value in found if value is not None]
        out[one["id"]] = (len(known), sum(known, Decimal(0))) if known else None
    return out


def figure(unit: Raw, indicator: str, key: str | None) -> Decimal | None:
    """Give a unit's figure."""
    value = (unit.get("indicators", {}).get(indicator) or {}).get(key)
    return None if value is None else Decimal(str(value))


def beside(plan: Raw, units: dict[str, Raw], now: str, before: str) -> dict[str, tuple[int, Decimal, Decimal] | None]:
    """Add up, over the units that have both, this period's figures and those it is held against."""
    out = {}
    for one in plan["indicators"]["items"]:
        pairs = [(figure(unit, one["id"], now), figure(unit, one["id"], before)) for unit in units.values()]
        both = [(a, b) for a, b in pairs if a is not None and b is not None]
        out[one["id"]] = (len(both), sum(b for _a, b in both), sum(a for a, _b in both)) if both else None
    return out


def broken(plan: Raw, units: dict[str, Raw], key: str) -> dict[str, set[str]]:
    """Name, for each check of the plan, the units whose figures it does not hold for."""
    out: dict[str, set[str]] = {}
    for check in plan["indicators"]["checks"]:
        left, sign, right = re.split(r" (<=|>=|=) ", check["check"])
        for name, unit in units.items():
            sides = [[figure(unit, it, key) for it in side.split(" + ")] for side in (left, right)]
            if any(None in side for side in sides):
                continue
            a, b = (sum(side) for side in sides)  # type: ignore[arg-type]
            if not {"<=": a <= b, ">=": a >= b, "=": a == b}[sign]:
                out.setdefault(check["says"], set()).add(name)
    return out


def progress(plan: Raw, units: dict[str, Raw], period: str, later: list[str]) -> dict[str, Counter[str]]:
    """Count by area how far tasks are at a period's end; of what was told later only, nothing is known."""
    areas = next(one for one in plan["sections"] if one["kind"] == "tasks")["items"]
    out = {}
    for area in areas:
        count = out[area["id"]] = Counter[str]()
        for task in area["items"]:
            for unit in units.values():
                one = unit.get("tasks", {}).get(task["id"]) or {}
                states = one.get("states") or {}
                told = [*(states.get(it) for it in later), *((one.get("results") or {}).get(it) for it in later)]
                if states.get(period):
                    count[states[period]] += 1
                elif any(told):
                    count["unknown"] += 1
                else:
                    count[one.get("status") or ("unknown" if states else "todo")] += 1
    return out


def points(rubric: Raw, answers: Raw) -> dict[str, Decimal]:
    """Score each criterion that is answered by hand: points to hundredths, half up."""

    def leaves(criteria: list[Raw]) -> list[Raw]:
        return [leaf for one in criteria for leaf in (leaves(one["criteria"]) if "criteria" in one else [one])]

    every = leaves([*rubric["criteria"], *rubric.get("deductions", {}).get("criteria", [])])
    return {one["id"]: scored(one, answers[one["id"]]) for one in every if one["id"] in answers}


def scored(one: Raw, answer: Raw) -> Decimal:
    """Score a criterion."""
    most = Decimal(str(one["max"]))

    def number(value: object) -> Decimal:
        return Decimal(str(value))

    if "levels" in one:
        got = next(number(it["points"]) for it in one["levels"] if it["id"] == answer["level"])
    elif "ratio" in one:
        share = number(answer["value"]) / number(answer["base"])
        marks = one["ratio"].get("thresholds")
        reached = [number(it["points"]) for it in marks or () if share * 100 >= number(it["from"])]
        got = max([Decimal(0), *reached]) if marks else share * most
    elif "count" in one:
        got = min(most, number(answer["count"]) * number(one["count"]["each"]))
    elif "deduction" in one:
        got = max(Decimal(0), most - number(answer["count"]) * number(one["deduction"]["each"]))
    else:
        got = number(answer["points"])
    return got.quantize(Decimal("0.01"), ROUND_HALF_UP)


def written(value: Decimal | int) -> str:
    """Write a figure as papers do."""
    return f"{value:,}".translate({ord(","): ".", ord("."): ","})
