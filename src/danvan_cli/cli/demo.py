"""`danvan demo`: a unit's work and the desk's, from beginning to end, on the shipped plan and samples."""

from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.common import opened_plan
from danvan_cli.cli.options import argument, help_page
from danvan_cli.lang import _
from danvan_cli.text import day
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from danvan_cli.desk.demo import Scene
    from danvan_cli.desk.opened import Open
    from danvan_cli.scoring.model import RubricFile


_UNIT = "so-y-te"
_Row = tuple[str, str, str]


@help_page(
    ("danvan demo", _("chạy thử trong thư mục danvan-demo")),
    ("danvan demo thu-nghiem", _("chạy thử trong thư mục khác")),
    about=_(
        "Việc của một đơn vị, rồi việc của Sở Nội vụ khi các đơn vị gửi đến: người đúng hạn, người chậm, người sai số liệu,"
        " người bị trả lại. Mọi số liệu là minh họa; ngày là ngày của kế hoạch mẫu. Làm lại lần nữa không đổi gì."
    ),
)
def demo(
    folder: Path | None = argument(_("THƯ-MỤC"), _("nơi chạy thử; mặc định danvan-demo")),
) -> None:
    """Play it all."""
    from danvan_cli.desk.check import files_named, findings_of
    from danvan_cli.desk.demo import Scene, on_day
    from danvan_cli.desk.init import make_workspace
    from danvan_cli.desk.score import rubrics_of

    scene = Scene()
    workspace = make_workspace(folder or Path("danvan-demo")).workspace
    with on_day(scene.day):
        found = findings_of(files_named([workspace.root]), None, None, [workspace.root], iter)
        opened = opened_plan(workspace.plan())
        rubrics = rubrics_of(opened)
        steps = _Steps(opened)
        steps.play("danvan check", screen.counted_in_words(found))
        steps.made(_("Kế hoạch, dữ liệu"), opened.path, screen.counted_in_words(found))
        _unit(steps, opened, rubrics)
        _desk(steps, opened, rubrics, scene)
    root = shown(workspace.root)
    screen.out("")
    screen.out(_("Đã làm ra trong thư mục {folder}:", folder=root))
    screen.table((_("Là gì"), _("Tệp"), _("Ghi chú")), steps.rows, whole=(1,))
    screen.say(_("Kết quả, số liệu của các đơn vị là minh họa, không phải số liệu thật."))
    screen.item(_("Mở xem: {paths}", paths=", ".join(f"{root}/{path}" for path in steps.to_open)))
    screen.item(
        _("Xem như người điều phối: cd {folder}; danvan status --as-of {day}", folder=root, day=day(scene.as_of))
    )
    as_json.give(folder=workspace.root, open=[workspace.root / path for path in steps.to_open])


class _Steps:
    """What is played, numbered, and what it makes."""

    def __init__(self, opened: "Open") -> None:
        self.rows: list[_Row] = []
        self.to_open: list[str] = []
        self._root, self._count = opened.workspace.root, 0

    def play(self, typed: str, told: str = "") -> None:
        """Tell a command that is played, and what it says."""
        self._count += 1
        as_json.add("steps", typed)
        screen.say(f"{self._count}. {typed}" + (f": {told}" if told else ""), indent="   ")

    def made(self, what: str, path: Path, note: str, *, look: bool = False) -> None:
        """Tell a file that was made; `look` where it is worth to be opened at the end."""
        name = path.relative_to(self._root).as_posix()
        as_json.made_file(path, "new", what=what, note=note)
        self.rows.append((what, name, note))
        self.to_open += [name] if look else []


def _unit(steps: _Steps, opened: "Open", rubrics: "RubricFile") -> None:
    """Play a unit's year: its plan, its reports, its score."""
    from danvan_cli.desk.made import keep, write_plan
    from danvan_cli.desk.report import unit_report
    from danvan_cli.desk.score import score_papers, score_unit
    from danvan_cli.desk.units import source_of, start_unit
    from danvan_cli.scoring.figures import plain_figure, shown_points

    root, unit = opened.workspace.root, opened.unit(_UNIT)
    steps.play(f"danvan init-unit {_UNIT} --from samples/{_UNIT}.unit.yaml")
    done = start_unit(opened, unit, source_of(opened, unit, root / "samples" / f"{_UNIT}.unit.yaml"))
    steps.made(_("Tệp của {unit}", unit=unit.name), done.file, _("số liệu minh họa"))
    for name in ("ke-hoach", "6m", "1y"):
        deliverable = opened.plan.deliverable_by_id[name]
        steps.play(f"danvan report {_UNIT} --period {name}")
        made = unit_report(opened, _UNIT, name, again=True)
        paper = keep(made.path, made.rendered)
        period = opened.plan.period(deliverable.period)
        title = _("Báo cáo {period}", period=period.name) if period else _("Kế hoạch triển khai (dự thảo)")
        steps.made(title, paper.saved.path, _("{count} chỗ trống", count=paper.blanks), look=name == "6m")
    steps.play(f"danvan score {_UNIT} --answers samples/{_UNIT}.score.yaml")
    scored = score_unit(opened, rubrics, unit, answers=root / "samples" / f"{_UNIT}.score.yaml").scored
    result, (paper,) = scored.result, score_papers(opened, scored)
    points = f"{shown_points(result.total)}/{plain_figure(result.scope)}"
    steps.made(_("Bảng tự chấm điểm"), paper.saved.path, _("{points} điểm", points=points))
    steps.play("danvan export")
    paper = write_plan(opened)
    steps.made(_("Kế hoạch của tỉnh"), paper.saved.path, _("số, ngày để trống"))


def _desk(steps: _Steps, opened: "Open", rubrics: "RubricFile", scene: "Scene") -> None:
    """Play the desk: what comes in, who is late, what is verified, ranked, summed up, shown."""
    from danvan_cli.desk import demo as desk
    from danvan_cli.desk.following import follow
    from danvan_cli.desk.page import gather, write_page
    from danvan_cli.desk.ranks import ranking_book, rankings
    from danvan_cli.desk.reviews import Reviews
    from danvan_cli.desk.summing import consolidate, sum_up
    from danvan_cli.desk.urging import Urging
    from danvan_cli.province.tracking import totals

    root = opened.workspace.root
    came = desk.fill_mailbox(opened, rubrics, scene, root / "samples" / f"{_UNIT}.score.yaml")
    outcomes = desk.take_mail(opened)
    filed = sum(one.state in {"filed", "known"} for one in outcomes)
    steps.play(f"danvan receive {desk.BOX} --list {desk.LIST}", _("đã nhận {count}/{all}", count=filed, all=came))
    steps.made(_("Hồ sơ đã nhận"), root / "province" / "received", _("{count} hồ sơ, nguyên như khi đến", count=filed))
    found = follow(opened, None, None, scene.as_of)
    returned = [row.unit.id for row in found.rows if row.filed and row.filed.returned]
    for name, why, by in desk.send_back(opened, scene, returned):
        steps.play(f'danvan send-back {name} 6m --reason "{why}" --by {day(by)}')
    found = follow(opened, None, None, scene.as_of)
    told = totals([row for row in found.rows if row.deliverable.id == "6m"])
    steps.play(
        f"danvan status --as-of {day(scene.as_of)}",
        _("báo cáo 06 tháng: đúng hạn {in_time}, chậm {late}, bị trả lại {returned}, quá hạn {overdue}").format_map(
            told
        ),
    )
    steps.play(f"danvan remind --as-of {day(scene.as_of)} --answer-by {day(scene.answer_by)}")
    urging = Urging(opened)
    for round_, letters, _mails in urging.urge(found.rows, scene.as_of, scene.answer_by, each=False, force=False):
        late = _("{count} đơn vị quá hạn", count=len(round_.rows))
        for letter in letters:
            steps.made(_("Công văn đôn đốc"), letter.saved.path, late, look=True)
    said = desk.verify(opened, scene)
    put = " ".join(said["put"])
    steps.play(f'danvan review set {said["unit"]} {put} --member "{said["member"]}" --reason "{said["reason"]}"')
    ranked = rankings(Reviews(opened), "so-ban-nganh", None, "self")
    book = ranking_book(opened, ranked, root / "build" / "xep-hang.xlsx", force=False)
    steps.play("danvan rank --block so-ban-nganh --by self -o build/xep-hang.xlsx")
    steps.made(_("Bảng xếp hạng"), book.path, _("khối sở, ban, ngành"))
    steps.play("danvan summary --period 6m")
    summed, annex, _lost = consolidate(sum_up(opened, "6m", scene.day, None), None, force=False)
    whose = _("từ {count} đơn vị", count=told["in_time"] + told["late"] + told["returned"])
    steps.made(_("Báo cáo tổng hợp 06 tháng"), summed.saved.path, whose, look=True)
    steps.made(_("Phụ lục tổng hợp"), annex.path, _("tổng là công thức"))
    steps.play("danvan page")
    page, path = gather(opened, scene.day)
    write_page(page, path)
    steps.made(_("Trang cho lãnh đạo"), path, _("mở bằng trình duyệt"), look=True)
