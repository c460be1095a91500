"""Rubrics and answers made up at random, as trees of dicts, and their score computed the slow way, in fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import count
from typing import Any

from hypothesis import strategies as st

from danvan_cli.scoring.model import Rubric, ScoreRecord

Tree = dict[str, Any]


# Rubrics and answers at random ----------------------------------------------------------------------------------------


# Functions that draw, no strategies made of strategies: each of those is looked through anew before it gives anything.


def decimal(draw: st.DrawFn, low: int, high: int, places: int) -> Decimal:
    """Make a figure of so many places, bounds in units of the last place."""
    return Decimal(draw(st.integers(low, high))).scaleb(-places)


def several(draw: st.DrawFn, least: int, most: int, low: int, high: int, places: int) -> list[Decimal]:
    return [decimal(draw, low, high, places) for _ in range(draw(st.integers(least, most)))]


def ways_of(draw: st.DrawFn, way: str, most: Decimal) -> Tree:
    """Make what a way of scoring says; levels and thresholds give points finer than the rounding."""
    finest = int(most * 10000)
    match way:
        case "levels":
            given = several(draw, 1, 4, 0, finest, 4)
            return {"levels": [{"id": f"m{i}", "name": "Mức", "points": one} for i, one in enumerate(given)]}
        case "thresholds":
            starts = sorted({*several(draw, 1, 4, 0, 1200, 1)})
            steps = sorted(several(draw, len(starts), len(starts), 0, finest, 4))
            return {"ratio": {"thresholds": [{"from": a, "points": b} for a, b in zip(starts, steps, strict=True)]}}
        case "ratio":
            return {"ratio": {"full": decimal(draw, 1, 1500, 1), "over": draw(st.booleans())}}
        case "count" | "deduction":
            return {way: {"each": decimal(draw, 1, 5000, 3)}}
        case "graded":
            return {"graded": draw(st.sampled_from([Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal("0.7")]))}
        case "survey":
            return {"survey": {"held": draw(st.booleans())}}
    return {"manual": True}


def leaves(draw: st.DrawFn, name: str, places: int, ways: tuple[str, ...], *, extra: bool = False) -> Tree:
    most = decimal(draw, 1, 12 * 10**places, places)
    way = draw(st.sampled_from(ways))
    leaf: Tree = {"id": name, "title": "Tiêu chí", "max": most} | ways_of(draw, way, most)
    if not extra:
        na = draw(st.sampled_from(["full", "rescale", None]))
        if way == "survey" and not leaf["survey"]["held"]:
            na = na or "rescale"
        if na:
            leaf["na"] = na
        by = draw(st.sampled_from([None] * 6 + ["self", "verifier", "superior"]))
        if by:
            leaf["by"] = by
        if draw(st.booleans()):
            leaf["evidence"] = ["Văn bản"]
    return leaf


WAYS = ("graded", "levels", "ratio", "thresholds", "count", "deduction", "manual", "survey")
EXTRAS = ("graded", "levels", "count", "manual")


def rubrics(draw: st.DrawFn) -> Tree:
    places = draw(st.integers(0, 3))
    number = count(1)

    def group(depth: int) -> Tree:
        if depth == 1:
            return leaves(draw, f"t{next(number)}", places, WAYS)
        name = f"n{next(number)}"
        inner = [group(draw(st.integers(1, depth - 1))) for _ in range(draw(st.integers(1, 3)))]
        return {"id": name, "title": "Nhóm", "criteria": inner}

    deepest = draw(st.integers(2, 4))
    criteria = [group(deepest), *(group(draw(st.integers(1, deepest))) for _ in range(draw(st.integers(0, 2))))]
    most = sum((leaf["max"] for leaf in below(criteria)), Decimal(0))
    tree: Tree = {
        "id": "thu", "name": "Thử", "official": False, "from": "2023-01-01", "blocks": ["a"], "max": most,
        "over_max": draw(st.booleans()), "criteria": criteria,
        "rounding": {"places": places, "rule": draw(st.sampled_from(["half-up", "half-even", "down"]))},
    }  # fmt: skip
    for part in ("bonus", "deductions"):
        if draw(st.booleans()):
            lines = [leaves(draw, f"{part[0]}{i}", places, EXTRAS, extra=True) for i in range(draw(st.integers(1, 2)))]
            cap = decimal(draw, 1, 15 * 10**places, places)
            tree[part] = {"max": cap, "criteria": lines}
    starts = {*several(draw, 0, 3, 1, int(most * 10) + 10, 1)}
    tree["bands"] = [{"id": f"x{i}", "name": "Mức", "from": one} for i, one in enumerate([Decimal(0), *starts])]
    tree["violations"] = [{"id": "loi", "name": "Lỗi"}]
    names = [one["id"] for one in every(criteria)]
    for i in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(["criterion", "late", "violation"]))
        when: Tree = {"late": "6m"} if kind == "late" else {"violation": "loi"}
        if kind == "criterion":
            when = {"criterion": draw(st.sampled_from(names)), "below": decimal(draw, 1, 200, 1)}
        then = draw(st.sampled_from(["cap", "force", "deny"]))
        what = True if then == "deny" else draw(st.sampled_from([band["id"] for band in tree["bands"]]))
        tree.setdefault("limits", []).append({"id": f"l{i}", "when": when, then: what, "reason": "Vì"})
    return tree


def every(criteria: list[Tree]) -> list[Tree]:
    return [one for top in criteria for one in (top, *every(top.get("criteria", [])))]


def below(criteria: list[Tree]) -> list[Tree]:
    return [one for one in every(criteria) if "criteria" not in one]


def parts(tree: Tree) -> list[Tree]:
    """Give every leaf with those of bonus and deductions."""
    return [*below(tree["criteria"]), *(leaf for part in ("bonus", "deductions") for leaf in lines(tree, part))]


def lines(tree: Tree, part: str) -> list[Tree]:
    return list(tree.get(part, {}).get("criteria", []))


def answered(draw: st.DrawFn, tree: Tree, *, blanks: bool = True) -> Tree:
    """Answer a rubric; now and then something stays blank or does not apply."""
    given: Tree = {}
    for leaf in parts(tree):
        say = draw(st.integers(0, 9))
        if blanks and say == 0:
            continue
        if say in {1, 2} and leaf.get("na"):
            given[leaf["id"]] = {"na": True, "note": "Không có"}
        elif "levels" in leaf:
            given[leaf["id"]] = {"level": draw(st.sampled_from([one["id"] for one in leaf["levels"]]))}
        elif "ratio" in leaf:
            value, base, ratio = decimal(draw, 0, 1500, 1), decimal(draw, 1, 1000, 1), leaf["ratio"]
            marks = [ratio.get("full", 0), *(one["from"] for one in ratio.get("thresholds", ()))]
            if value > base and not ratio.get("over") and max(marks) <= 100:  # no part is larger than its whole
                value, base = base, value
            given[leaf["id"]] = {"value": value, "base": base}
        elif "count" in leaf or "deduction" in leaf:
            given[leaf["id"]] = {"count": draw(st.integers(0, 40))}
        elif "graded" in leaf:
            steps = int(leaf["max"] // leaf["graded"])
            given[leaf["id"]] = {"points": leaf["graded"] * draw(st.integers(0, steps))}
        else:
            given[leaf["id"]] = {"points": decimal(draw, 0, int(leaf["max"] * 10000), 4)}
    late = draw(st.sampled_from([None, [], ["6m"], ["1y"]]))
    return {"answers": given, "late": late, "violations": draw(st.sampled_from([None, [], ["loi"]]))}


@st.composite
def scored(draw: st.DrawFn, *, blanks: bool = True) -> tuple[Tree, Tree]:
    tree = rubrics(draw)
    return tree, answered(draw, tree, blanks=blanks)


def made(tree: Tree) -> Rubric:
    return Rubric.model_validate(tree)


def recorded(given: Tree) -> ScoreRecord:
    return ScoreRecord.model_validate({"format": "danvan-score/1"} | given)


# The slow score -------------------------------------------------------------------------------------------------------


class Slow:
    """Scores a tree of dicts in fractions; written from the description of the language, not from the program."""

    def __init__(self, tree: Tree, given: Tree, by: frozenset[str]) -> None:
        self.tree, self.given, self.by = tree, given, by
        self.places, self.rule = tree["rounding"]["places"], tree["rounding"]["rule"]
        self.state: dict[str, str] = {}
        self.points: dict[str, Fraction] = {}
        for leaf in parts(tree):
            self.leaf(leaf)
        base = [leaf for leaf in below(tree["criteria"]) if self.state[leaf["id"]] != "other"]
        self.scope = self.most(base)
        self.left = self.most([leaf for leaf in base if self.state[leaf["id"]] == "out"])
        earned = sum((self.points.get(leaf["id"], Fraction(0)) for leaf in base), Fraction(0))
        whole = earned
        if 0 < self.left < self.scope:
            whole = self.round(earned * self.scope / (self.scope - self.left))
        ceiling = self.scope + (Fraction(tree["bonus"]["max"]) if tree["over_max"] and "bonus" in tree else 0)
        self.total = max(Fraction(0), min(ceiling, whole + self.capped("bonus") - self.capped("deductions")))
        open_ones = [leaf["id"] for leaf in parts(tree) if self.state[leaf["id"]] == "blank"]
        self.complete = self.left < self.scope and not any(not one.startswith("b") for one in open_ones)
        self.band, self.eligible = self.ranked() if self.complete else (None, True)

    def round(self, value: Fraction) -> Fraction:
        unit = Fraction(1, 10**self.places)
        whole, rest = divmod(value, unit)
        half = {
            "down": False,
            "half-up": rest * 2 >= unit,
            "half-even": rest * 2 > unit or (rest * 2 == unit and whole % 2),
        }
        return (whole + bool(half[self.rule])) * unit

    def most(self, leaves: list[Tree]) -> Fraction:
        return sum((Fraction(leaf["max"]) for leaf in leaves), Fraction(0))

    def leaf(self, leaf: Tree) -> None:
        name, answer = leaf["id"], self.given["answers"].get(leaf["id"], {})
        no_survey = "survey" in leaf and not leaf["survey"]["held"]
        scorer = leaf.get("by") or ("survey" if "survey" in leaf else "self")
        if not no_survey and scorer not in self.by:
            self.state[name] = "other"
        elif not no_survey and not answer:
            self.state[name] = "blank"
        elif no_survey or answer.get("na"):
            self.state[name] = "full" if leaf["na"] == "full" else "out"
            if leaf["na"] == "full":
                self.points[name] = Fraction(leaf["max"])
        else:
            self.state[name] = "scored"
            exact = max(Fraction(0), min(Fraction(leaf["max"]), self.exact(leaf, answer)))
            self.points[name] = self.round(exact)

    def exact(self, leaf: Tree, answer: Tree) -> Fraction:
        most = Fraction(leaf["max"])
        if "levels" in leaf:
            return Fraction(next(one["points"] for one in leaf["levels"] if one["id"] == answer["level"]))
        if "ratio" in leaf:
            percent = Fraction(answer["value"]) / Fraction(answer["base"]) * 100
            if "thresholds" in leaf["ratio"]:
                return max(
                    (Fraction(t["points"]) for t in leaf["ratio"]["thresholds"] if percent >= t["from"]),
                    default=Fraction(0),
                )
            return percent / Fraction(leaf["ratio"]["full"]) * most
        if "count" in leaf:
            return answer["count"] * Fraction(leaf["count"]["each"])
        if "deduction" in leaf:
            return most - answer["count"] * Fraction(leaf["deduction"]["each"])
        return Fraction(answer["points"])

    def capped(self, part: str) -> Fraction:
        got = sum((self.points.get(leaf["id"], Fraction(0)) for leaf in lines(self.tree, part)), Fraction(0))
        return min(got, Fraction(self.tree[part]["max"])) if part in self.tree else got

    def ranked(self) -> tuple[str | None, bool]:
        bands = {band["id"]: Fraction(band["from"]) for band in self.tree["bands"]}
        band = max((name for name in bands if self.total >= bands[name]), key=bands.__getitem__)
        hits = [limit for limit in self.tree.get("limits", []) if self.hit(limit["when"])]
        if any("deny" in limit for limit in hits):
            return None, False
        forced = [limit["force"] for limit in hits if "force" in limit]
        capped = [limit["cap"] for limit in hits if "cap" in limit]
        return min([*(forced or [band]), *capped], key=bands.__getitem__), True

    def hit(self, when: Tree) -> bool:
        if "late" in when:
            return when["late"] in (self.given["late"] or [])
        if "violation" in when:
            return when["violation"] in (self.given["violations"] or [])
        inside = below([one for one in every(self.tree["criteria"]) if one["id"] == when["criterion"]])
        mine = [leaf for leaf in inside if self.state[leaf["id"]] in {"scored", "full"}]
        if not mine:
            return False
        others = self.most([leaf for leaf in inside if self.state[leaf["id"]] == "other"])
        got = sum((self.points[leaf["id"]] for leaf in mine), Fraction(0)) + others
        left = self.most([leaf for leaf in inside if self.state[leaf["id"]] == "out"])
        whole = self.most(inside)
        return got * whole / (whole - left) < Fraction(when["below"])
