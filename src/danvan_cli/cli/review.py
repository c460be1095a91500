"""`danvan review`: verified scores beside what units gave themselves, round by round until they are official."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.cli import as_json, complete, screen
from danvan_cli.cli.common import tell_document
from danvan_cli.cli.options import FORCE, OUTPUT, PLAN, UNIT, Verbs, day_of, flag, help_page, option
from danvan_cli.cli.reviewed import BLOCK, DATE, SOME, ask, book, reviews_of, set_, show, take, tracked
from danvan_cli.errors import UsageError
from danvan_cli.lang import _
from danvan_cli.text import day, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable

    from danvan_cli.plan.model import Unit


def _tell_units(units: "Iterable[Unit]", told: str) -> None:
    """Print what was recorded of each unit."""
    for unit in units:
        as_json.add("units", {"unit": unit})
        screen.out(f"{unit.id}: {told}")


@help_page(
    (
        'danvan review inspect so-y-te --finding "Chưa công khai" --document 12/KL-SNV',
        _("ghi cuộc kiểm tra; dẫn lại khi thẩm định bằng --on"),
    ),
)
def inspect(
    finding: str = option("--finding", _("phát hiện gì"), _("CHỮ"), default=...),
    unit: str | None = SOME,
    block: str | None = BLOCK,
    kind: str = option("--kind", _("loại: kiểm tra, khảo sát…"), _("CHỮ"), default="kiểm tra"),
    document: str | None = option("--document", _("văn bản của cuộc kiểm tra"), _("SỐ")),
    date: str | None = DATE,
    plan: Path | None = PLAN,
) -> None:
    """Record an inspection or a survey, and what was found."""
    from danvan_cli.desk import reviews as desk

    reviews = reviews_of(plan)
    when = reviews.opened.happened(date)
    for one, id_ in desk.inspect(reviews, unit, block, finding=finding, kind=kind, document=document, when=when):
        as_json.add("units", {"unit": one, "id": id_})
        screen.out(_("{unit}: đã ghi cuộc {kind} «{id}»; dẫn lại bằng --on {id}", unit=one.id, kind=kind, id=id_))


# Rounds ---------------------------------------------------------------------------------------------------------------


@help_page(
    (
        "danvan review notice so-y-te -n 312/TB -d 11/12/2023 --answer-by 15/12/2023",
        _("thông báo kết quả bước đầu, hạn giải trình; cả khối: --block"),
    ),
)
def notice(
    number: str = option("--number -n", _("số, ký hiệu thông báo"), _("SỐ"), default=...),
    unit: str | None = SOME,
    block: str | None = BLOCK,
    date: str | None = DATE,
    answer_by: str | None = option("--answer-by", _("hạn giải trình ghi trong thông báo"), _("NGÀY")),
    plan: Path | None = PLAN,
) -> None:
    """Record the notice of a round's results, which ends it."""
    from danvan_cli.desk.reviews import notify

    reviews = reviews_of(plan)
    when, last = reviews.opened.happened(date), day_of(answer_by) if answer_by else None
    told = notify(reviews, unit, block, number=number, when=when, answer_by=last)
    _tell_units(told, _("đã thông báo theo {number}", number=number))


@help_page(
    ("danvan review explained so-y-te -n 99/SYT-VP -d 14/12/2023", _("công văn giải trình của Sở Y tế đã đến")),
    (
        "danvan review explained so-y-te -n 99/SYT-VP --correct -d 15/12/2023",
        _("ghi nhầm ngày; nhầm đơn vị: --to ĐƠN-VỊ; bỏ: --undo"),
    ),
)
def explained(
    number: str = option("--number -n", _("số, ký hiệu công văn giải trình"), _("SỐ"), default=...),
    unit: str | None = UNIT,
    date: str | None = DATE,
    correct: bool = flag("--correct", _("sửa ngày đã ghi nhầm; ngày cũ vẫn lưu")),
    to: str | None = option("--to", _("chuyển sang đơn vị này"), _("ĐƠN-VỊ"), complete.units),
    undo: bool = flag("--undo", _("bỏ giải trình đã ghi nhầm; vẫn lưu")),
    plan: Path | None = PLAN,
) -> None:
    """Record what a unit answered to a notice, or put the record right."""
    from danvan_cli.desk import reviews as desk

    reviews, told = reviews_of(plan), squeeze(number)
    if correct or undo or to:
        if undo and (to or correct or date):
            raise UsageError(_("--undo không đi với --to, --correct, --date"))
        if correct and not date:
            raise UsageError(_("{option} cần có {other}", option="--correct", other="--date"))
        when = reviews.opened.happened(date) if date else None
        units = desk.correct_explained(reviews, unit, number=told, when=when, to=to)
        _tell_units(units, _("đã sửa giải trình {number}", number=told))
        return
    who, last = desk.record_explanation(reviews, unit, number=told, when=reviews.opened.happened(date))
    if last:
        screen.note(_("giải trình đến sau hạn {day}", day=day(last)))
    _tell_units([who], _("đã ghi giải trình {number}", number=told))


@help_page(
    ("danvan review final so-y-te", _("chốt kết quả của Sở Y tế; sửa thì kết quả được mở lại")),
    about=_("Còn tiêu chí chưa thẩm định, hoặc điểm đã chính thức, thì không chốt đơn vị nào."),
)
def final(
    unit: str | None = SOME, block: str | None = BLOCK, date: str | None = DATE, plan: Path | None = PLAN
) -> None:
    """Settle verified scores."""
    from danvan_cli.desk.reviews import settle_scores

    reviews = reviews_of(plan)
    _tell_units(settle_scores(reviews, unit, block, when=reviews.opened.happened(date)), _("đã chốt"))


@help_page(
    (
        "danvan review official so-y-te --decision 88/QĐ-UBND --date 28/12/2023",
        _("điểm của Sở Y tế chính thức theo quyết định"),
    ),
    about=_("Chỉ kết quả đã chốt mới thành chính thức; từ đó chỉ quyết định mới sửa được."),
)
def official(
    decision: str = option("--decision -n", _("số, ký hiệu quyết định công nhận"), _("SỐ"), default=...),
    date: str = option("--date -d", _("ngày quyết định"), _("NGÀY"), default=...),
    unit: str | None = SOME,
    block: str | None = BLOCK,
    plan: Path | None = PLAN,
) -> None:
    """Make scores official by a decision."""
    from danvan_cli.desk.reviews import make_official
    from danvan_cli.province.review import Decision

    reviews = reviews_of(plan)
    new = Decision(squeeze(decision), reviews.opened.happened(date))
    units = make_official(reviews, unit, block, decision=new)
    _tell_units(units, _("chính thức theo {decision}", decision=new.number))


# Documents ------------------------------------------------------------------------------------------------------------


@help_page(("danvan review letter so-y-te", _("công văn giải trình các tiêu chí lệch điểm, ở units/so-y-te/out/")))
def letter(
    unit: str | None = UNIT, output: Path | None = OUTPUT, force: bool = FORCE, plan: Path | None = PLAN
) -> None:
    """Make the letter in which a unit explains the points that differ."""
    from danvan_cli.desk.ranks import explanation

    tell_document(explanation(reviews_of(plan), unit, output, force=force))


@help_page(("danvan review team", _("dự thảo quyết định ở build/xep-loai/")))
def team(output: Path | None = OUTPUT, force: bool = FORCE, plan: Path | None = PLAN) -> None:
    """Make the draft of the decision that founds the team."""
    from danvan_cli.desk.ranks import team_decision

    tell_document(team_decision(reviews_of(plan), output, force=force))


VERBS: Mapping[str, tuple[Callable[..., None], str]] = {
    "show": (show, _("điểm tự chấm và điểm thẩm định, từng tiêu chí")),
    "set": (set_, _("ghi điểm thẩm định khác với điểm tự chấm, ai, vì sao")),
    "ask": (ask, _("hỏi từng tiêu chí trong cửa sổ dòng lệnh")),
    "book": (book, _("làm sổ thẩm định Excel cho cả khối")),
    "take": (take, _("ghi sổ thẩm định đã điền, hoặc tệp ý kiến của một thành viên")),
    "tracked": (tracked, _("ghi việc gửi đúng hạn, gửi muộn theo sổ theo dõi")),
    "inspect": (inspect, _("ghi một cuộc kiểm tra, khảo sát")),
    "notice": (notice, _("ghi thông báo kết quả đã phát hành; kết thúc vòng này")),
    "explained": (explained, _("ghi công văn giải trình của đơn vị")),
    "final": (final, _("chốt kết quả thẩm định")),
    "official": (official, _("ghi điểm chính thức theo quyết định công nhận")),
    "letter": (letter, _("làm công văn giải trình của đơn vị")),
    "team": (team, _("làm dự thảo quyết định thành lập Đoàn thẩm định")),
}
review = Verbs(
    VERBS,
    (
        ("danvan review show so-y-te", _("điểm tự chấm và điểm thẩm định từng tiêu chí")),
        ("danvan review book --block so-ban-nganh", _("sổ thẩm định cả khối; điền xong: danvan review take TỆP.xlsx")),
    ),
    _(
        "Thẩm định bản tự chấm đơn vị đã gửi; bản đó giữ nguyên. Mỗi thay đổi ghi ai, ngày nào, vì sao. Các vòng: thẩm định"
        " bước đầu (set, ask, take), thông báo (notice), giải trình (explained), thẩm định lại, chốt (final), chính thức theo"
        " quyết định (official). Điểm đã chính thức chỉ sửa được cùng một quyết định mới."
    ),
)
