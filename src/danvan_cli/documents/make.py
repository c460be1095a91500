"""Each document of a plan and of its units: which template, which context, which file."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.documents import contexts, library, scores
from danvan_cli.documents.names import FORM, SUFFIX

if TYPE_CHECKING:
    from danvan_cli.documents.template import Rendered, Template
    from danvan_cli.documents.wordform import WordForm
    from danvan_cli.plan.model import Deliverable, Plan, Unit
    from danvan_cli.scoring.result import Result
    from danvan_cli.unit.model import UnitRecord


def _template(name: str, folder: Path | None) -> Template | WordForm:
    return _compiled(name, folder, _state(folder))


def _state(folder: Path | None) -> object:
    """Tell what the users' own templates were when they were compiled, and from where they are shown."""
    if folder is None:
        return None
    with suppress(OSError), os.scandir(folder.parent if folder.is_file() else folder) as entries:
        files = [one for one in entries if one.name.endswith((SUFFIX, FORM))]
        return Path.cwd(), *sorted((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in files)
    return Path.cwd()


@lru_cache(maxsize=32)
def _compiled(name: str, folder: Path | None, _state: object) -> Template | WordForm:
    return library.find(name, folder)


def plan_document(plan: Plan, templates: Path | None) -> Rendered:
    """Make the issued plan as a Word document.

    Args:
        plan: the plan.
        templates: the workspace's own templates, if any.

    Raises:
        TemplateError: if a template is wrong.
    """
    return _template(contexts.PLAN_TEMPLATE, templates).render(contexts.plan_context(plan))


def unit_plan_document(plan: Plan, unit: Unit, record: UnitRecord, templates: Path | None) -> Rendered:
    """Make a unit's implementation plan, a draft to be completed and signed.

    Raises:
        TemplateError: if a template is wrong.
    """
    return _template(contexts.UNIT_PLAN_TEMPLATE, templates).render(contexts.unit_plan_context(plan, unit, record))


def report_document(
    plan: Plan,
    unit: Unit,
    record: UnitRecord,
    deliverable: Deliverable,
    templates: Path | None,
    *,
    topic: str | None = None,
    request: str | None = None,
) -> Rendered:
    """Make a report that a unit owes.

    Raises:
        TemplateError: if a template is wrong.
    """
    name = contexts.REPORT_TEMPLATE if deliverable.periodic else contexts.OTHER_REPORT_TEMPLATE
    context = contexts.report_context(plan, unit, record, deliverable, topic, request)
    return _template(name, templates).render(context)


def guide_document(plan: Plan, unit: Unit, templates: Path | None, *, scored: bool) -> Rendered:
    """Make the page that goes with a workbook and says how it is filled in.

    Raises:
        TemplateError: if a template is wrong.
    """
    return _template(contexts.GUIDE_TEMPLATE, templates).render(contexts.guide_context(plan, unit, scored=scored))


def bundle_document(context: contexts.Context, templates: Path | None) -> Rendered:
    """Make the list of what a package holds, to be printed.

    Raises:
        TemplateError: if a template is wrong.
    """
    return _template(contexts.BUNDLE_TEMPLATE, templates).render(context)


def province_document(name: str, context: contexts.Context, templates: Path | None) -> Rendered:
    """Make a document of the province's own.

    Args:
        name: its template.
        context: what that uses.
        templates: the workspace's own templates, if any.

    Raises:
        TemplateError: if a template is wrong.
    """
    return _template(name, templates).render(context)


def score_document(plan: Plan, unit: Unit, record: UnitRecord, result: Result, templates: Path | None) -> Rendered:
    """Make a unit's self-score sheet, to be signed.

    Raises:
        TemplateError: if a template is wrong.
    """
    return _template(scores.SCORE_TEMPLATE, templates).render(scores.score_context(plan, unit, record, result))


def score_report_document(
    plan: Plan, unit: Unit, record: UnitRecord, result: Result, templates: Path | None
) -> Rendered:
    """Make a unit's report on its self-score, with the sheet and the evidence as annexes.

    Raises:
        TemplateError: if a template is wrong.
    """
    context = scores.score_report_context(plan, unit, record, result)
    return _template(scores.SCORE_REPORT_TEMPLATE, templates).render(context)
