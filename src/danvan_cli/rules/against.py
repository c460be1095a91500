"""Plans held against what they were in a git revision: reading both sides, and what could not be seen."""

from __future__ import annotations

from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from danvan_cli.findings.finding import Finding, Spot
from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.plan.calendar import today
from danvan_cli.plan.model import Plan
from danvan_cli.plan.shared import fetched_then, named_register
from danvan_cli.rules.edits import Edit, UnitsHold, policy
from danvan_cli.rules.levels import NAME, read_levels
from danvan_cli.saved import repository
from danvan_cli.scoring.model import RubricFile, ScoreRecord, choose, rubric_path
from danvan_cli.text import clean, squeeze
from danvan_cli.unit.model import UnitRecord
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.read import read as read_as
from danvan_cli.yaml.yamlfile import yaml_file

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.yaml.read import Read


class Against:
    """A revision that plans are held against: the one where the work on them began.

    That is the merge base of the revision and HEAD, so that what others did there since is no edit of ours.
    """

    def __init__(self, revision: str, folder: Path) -> None:
        """Take a revision of the repository that holds a folder.

        Raises:
            UsageError: if git, the repository or the revision is not there.
        """
        self._repository = repository(folder, revision)
        workspace = Workspace.holding(folder)
        self._folder = workspace.root if workspace else folder.absolute()
        self._revision = revision
        self.base, self.unseen = self._repository.base(revision)
        self._found: dict[Path, tuple[list[Finding], list[Finding]]] = {}

    @cached_property
    def levels(self) -> dict[str, str]:
        """The levels that the revision's own `danvan.yaml` sets for the policy."""
        read = self._repository.read(self.base, self._folder / NAME) if self.base else None
        known = read_levels(yaml_file(NAME, read[0]))[0] if read else {}
        return {code: level for code, level in known.items() if code.startswith("DV6")}

    def findings(self, plan: Path) -> tuple[list[Finding], list[Finding]]:
        """Hold a plan and the rubrics beside it against the revision: what is found in the one, and in the other."""
        plan = plan.absolute()
        if plan not in self._found:
            found = self._policy(plan)
            label = shown(rubric_path(plan))
            self._found[plan] = [one for one in found if one.path != label], [one for one in found if one.path == label]
        return self._found[plan]

    def removed(self, workspace: Workspace) -> list[Finding]:
        """DV609: find the issued plans of the revision that are no longer there, under any name."""
        if self.base is None:
            return []
        found = []
        plans = workspace.root / "plans"
        for name in self._repository.gone(self.base, plans):
            path = plans / PurePosixPath(name).name
            if self._repository.name(path) != name:
                continue
            read = self._repository.read(self.base, path)
            plan = as_read(Plan, yaml_file(name, read[0]), alone=True).record if read else None
            if plan is not None and plan.state == "issued":
                said = _("kế hoạch «{id}» đã ban hành bị xóa", id=plan.id)
                back = self._repository.back(self._revision, name)
                found.append(Finding("DV609", shown(path), Spot(1, 1), said, back))
        return found

    def _policy(self, path: Path) -> list[Finding]:
        now = read_as(Plan, path)
        if now.record is None:
            return []  # its own errors are told
        notes = [self._note(now, self.unseen)] if self.unseen else []
        if self.base is None:
            return notes
        read = self._repository.read(self.base, path)
        if read is None:
            said = _("bản «{revision}» chưa có kế hoạch này nên không có gì để so", revision=self._revision)
            return [*notes, self._note(now, said)]
        data, name = read
        fetch = fetched_then(self._repository, self.base, name, self._revision)
        then = as_read(Plan, yaml_file(f"{self._revision}:{name}", data), fetch)
        old = then.record
        if old is None:
            said = _("kế hoạch ở bản «{revision}» có lỗi, không đọc được nên không so được", revision=self._revision)
            telling = {"DV115", "DV113"} if named_register(then.file.root) else {"DV115"}  # DV113: no register then
            if other := next((one for one in then.findings if one.rule in telling), None):
                said = _("không so được với bản «{revision}»: {why}", revision=self._revision, why=other.message)
            return [*notes, self._note(now, said)]
        was = self._repository.read(self.base, rubric_path(self._repository.top / name))
        old_rubrics = as_read(RubricFile, yaml_file("", was[0])).record if was else None
        beside = rubric_path(path)
        rubrics = read_as(RubricFile, beside) if beside.exists() else None
        edit = Edit(
            old, now.record, now.file, old_rubrics, rubrics.record if rubrics else None, rubrics.file if rubrics else None,
            lambda: _held(path, old, old_rubrics), today(), now.shared,
        )  # fmt: skip
        return [*notes, *policy(edit)]

    @rule(
        "DV610", "Không so được hết với bản cũ", "note",
        "Kế hoạch mới, kho git chỉ chép một phần lịch sử hoặc bản cũ không đọc được: phần không thấy thì không kiểm tra được.",
        wrong="git clone --depth 1", right="git fetch --unshallow",
    )  # fmt: skip
    def _note(self, read: Read[Plan], said: str) -> Finding:
        return read.file.finding("DV610", read.file.span(("format",)), said)


def _held(path: Path, plan: Plan, rubrics: RubricFile | None) -> UnitsHold:
    """Read what the units of a plan's workspace hold."""
    workspace = Workspace(path.parent.parent)
    records: dict[str, UnitRecord] = {}
    for one in sorted((workspace.root / "units").glob("*/unit.yaml")):
        record = read_as(UnitRecord, one).record
        if record is not None and record.plan == plan.id:
            records[one.parent.name] = record
    scored: dict[str, list[str]] = {}
    for one in sorted((workspace.root / "units").glob("*/score.yaml")):
        answers = read_as(ScoreRecord, one).record
        if answers is not None and any(answers.answers.values()):
            unit = plan.unit_by_id.get(answers.unit or one.parent.name)
            chosen = choose(rubrics, plan, unit) if rubrics and unit else None
            scored.setdefault(answers.rubric or (chosen.id if chosen else ""), []).append(one.parent.name)
    adopted: dict[str, set[str]] = {}
    for one in workspace.all_adopted:
        known = read_as(Plan, one, alone=True).record
        for task in known.tasks if known and known.id == plan.id else ():
            adopted.setdefault(task.id, set()).add(squeeze(clean(task.text)))
    return UnitsHold(records, scored, adopted)
