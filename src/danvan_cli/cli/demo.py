"""`danvan demo`: the main job from beginning to end, on the shipped plan and samples."""

from pathlib import Path
from typing import Annotated

from danvan_cli.cli import screen
from danvan_cli.cli.opening import opened_plan
from danvan_cli.cli.options import argument
from danvan_cli.lang import _

EXAMPLES = (
    ("danvan demo", _("chạy thử trong thư mục danvan-demo")),
    ("danvan demo thu-nghiem", _("chạy thử trong thư mục khác")),
)

_UNIT = "so-y-te"


def demo(
    folder: Annotated[Path | None, argument(_("THƯ-MỤC"), _("nơi chạy thử; mặc định danvan-demo"))] = None,
) -> None:
    """Run the main job."""
    from danvan_cli.desk.check import files_named, findings_of
    from danvan_cli.desk.export import write_plan
    from danvan_cli.desk.init import make_workspace
    from danvan_cli.desk.init_unit import source_of, start
    from danvan_cli.desk.made import keep
    from danvan_cli.desk.report import unit_report
    from danvan_cli.desk.rubrics import rubrics_of
    from danvan_cli.desk.score import score_papers, score_unit
    from danvan_cli.findings.finding import count
    from danvan_cli.scoring.figures import plain_figure, shown_points
    from danvan_cli.workspace import shown

    workspace = make_workspace(folder or Path("danvan-demo")).workspace
    rows: list[tuple[str, str, str]] = []

    def inside(path: Path) -> str:
        return path.relative_to(workspace.root).as_posix()

    found = findings_of(files_named([workspace.root]), None, None, [workspace.root], iter)
    screen.out(_("1. danvan check: {summary}", summary=screen.counted_in_words(found)))
    if count(found)["error"]:
        screen.findings(found)

    opened = opened_plan(workspace.plan())
    unit = opened.unit(_UNIT)
    rows.append((_("Kế hoạch, dữ liệu"), inside(opened.path), screen.counted_in_words(found)))

    screen.out(_("2. danvan init-unit {unit} --from samples/{unit}.unit.yaml", unit=_UNIT))
    done = start(opened, unit, source_of(opened, unit, workspace.root / "samples" / f"{_UNIT}.unit.yaml"))
    rows.append((_("Tệp của {unit}", unit=unit.name), inside(done.file), _("số liệu minh họa")))

    for number, name in enumerate(("ke-hoach", "6m", "1y"), start=3):
        deliverable = opened.plan.deliverable_by_id[name]
        screen.out(f"{number}. danvan report {_UNIT} --period {name}")
        made = unit_report(opened, _UNIT, name, again=True)
        paper = keep(made.path, made.rendered)
        period = opened.plan.period_by_id.get(deliverable.period or "")
        title = _("Báo cáo {period}", period=period.name) if period else _("Kế hoạch triển khai (dự thảo)")
        rows.append((title, inside(paper.saved.path), _("{count} chỗ trống", count=paper.blanks)))

    screen.out(f"6. danvan score {_UNIT} --answers samples/{_UNIT}.score.yaml")
    sample = workspace.root / "samples" / f"{_UNIT}.score.yaml"
    scored = score_unit(opened, rubrics_of(opened), unit, answers=sample).scored
    result, (paper,) = scored.result, score_papers(opened, scored)
    points = f"{shown_points(result.total)}/{plain_figure(result.scope)}"
    rows.append(
        (
            _("Bảng tự chấm điểm"),
            inside(paper.saved.path),
            _("{points} điểm, {count} chỗ trống", points=points, count=paper.blanks),
        )
    )

    screen.out("7. danvan export")
    paper = write_plan(opened)
    rows.append((_("Kế hoạch của tỉnh"), inside(paper.saved.path), _("số, ngày để trống")))

    screen.out("")
    screen.out(_("Đã làm ra trong thư mục {folder}:", folder=shown(workspace.root)))
    screen.table((_("Là gì"), _("Tệp"), _("Ghi chú")), rows, whole=(1,))
    screen.out(_("Kết quả, số liệu của {unit} là minh họa, không phải số liệu thật.", unit=unit.name))
