"""Each rule on documents that break just it and on such that break nothing, in every technique of writing them."""

from __future__ import annotations

import corpus
import measured
import pytest
from changes import BREAKS, KEEPS

from danvan_cli.findings.catalogue import FORM, catalogue
from danvan_cli.nd30.judge import judge


def test_every_rule_has_documents_enough() -> None:
    assert set(BREAKS) == set(KEEPS) == {code for code in catalogue() if code.startswith(FORM)}
    few = {rule for table in (BREAKS, KEEPS) for rule, cases in table.items() if len(cases) < 5}
    assert not few


@pytest.mark.parametrize("means", corpus.MEANS)
@pytest.mark.parametrize("technique", corpus.TECHNIQUES)
@pytest.mark.parametrize("kind", corpus.KINDS)
def test_a_right_document_has_nothing_against_it(kind: str, technique: str, means: str) -> None:
    assert judge(corpus.write(corpus.good(kind), technique, means), "a.docx") == []


@pytest.mark.parametrize("rule", sorted(BREAKS))
def test_a_rule_is_found_where_it_is_broken_and_nothing_else(rule: str) -> None:
    wrong = {
        case.name: case.found ^ wanted
        for case in measured.cases(rule)
        if case.found != (wanted := {rule} if case.breaks else set())
    }
    assert not wrong


@pytest.mark.office
def test_precision_and_recall_are_what_the_documentation_says() -> None:
    assert measured.measured() == measured.shown()
