"""What a page for everybody leaves out of what people wrote: names of people, restricted documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from danvan_cli.desk.page_seen import Seen
    from danvan_cli.page.shown import Page
    from danvan_cli.unit.model import UnitRecord

_LEAST = 3
"""What is shorter is no name and no title."""


def withheld(seen: Seen, page: Page) -> Page:
    """Take names of people and restricted documents out of what units and those who answered wrote.

    Reasons, and where things stand, are not on a public page in the first place.
    """
    texts = [text for one in page.obstacles for text in (one.text, *one.proposals, *one.answers, one.document or "")]
    texts += [one.result or "" for one in page.duties]
    whole = "\n".join(texts)
    known = sorted(
        {one for one in _known(seen) if len(one) >= _LEAST and one in whole}, key=lambda one: (-len(one), one)
    )

    def told(text: str) -> str:
        for one in known:
            text = text.replace(one, "…")
        return text

    obstacles = tuple(
        replace(
            one,
            text=told(one.text),
            proposals=tuple(map(told, one.proposals)),
            answers=tuple(map(told, one.answers)),
            document=told(one.document) if one.document else None,
        )
        for one in page.obstacles
    )
    duties = tuple(replace(one, result=told(one.result) if one.result else None) for one in page.duties)
    return replace(page, obstacles=obstacles, duties=duties)


def _known(seen: Seen) -> Iterator[str]:
    """Name all people that are known, and all that is only to be seen at a unit."""
    yield seen.plan.signature.name or ""
    yield from (one.name for unit in seen.plan.units for one in unit.signers)
    for record in seen.records.values():
        if record:
            yield from _of_record(record)
    for review in seen.opinions.values():
        if review:
            yield from (one.member for one in review.review.changes)
            yield from (one.member for one in review.review.statements)
            answers = (*review.sent.answers.values(), *(one.answer for one in review.review.changes))
            evidence = (it for one in answers if one for it in one.evidence if it.restricted)
            yield from (text for it in evidence for text in (it.title, it.number or ""))


def _of_record(record: UnitRecord) -> Iterator[str]:
    yield record.signer or ""
    if record.contact:
        yield from filter(None, (record.contact.name, record.contact.phone, record.contact.email))
    for task in record.tasks.values():
        yield from (text for one in task.evidence if one.restricted for text in (one.title, one.number or ""))
