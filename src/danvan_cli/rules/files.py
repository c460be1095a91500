"""The check of files: what kind each is, and the check of that kind."""

from __future__ import annotations

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
from danvan_cli.rules.functions import FunctionsCheck
from danvan_cli.rules.levels import NAME, leveled, levels_of, read_levels
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
    from danvan_cli.scoring.model import RubricFile

KINDS: Final = ("plan", "unit", "calendar", "rubric", "score", "settings", "register", "functions")
TEMPLATE: Final = ".md.j2"
RUBRIC: Final = ".rubric.yaml"


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
    return path.name.endswith(TEMPLATE) or (path.suffix == ".docx" and path.absolute().parent.name == "templates")


class Checker:
    """Checks files one after another; plans and calendars that several need are read once."""

    def __init__(self, plan: Path | None = None, against: Against | None = None) -> None:
        self._given = plan
        self._against = against
        self._calendars: dict[Path, Calendar] = {}
        self._plans: dict[Path, Plan | None] = {}
        self._rubric_files: dict[Path, RubricFile | None] = {}
        self._levels: dict[Path, dict[str, str]] = {}
        self._caches: dict[Path, Cache | None] = {}

    def done(self) -> None:
        """Keep what was found for the next check."""
        for cache in self._caches.values():
            if cache:
                cache.save()

    def check(self, path: Path) -> list[Finding]:
        """Check one file; what is found stands at the levels that its workspace sets.

        Raises:
            UsageError: if it cannot be read, or is no kind of file that danvan knows.
        """
        folder = path.absolute().parent
        if folder not in self._levels:
            self._levels[folder] = levels_of(folder)
        levels = self._levels[folder]
        if self._against:  # an edit cannot loosen the policy that it is held against
            levels = {
                code: level for code, level in levels.items() if not code.startswith("DV6")
            } | self._against.levels
        return leveled(self._found(path), levels)

    def _found(self, path: Path) -> list[Finding]:
        if _is_template(path):
            return self._template(path)
        if path.suffix not in {".yaml", ".yml"}:
            message = _("không biết kiểm tra tệp {path}", path=shown(path))
            hint = _("kiểm tra được: kế hoạch, lịch, bộ tiêu chí, tệp đơn vị, bảng điểm (.yaml), mẫu văn bản (.md.j2)")
            raise UsageError(message, help=hint)
        data = read_bytes(path)
        cache = self._cache(path)
        digest = cache.digest(path, data) if cache else ""
        found = cache.get(path, digest) if cache else None
        if found is None:
            file = yaml_file(shown(path), data)
            del data  # a large file is not held twice while its rules are asked
            found = self._read_anew(path, file)
            if cache:
                cache.put(path, digest, found)
        return found

    def _cache(self, path: Path) -> Cache | None:
        """Give the cache for a file; None where it has no workspace, or where its edits are judged too."""
        folder = path.absolute().parent
        if self._against and folder.name == "plans":
            return None
        if folder not in self._caches:
            try:
                root = Workspace.find(folder).root
            except UsageError:
                self._caches[folder] = None
            else:
                same = next((one for one in self._caches.values() if one and one.root == root), None)
                self._caches[folder] = same or Cache(root, self._given)
        return self._caches[folder]

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
            edits = self._against.findings(path)[0] if self._against else None
            return check_plan(as_read(Plan, file), self._calendar(path), edits)
        if kind == "register":
            return check_register(as_read(Register, file))
        if kind in {"unit", "rubric", "score"}:
            return {"unit": self._unit, "rubric": self._rubric, "score": self._score}[kind](file, path)
        return finished(file, [*file.findings, _unknown(file, kind)])

    @rule(
        "DV909", "Không có kế hoạch của tệp đơn vị", "error",
        "Tệp của đơn vị chỉ kiểm tra được khi thư mục làm việc có kế hoạch mà tệp ghi, và kế hoạch đó đọc được.",
        wrong='plan: "2032"', right='plan: "2023"',
    )  # fmt: skip
    def _unit(self, file: YamlFile, path: Path) -> list[Finding]:
        read = as_read(UnitRecord, file)
        plan = self._plan(path, str(file.root.get("plan")) if isinstance(file.root, Map) else "")
        if plan is not None:
            return check_unit(read, plan)
        more = [_no_plan("DV909", file, read.record.plan, self._plans.values())] if read.record else []
        return finished(file, [*read.findings, *more])

    def _rubric(self, file: YamlFile, path: Path) -> list[Finding]:
        from danvan_cli.rules.check_scoring import check_rubrics
        from danvan_cli.scoring.model import RubricFile

        read = as_read(RubricFile, file)
        plan = self._plan(path, read.record.plan if read.record else "")
        beside = path.with_name(path.name.replace(RUBRIC, ".yaml"))
        edits = self._against.findings(beside)[1] if self._against and beside != path and beside.exists() else None
        found = check_rubrics(read, plan, edits)
        if read.record and plan is None and (plans := self._candidates(path)):
            found = finished(file, [*found, _no_plan("DV704", file, read.record.plan, map(self._read, plans))])
        return found

    @rule(
        "DV925", "Không có bộ tiêu chí cho bảng điểm", "error",
        "Câu trả lời chỉ kiểm tra được khi thư mục làm việc có kế hoạch và bộ tiêu chí dùng được cho đơn vị.",
        wrong="plans/2023.yaml mà không có plans/2023.rubric.yaml", right="plans/2023.rubric.yaml",
    )  # fmt: skip
    def _score(self, file: YamlFile, path: Path) -> list[Finding]:
        from danvan_cli.rules.check_scoring import check_score
        from danvan_cli.scoring.choose import choose, rubric_path
        from danvan_cli.scoring.model import ScoreRecord
        from danvan_cli.scoring.proposals import facts

        read = as_read(ScoreRecord, file)
        found = list(read.findings)
        if read.record is None:
            return finished(file, found)
        for candidate in self._candidates(path):
            plan, rubrics = self._read(candidate), self._rubrics(rubric_path(candidate))
            unit = plan.unit_by_id.get(read.record.unit or "") if plan else None
            rubric = choose(rubrics, plan, unit, read.record.rubric) if plan and rubrics else None
            if plan and rubric:
                beside = path.with_name("unit.yaml")
                held = (
                    read_as(UnitRecord, beside).record
                    if unit and path.name == "score.yaml" and beside.exists()
                    else None
                )
                known = facts(plan, unit, held) if unit and held and held.plan == plan.id else None
                return check_score(read, rubric, plan, known)
        message = _("thư mục làm việc không có kế hoạch và bộ tiêu chí đọc được cho bảng điểm này")
        return finished(file, [*found, file.finding("DV925", file.span(("rubric",)), message)])

    def _template(self, path: Path) -> list[Finding]:
        from danvan_cli.papers.trial import tried_template

        return tried_template(path, names_only=True)

    def _calendar(self, path: Path) -> Calendar:
        calendar = path.absolute().parent / "calendar.yaml"
        if calendar not in self._calendars:
            self._calendars[calendar] = read_calendar(calendar)[0]
        return self._calendars[calendar]

    def _plan(self, path: Path, plan_id: str) -> Plan | None:
        """Find the plan that a unit's file is for; None where there is none, or it has errors of its own."""
        for candidate in self._candidates(path):
            plan = self._read(candidate)
            if plan is not None and (self._given or plan.id == plan_id):
                return plan
        return None

    def _candidates(self, path: Path) -> list[Path]:
        """List the plans that a file may be for: the one given, else those of its workspace, the latest first."""
        try:
            return [self._given] if self._given else Workspace.find(path.absolute().parent).plans[::-1]
        except UsageError:  # a file that lies in no workspace
            return []

    def _read(self, path: Path) -> Plan | None:
        if path not in self._plans:
            self._plans[path] = read_as(Plan, path).record
        return self._plans[path]

    def _rubrics(self, path: Path) -> RubricFile | None:
        from danvan_cli.scoring.model import RubricFile

        if path not in self._rubric_files:
            self._rubric_files[path] = read_as(RubricFile, path).record if path.exists() else None
        return self._rubric_files[path]


def _kind(file: YamlFile, path: Path) -> str:
    """Tell a file's kind by its `format`, else by its name."""
    named = str(file.root.get("format") or "") if isinstance(file.root, Map) else ""
    for kind in KINDS:
        if named.startswith(f"danvan-{kind}/"):
            return kind
    if named:
        return named
    if path.name.endswith(RUBRIC):
        return "rubric"
    return {
        "unit.yaml": "unit",
        "score.yaml": "score",
        "calendar.yaml": "calendar",
        "functions.yaml": "functions",
        NAME: "settings",
    }.get(path.name, "plan")


def _no_plan(code: str, file: YamlFile, name: str, plans: Iterable[Plan | None]) -> Finding:
    """Say that there is no such plan, and which may be meant."""
    message = _("thư mục làm việc không có kế hoạch «{id}» đọc được", id=name)
    return file.finding(code, file.span(("plan",)), message, help=meant(name, [one.id for one in plans if one]))


def _unknown(file: YamlFile, named: str) -> Finding:
    known = [f"danvan-{kind}/{2 if kind == 'plan' else 1}" for kind in KINDS]
    return file.finding(
        "DV115", file.span(("format",)), _("không biết định dạng «{name}»", name=named), help=meant(named, known)
    )
