"""What `danvan log` was told, and whether it goes together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from danvan_cli.errors import UsageError
from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from danvan_cli.plan.model import Task

_OF_A_TASK = ("status", "result", "lead", "due", "activity", "done", "evidence", "title", "not_applicable",
              "applicable", "partners", "place")  # fmt: skip
OF_THE_UNIT = ("signer", "signs", "drafter", "drafter_abbr")


@dataclass(frozen=True)
class LogOptions:
    """The options as typed; `task` is found already. None and False say nothing, an empty text clears."""

    task: Task | None = None
    status: str | None = None
    period: str | None = None
    result: str | None = None
    lead: str | None = None
    partners: str | None = None
    due: str | None = None
    activity: str | None = None
    product: str | None = None
    done: int | None = None
    evidence: Path | None = None
    title: str | None = None
    number: str | None = None
    date: str | None = None
    expires: str | None = None
    restricted: bool = False
    indicators: Sequence[str] = ()
    estimate: bool = False
    obstacle: str | None = None
    proposal: str | None = None
    report: str | None = None
    topic: str | None = None
    request: str | None = None
    sections: Sequence[str] = ()
    issued: str | None = None
    file: Path | None = None
    not_applicable: str | None = None
    applicable: bool = False
    signer: str | None = None
    signs: str | None = None
    drafter: str | None = None
    drafter_abbr: str | None = None
    source: Path | None = None
    remove: Sequence[str] = ()
    confirm: bool = False
    accept: str | None = None
    strike: str | None = None
    place: str | None = None
    other_year: bool = False
    """Whether days outside of the plan's years are right as they stand."""

    @property
    def nothing(self) -> bool:
        """Whether no option names anything to record."""
        said = self.says(*_OF_A_TASK, *OF_THE_UNIT, "restricted", "obstacle", "issued", "source", "report", "accept",
                         "strike", "indicators", "remove", "confirm")  # fmt: skip
        return not (said or (self.number is not None and self.task))

    def says(self, *names: str) -> list[str]:
        """Name those of the options that were given."""
        values = {name: getattr(self, name) for name in names}
        return [name for name, one in values.items() if one is not None and one is not False and one not in ((), [])]

    def check(self, *, alone: bool) -> None:
        """See that the options go together; where no questions follow (`alone`), that something is said."""
        self._alone()
        mine = self.says(*_OF_A_TASK, "restricted")
        if mine and self.task is None:
            raise UsageError(
                _("{option} cần mã nhiệm vụ", option=option_name(mine[0])),
                help=_("ghi mã sau tên đơn vị, ví dụ: danvan log so-y-te II.1.1 …; xem các mã: danvan show"),
            )
        needs = (
            ("result", "period"), ("indicators", "period"), ("estimate", "indicators"), ("proposal", "obstacle"),
            ("file", "issued"), ("product", "activity"), ("partners", "activity"), ("sections", "report"), ("request", "report"),
        )  # fmt: skip
        for name, other in needs:
            if getattr(self, name) not in (None, False, (), []) and not getattr(self, other):
                raise UsageError(_("{option} cần có {other}", option=option_name(name), other=option_name(other)))
        if self.topic and not (self.report or self.issued or self.remove):
            raise UsageError(_("{option} cần có {other}", option="--topic", other="--report"))
        if self.issued and self.report:
            raise UsageError(_("--report ghi chữ của báo cáo, --issued ghi số, ngày: ghi bằng hai lệnh"))
        if self.issued and (self.evidence or self.title or self.restricted):
            raise UsageError(_("--issued và tài liệu kiểm chứng có số, ngày riêng: ghi bằng hai lệnh"))
        if self.restricted and (self.evidence or not self.title):
            raise UsageError(_("--restricted là tài liệu không kèm tệp, và cần --title"))
        if self.number and self.task and not (self.issued or self.evidence or self.title):
            raise UsageError(_("{option} cần có {other}", option="--number", other="--title"))
        if alone and self.nothing:
            raise UsageError(
                _("chưa nói ghi gì"),
                help=_("xem ghi được gì: danvan log --help; được hỏi từng việc còn thiếu: --ask"),
            )

    def _alone(self) -> None:
        """See that what is taken back, and what is proposed, is said by itself."""
        others = self.says(
            *_OF_A_TASK, "restricted", "obstacle", "issued", "source", "indicators", "sections", "confirm", *OF_THE_UNIT
        )
        if self.remove and others:
            raise UsageError(
                _("--remove và {option}: ghi bằng hai lệnh", option=option_name(others[0])),
                help=_("bỏ một kết quả: danvan log {unit} II.1.1 --remove result=6m", unit="so-y-te"),
            )
        if self.accept is not None and self.strike is not None:
            raise UsageError(_("chỉ ghi một trong hai: --accept hoặc --strike"))


def option_name(name: str) -> str:
    """Name an option as it is typed."""
    names = {"indicators": "--indicator", "source": "--from", "partners": "--with", "sections": "--section"}
    return names.get(name, f"--{name.replace('_', '-')}")
