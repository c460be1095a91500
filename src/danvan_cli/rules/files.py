"""The check of files: what kind each is, and the check of that kind."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from danvan_cli.errors import UsageError
from danvan_cli.files import read_bytes
from danvan_cli.findings.rule import ask_rules, rule
from danvan_cli.lang import _
from danvan_cli.plan.calendar import Calendar, read_calendar
from danvan_cli.plan.model import Plan
from danvan_cli.plan.shared import Register
from danvan_cli.rules.cache import Cache
from danvan_cli.rules.check import check_plan, check_register, check_unit, finished
from danvan_cli.rules.context import meant
from danvan_cli.rules.levels import NAME, leveled, levels_of, read_levels
from danvan_cli.rules.references import FunctionsCheck
from danvan_cli.unit.model import UnitRecord
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.read import read as read_as
from danvan_cli.yaml.schema import validate
from danvan_cli.yaml.yamlfile import Map, YamlFile, yaml_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from danvan_cli.findings.finding import Finding
    from danvan_cli.rules.against import Against
    from danvan_cli.rules.levels import Levels
    from danvan_cli.scoring.model import RubricFile

FILE_KINDS: Final = ("plan", "unit", "calendar", "rubric", "score", "settings", "register", "functions")
_TEMPLATE: Final = ".md.j2"
RUBRIC: Final = ".rubric.yaml"
_NONE: Final[Levels] = {}
"""What is found is kept as the rules have it; levels are set when it is given."""


def files_of(workspace: Workspace) -> list[Path]:
    """List what a workspace holds that can be checked: plans, calendar, units' files, the users' own templates."""
    found = [workspace.root / NAME] if (workspace.root / NAME).exists() else []
    found += workspace.plans
    found += [path for path in (workspace.calendar, workspace.functions) if path.exists()]
    found += sorted((workspace.root / "plans").glob(f"*{RUBRIC}"))
    found += sorted((workspace.root / "units").glob("*/unit.yaml"))
    found += sorted((workspace.root / "units").glob("*/score.yaml"))
    found += sorted(path for path in workspace.templates.glob("*") if _is_template(path))
    return found


def _is_template(path: Path) -> bool:
    """Tell a template: by its suffix, or as a Word form among templates."""
    return path.name.endswith(_TEMPLATE) or (path.suffix == ".docx" and path.absolute().parent.name == "templates")


class Checker:
    """Checks files one after another; plans and calendars that several need are read once."""

    def __init__(self, plan: Path | None = None, against: Against | None = None) -> None:
        self._given = plan
        self._against = against
        self._workspace = cache(Workspace.holding)
        self._levels = cache(levels_of)
        self._calendar = cache(lambda path: read_calendar(path)[0])
        self._plan_at = cache(lambda path: read_as(Plan, path).record)
        self._rubrics_at = cache(_rubrics)
        self._caches: dict[Path, Cache] = {}

    def done(self) -> None:
        """Keep what was found for the next check."""
        for one in self._caches.values():
            one.save()

    def check(self, path: Path) -> list[Finding]:
        """Check one file; what is found stands at the levels that its workspace sets.

        Raises:
            UsageError: if it cannot be read, or is no kind of file that danvan knows.
        """
        levels = self._levels(path.absolute().parent)
        if self._against:  # an edit cannot loosen the policy that it is held against
            levels = {code: level for code, level in levels.items() if not code.startswith("DV6")}
            levels |= self._against.levels
        return leveled(self._found(path), levels)

    def _found(self, path: Path) -> list[Finding]:
        if _is_template(path):
            from danvan_cli.papers.trial import tried_template

            return tried_template(path, names_only=True)
        if path.suffix not in {".yaml", ".yml"}:
            message = _("không biết kiểm tra tệp {path}", path=shown(path))
            hint = _("kiểm tra được: kế hoạch, lịch, bộ tiêu chí, tệp đơn vị, bảng điểm (.yaml), mẫu văn bản (.md.j2)")
            raise UsageError(message, help=hint)
        data = read_bytes(path)
        kept = self._cache(path)
        digest = kept.digest(path, data) if kept else ""
        found = kept.get(path, digest) if kept else None
        if found is None:
            file = yaml_file(shown(path), data)
            del data  # a large file is not held twice while its rules are asked
            found = self._read_anew(path, file)
            if kept:
                kept.put(path, digest, found)
        return found

    def _cache(self, path: Path) -> Cache | None:
        """Give the cache for a file; None where it has no workspace, or where its edits are judged too."""
        folder = path.absolute().parent
        workspace = self._workspace(folder)
        if workspace is None or (self._against and folder.name == "plans"):
            return None
        return self._caches.setdefault(workspace.root, Cache(workspace.root, self._given))

    def _read_anew(self, path: Path, file: YamlFile) -> list[Finding]:
        kind = _kind(file, path)
        if kind == "calendar":
            _calendar, found = validate(Calendar, file)
            return finished(file, [*file.findings, *found])
        if kind == "functions":
            from danvan_cli.unit.functions import Functions

            functions = as_read(Functions, file)
            more = ask_rules(FunctionsCheck(file, functions.record)) if functions.record else ()
            return finished(file, [*functions.findings, *more])
        if kind == "settings":
            return finished(file, read_levels(file)[1])
        if kind == "plan":
            read, folder = as_read(Plan, file), path.absolute().parent
            workspace = self._workspace(folder)
            if workspace and folder == workspace.root / "plans" and (twin := workspace.twin(path)):
                said = _("{path} là kế hoạch khác có cùng mã", path=shown(twin))
                how = _("mỗi thư mục làm việc chỉ có một kế hoạch; kế hoạch khác: danvan init TÊN-THƯ-MỤC")
                read.findings.append(file.finding("DV205", file.span(("id",)), said, help=how))
            edits = self._against.findings(path)[0] if self._against else None
            return check_plan(read, self._calendar(folder / "calendar.yaml"), _NONE, edits)
        if kind == "register":
            return check_register(as_read(Register, file))
        if kind in {"unit", "rubric", "score"}:
            return {"unit": self._unit, "rubric": self._rubric, "score": self._score}[kind](file, path)
        known = [f"danvan-{kind}/{2 if kind == 'plan' else 1}" for kind in FILE_KINDS]
        message = _("không biết định dạng «{name}»", name=kind)
        place = file.span(("format",))
        return finished(file, [*file.findings, file.finding("DV115", place, message, help=meant(kind, known))])

    @rule(
        "DV909", "Không có kế hoạch của tệp đơn vị", "error",
        "Tệp của đơn vị chỉ kiểm tra được khi thư mục làm việc có kế hoạch mà tệp ghi, và kế hoạch đó đọc được.",
        wrong='plan: "2032"', right='plan: "2023"',
    )  # fmt: skip
    def _unit(self, file: YamlFile, path: Path) -> list[Finding]:
        read = as_read(UnitRecord, file)
        plan = self._plan(path, str(file.root.get("plan")) if isinstance(file.root, Map) else "")
        if plan is not None:
            return check_unit(read, plan, _NONE)
        found = list(read.findings)
        if read.record:
            found.append(_no_plan("DV909", file, read.record.plan, map(self._plan_at, self._candidates(path))))
        return finished(file, found)

    def _rubric(self, file: YamlFile, path: Path) -> list[Finding]:
        from danvan_cli.rules.scores import check_rubrics
        from danvan_cli.scoring.model import RubricFile

        read = as_read(RubricFile, file)
        plan = self._plan(path, read.record.plan if read.record else "")
        beside = path.with_name(path.name.replace(RUBRIC, ".yaml"))
        edits = self._against.findings(beside)[1] if self._against and beside != path and beside.exists() else None
        found = check_rubrics(read, plan, _NONE, edits)
        if read.record and plan is None and (plans := self._candidates(path)):
            found = finished(file, [*found, _no_plan("DV704", file, read.record.plan, map(self._plan_at, plans))])
        return found

    @rule(
        "DV925", "Không có bộ tiêu chí cho bảng điểm", "error",
        "Câu trả lời chỉ kiểm tra được khi thư mục làm việc có kế hoạch và bộ tiêu chí dùng được cho đơn vị.",
        wrong="plans/2023.yaml mà không có plans/2023.rubric.yaml", right="plans/2023.rubric.yaml",
    )  # fmt: skip
    def _score(self, file: YamlFile, path: Path) -> list[Finding]:
        from danvan_cli.rules.scores import check_score
        from danvan_cli.scoring.model import ScoreRecord, choose, rubric_path
        from danvan_cli.scoring.proposals import facts

        read = as_read(ScoreRecord, file)
        if read.record is None:
            return finished(file, read.findings)
        for candidate in self._candidates(path):
            plan, rubrics = self._plan_at(candidate), self._rubrics_at(rubric_path(candidate))
            unit = plan.unit_by_id.get(read.record.unit or "") if plan else None
            rubric = choose(rubrics, plan, unit, read.record.rubric) if plan and rubrics else None
            if plan and rubric:
                beside = path.with_name("unit.yaml")
                held = read_as(UnitRecord, beside).record if path.name == "score.yaml" and beside.exists() else None
                known = facts(plan, unit, held) if unit and held and held.plan == plan.id else None
                return check_score(read, rubric, plan, _NONE, known)
        message = _("thư mục làm việc không có kế hoạch và bộ tiêu chí đọc được cho bảng điểm này")
        return finished(file, [*read.findings, file.finding("DV925", file.span(("rubric",)), message)])

    def _plan(self, path: Path, plan_id: str) -> Plan | None:
        """Find the plan that a unit's file is for; None where there is none, or it has errors of its own."""
        for candidate in self._candidates(path):
            plan = self._plan_at(candidate)
            if plan is not None and (self._given or plan.id == plan_id):
                return plan
        return None

    def _candidates(self, path: Path) -> list[Path]:
        """List the plans that a file may be for: the one given, else those of its workspace, the latest first."""
        if self._given:
            return [self._given]
        workspace = self._workspace(path.absolute().parent)
        return workspace.plans[::-1] if workspace else []


def _rubrics(path: Path) -> RubricFile | None:
    from danvan_cli.scoring.model import RubricFile

    return read_as(RubricFile, path).record if path.exists() else None


def _kind(file: YamlFile, path: Path) -> str:
    """Tell a file's kind by its `format`, else by its name."""
    named = str(file.root.get("format") or "") if isinstance(file.root, Map) else ""
    for kind in FILE_KINDS:
        if named.startswith(f"danvan-{kind}/"):
            return kind
    if named:
        return named
    if path.name.endswith(RUBRIC):
        return "rubric"
    if path.name == NAME:
        return "settings"
    return path.stem if path.name in {"unit.yaml", "score.yaml", "calendar.yaml", "functions.yaml"} else "plan"


def _no_plan(code: str, file: YamlFile, name: str, plans: Iterable[Plan | None]) -> Finding:
    """Say that there is no such plan, and which may be meant."""
    message = _("thư mục làm việc không có kế hoạch «{id}» đọc được", id=name)
    return file.finding(code, file.span(("plan",)), message, help=meant(name, [one.id for one in plans if one]))
