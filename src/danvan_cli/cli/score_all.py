"""`danvan score --all`: every unit that has answers, each with its total and band, in one table."""

from __future__ import annotations

import os
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import screen
from danvan_cli.cli.made import write_pdf
from danvan_cli.cli.score import as_dict
from danvan_cli.cli.scoring import rubric_for, sheet, sheet_path, unstated
from danvan_cli.errors import DanvanError, Exit, UsageError
from danvan_cli.files import read_bytes
from danvan_cli.lang import _
from danvan_cli.rules.check_scoring import checked_score
from danvan_cli.scoring.figures import plain, shown
from danvan_cli.scoring.model import ScoreRecord
from danvan_cli.workspace import shown as shown_path
from danvan_cli.yaml.read import as_read, refuse
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.scoring.model import Rubric, RubricFile
    from danvan_cli.scoring.result import Result


def score_all(
    opened: Open, rubrics: RubricFile, *, sheet: bool, pdf: bool = False, json: bool, force: bool, strict: bool
) -> Exit:
    """Score every unit that has a `score.yaml`; a unit with errors harms no other.

    Of each unit only what is printed is kept, so that thousands take no more memory than one.
    """
    units = opened.workspace.root / "units"
    paths = ((one, f"{units}/{one.id}/score.yaml") for one in opened.plan.units)
    here = [(one, path) for one, path in paths if os.path.isfile(path)]  # noqa: PTH113 - thrice as quick as pathlib
    chosen: dict[tuple[str, str | None], Rubric] = {}
    if not here:
        raise UsageError(_("chưa đơn vị nào có score.yaml"), help=_("tạo cho một đơn vị: danvan score so-y-te"))
    rows: list[tuple[str, ...]] = []
    failed: list[tuple[Unit, DanvanError]] = []
    worst, told = Exit.OK, 0
    written: list[Path] = []
    if json:
        screen.out('{"units": [')
    for unit, path in screen.progress(here, _("chấm điểm")):
        try:
            result, open_ones = _score(opened, rubrics, unit, Path(path), chosen)
            if sheet:
                written.append(_write(opened, unit, result, force=force))
        except DanvanError as error:
            failed.append((unit, error))
            continue
        if result.by_points is None or (strict and (result.missing or open_ones)):
            worst = Exit.FINDINGS
        if json:  # unit by unit: thousands of them are never held at once
            screen.out(("," if told else "") + dumps(as_dict(unit, result), ensure_ascii=False))
        else:
            rows.append(_row(unit, result))
        told += 1
    if json:
        screen.out("]}")
    else:
        headings = (_("Mã"), _("Cơ quan, đơn vị"), _("Điểm"), _("Trên"), _("Mức", context="band"))
        screen.table(headings, rows, right=(2, 3), whole=(0,))
        screen.note(_("{count} đơn vị đã có bảng điểm, trên {all} đơn vị", count=len(here), all=len(opened.plan.units)))
    write_pdf(written if pdf else [], quiet=True)
    for unit, failure in failed:
        screen.note(f"{unit.id}:")
        screen.fail(failure)
    return max([worst, *(failure.exit for _unit, failure in failed)])


def _score(
    opened: Open, rubrics: RubricFile, unit: Unit, path: Path, chosen: dict[tuple[str, str | None], Rubric]
) -> tuple[Result, list[str]]:
    """Score a unit; give what it has not stated besides. `chosen` keeps the rubric of a block."""
    read = as_read(ScoreRecord, YamlFile(shown_path(path), read_bytes(path)))
    key = unit.block, read.record.rubric if read.record else None
    if key not in chosen:
        chosen[key] = rubric_for(rubrics, opened.plan, unit, key[1])
    found, result = checked_score(read, chosen[key], opened.plan)
    refuse(path, found)
    if result is None or read.record is None:
        raise UsageError(_("không đọc được {path}", path=shown_path(path)))
    return result, unstated(chosen[key], read.record)


def _write(opened: Open, unit: Unit, result: Result, *, force: bool) -> Path:
    from danvan_cli.word.save import save

    return save(sheet_path(opened, unit), sheet(opened, unit, result), force=force).path


def _row(unit: Unit, result: Result) -> tuple[str, ...]:
    if result.blanks:
        band = _("còn {count} tiêu chí chưa chấm", count=len(result.blanks))
    elif not result.eligible:
        band = _("không đủ điều kiện xếp loại")
    else:
        band = result.band.name if result.band else ""
    return unit.id, unit.name, shown(result.total, result.rubric.rounding.places), plain(result.scope), band
