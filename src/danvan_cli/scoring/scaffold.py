"""`score.yaml` as danvan first writes it, and the edits that put answers into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.lang import _
from danvan_cli.scoring.figures import plain_figure
from danvan_cli.scoring.model import ANSWERS, SCORE_FORMAT, Answer
from danvan_cli.scoring.ways import way_of
from danvan_cli.text import squeeze
from danvan_cli.yaml.splice import Put
from danvan_cli.yaml.yamltext import ident, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from danvan_cli.plan.model import Unit
    from danvan_cli.scoring.model import Criterion, Rubric, ScoreRecord


_EMPTY: Final[dict[str, object]] = {"evidence": [], "na": False}
"""What stands for nothing in an answer; elsewhere a blank does."""


def score_scaffold(rubric: Rubric, unit: Unit) -> str:
    """Write a unit's file of answers with an empty place for every criterion that it scores itself."""
    return "\n".join(_lines(rubric, unit)) + "\n"


def _lines(rubric: Rubric, unit: Unit) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../../plans/.schema/score.json"
    yield f"# {squeeze(unit.name)}: tự chấm điểm theo «{squeeze(rubric.name)}»."
    if not rubric.official:
        yield "# Bộ tiêu chí này KHÔNG phải bộ tiêu chí chính thức."
    yield "# Chỗ trống là chưa chấm; số 0 phải gõ số 0. Tính điểm, làm bảng Word: danvan score"
    yield "# evidence: tài liệu kiểm chứng (title, number, date, file); note: giải trình; na: true nếu không áp dụng."
    yield f"format: {SCORE_FORMAT}"
    yield f"unit: {ident(unit.id)}"
    yield f"rubric: {ident(rubric.id)}"
    yield f"version: {rubric.version}"
    yield ""
    yield "answers:"
    for row in rubric.rows:
        one = row.criterion
        if one.criteria:
            yield f"  # {'─' * (3 - min(row.depth, 2))} {one.id}. {squeeze(one.title)} ({plain_figure(one.most)} điểm)"
        elif one.scorer == "self":
            way = way_of(one)
            shape = "; ".join(filter(None, (plain_figure(one.most), way.shape(one))))
            yield f"  {text(one.id)}:  # {squeeze(one.title)} (tối đa {shape})"
            yield from (f"    {key}:" for key in way.keys)
            yield "    evidence: []"
            yield "    note:"
    yield ""
    yield "late:  # báo cáo, hồ sơ gửi muộn, ví dụ [6m]; không có thì ghi []"
    known = "; ".join(f"{one.id}: {squeeze(one.name)}" for one in rubric.violations)
    yield "violations:  # vi phạm đã ghi nhận; không có thì ghi []" + (f". {known}" if known else "")


def score_edits_of(given: ScoreRecord, there: ScoreRecord) -> list[Put]:
    """List the edits that put the given answers in place of those they name; the rest stays as it is.

    An empty place for an answer, as in a sheet that nobody has filled in, names nothing.
    """
    out: list[Put] = []
    for name, answer in given.answers.items():
        if answer is not None and answer != Answer():
            out += answer_edits(name, answer, there.answer(name))
    stated = (("late", given.late), ("violations", given.violations))
    return out + [Put((key,), list(said)) for key, said in stated if said is not None]


class Replaced(NamedTuple):
    """Something that a file of answers says otherwise than the unit's own: what it is about, before, after."""

    about: str
    old: str
    new: str


def replaced(given: ScoreRecord, there: ScoreRecord, rubric: Rubric) -> Iterator[Replaced]:
    """Walk what the given answers would take the place of; what was blank is not among it."""
    for name, answer in given.answers.items():
        if answer is not None and answer != Answer():
            new, old = _said(answer), _said(there.answer(name))
            if gone := [key for key, value in old.items() if value != new.get(key)]:
                criterion = rubric.row_by_id[name].criterion
                yield Replaced(name, *(_told(criterion, one, gone) for one in (there.answer(name), answer)))
    for key in ("late", "violations"):
        was, now = getattr(there, key), getattr(given, key)
        if was is not None and now is not None and was != now:
            yield Replaced(key, *(f"[{', '.join(one)}]" for one in (was, now)))


def _told(criterion: Criterion, answer: Answer, keys: Collection[str]) -> str:
    """Write an answer in a line, with its evidence and explanation if they are among the keys."""
    said = _("không áp dụng") if answer.na else way_of(criterion).written(answer) if answer.given else _("(trống)")
    parts = [said] if {*keys} & {*ANSWERS, "na"} else []
    if "evidence" in keys:
        titles = "; ".join(one.title for one in answer.evidence) or _("(trống)")
        parts.append(_("tài liệu kiểm chứng: {titles}", titles=titles))
    if "note" in keys:
        parts.append(_("giải trình: {note}", note=squeeze(answer.note or "") or _("(trống)")))
    return ", ".join(parts)


def answer_edits(name: str, answer: Answer, there: Answer) -> list[Put]:
    """List the edits that make one answer say what is given, key by key, so that comments beside them stay."""
    new, old = _said(answer), _said(there)
    return [Put(("answers", name, key), new.get(key, _EMPTY.get(key))) for key in new | old]


def completed_answer(answer: Answer, there: Answer) -> Answer:
    """Give an answer to what was blank; evidence and explanation that stand there already stay."""
    kept = {"evidence": answer.evidence or there.evidence, "note": answer.note or there.note}
    return answer.model_copy(update=kept)


def _said(answer: Answer) -> dict[str, Any]:
    return answer.model_dump(exclude_defaults=True) | (
        {"evidence": [one.model_dump(exclude_defaults=True) for one in answer.evidence]} if answer.evidence else {}
    )
