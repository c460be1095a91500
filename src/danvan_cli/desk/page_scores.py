"""Scores on the page: the rank of each block, a unit's score line by line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from danvan_cli.desk.ranks import rankings
from danvan_cli.errors import DanvanError
from danvan_cli.page import shown

if TYPE_CHECKING:
    from danvan_cli.desk.page_seen import Seen
    from danvan_cli.page.shown import Line, Score, Scores
    from danvan_cli.province.ranking import BlockRanking, Standing


def scores(seen: Seen) -> tuple[Scores, ...]:
    """Tell the rank in each block of which anybody is scored; of a block with a broken review nothing but that it is."""
    told: list[Scores] = []
    if seen.reviews is None or not any(seen.opinions.values()):
        return ()
    for block in seen.blocks:
        try:
            found = rankings(seen.reviews, block.id, None, None)
        except DanvanError as error:
            said = seen.said(error)
            if not any(said == why for _unit, _path, _line, why in seen.wrong):
                seen.wrong.append((None, seen.opened.workspace.province / "reviews", None, said))
            continue
        told += [_block(seen, block, one) for one in found]
    return tuple(one for one in told if one.rows)


def _block(seen: Seen, block: shown.BlockName, found: BlockRanking) -> Scores:
    rubric = found.rubric
    places = Counter(it.rank for it in found.standings if it.rank)
    mine = [it for it in found.standings if it.unit.id in seen.names]
    if seen.brief:
        mine = [it for it in mine if any(one.code in {"doubt", "limited", "changed"} for one in it.noted)]
    most = next((it.result.scope for it in found.standings if it.result), None)
    over = () if seen.one else found.over
    return shown.Scores(
        block,
        found.basis,
        rubric.official if rubric else True,
        rubric.rounding.places if rubric else 2,
        most,
        tuple(_score(seen, it, tied=places[it.rank] > 1 if it.rank else False) for it in mine),
        tuple(shown.Over(it.band.name, len(it.units), it.allowed, it.of, it.quota.percent) for it in over),
    )


def _score(seen: Seen, it: Standing, *, tied: bool) -> Score:
    review = seen.opinions.get(it.unit.id)
    return shown.Score(
        seen.names[it.unit.id],
        it.rank,
        it.self_total,
        it.verified,
        it.official,
        it.difference,
        it.band,
        review.review.stage if review else None,
        review.review.round if review else None,
        len(review.result().blanks) if review else None,
        tied,
        tuple((one.code, "" if seen.public else one.reason) for one in it.noted),
        seen.spot(
            review.kept.path
            if review.begun
            else review.self_path
            if review.self_path.exists()
            else seen.opened.workspace.score_file(it.unit.id)
        )
        if review
        else None,
    )


def lines(seen: Seen) -> tuple[Line, ...]:
    """Tell a unit's score line by line, as it was sent and as it was found."""
    review = seen.opinions.get(seen.units[0].id)
    if review is None:
        return ()
    mine = {line.criterion.id: line.points for line in review.self_result.lines}
    reasons = {} if seen.public else {one.criterion: one.reason for one in review.review.changes}
    return tuple(
        shown.Line(
            it.criterion.id, it.criterion.title, it.most, mine[it.criterion.id], it.points, reasons.get(it.criterion.id)
        )
        for it in review.result().lines
    )
