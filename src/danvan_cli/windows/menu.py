"""The menu of a double click: the usual work of a unit and of Sở Nội vụ, by numbers; it stays open whatever happens.

An action is the words of a command, some of them asked for. What it runs is shown, so that who wants to can type it.
"""

from __future__ import annotations

import os
from contextlib import chdir, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from danvan_cli import __version__
from danvan_cli.cli import prompts, screen
from danvan_cli.errors import Cancelled, DanvanError, UsageError
from danvan_cli.files import is_workspace
from danvan_cli.lang import _
from danvan_cli.windows import dialogs, drops
from danvan_cli.windows.listing import Listed, open_by_system, show
from danvan_cli.windows.remembered import remember, remembered, workspace_of
from danvan_cli.windows.running import run_danvan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Deliverable


@dataclass
class Session:
    """Where the person is: the workspace, None where none has been chosen yet, and the unit that was asked for last."""

    root: Path | None = None
    unit: str = ""

    def opened(self) -> Open:
        """Open the workspace."""
        from danvan_cli.desk.opened import open_plan

        return open_plan(tell=screen.note)


class _Enough(Exception):  # noqa: N818 - no error
    """The person wants to leave."""


Ask: TypeAlias = "Callable[[Session], list[str]]"
"""Asks for words of a command; raises `prompts.Stopped` where the person thinks better of it."""


class Action(NamedTuple):
    """A line of the menu: what it says, what it does, the folder where what it makes lies."""

    says: str
    words: tuple[str | Ask, ...] | Callable[[Session], None]
    folder: str = ""


# What is asked --------------------------------------------------------------------------------------------------------


def _unit(session: Session) -> list[str]:
    """Ask for a unit; nothing typed is the one of last time."""
    opened = session.opened()
    last = session.unit if opened.is_unit(session.unit) else ""
    told = _(" (Enter: {unit})", unit=opened.unit(last).name) if last else ""
    said = prompts.answer(_("Đơn vị nào, tên hoặc mã{last}? ", last=told), lambda typed: opened.unit(typed).id) or last
    if not said:
        raise prompts.Stopped
    session.unit = said
    remember(unit=said)
    return [said]


def _owed(*kinds: str) -> Ask:
    """Ask for something that the unit owes that was asked for; one on request has its topic too."""

    def ask(session: Session) -> list[str]:
        from danvan_cli.unit.model import owed

        opened = session.opened()
        some = [one for one in owed(opened.plan, opened.unit(session.unit)) if one.kind in kinds]
        one = _one_of(sorted(some, key=lambda one: one.on_request))
        topic = ["--topic", _text(_("Về việc gì? "))(session)[0]] if one.on_request else []
        return ["--period", one.id, *topic]

    return ask


def _period(session: Session) -> list[str]:
    """Ask for a report of a period, of which the province makes its own."""
    shown = [one for one in session.opened().plan.deliverable_by_id.values() if one.kind == "report" and one.period]
    return ["--period", _one_of(shown).id]


def _one_of(some: Sequence[Deliverable]) -> Deliverable:
    return some[_number([one.name for one in some])]


def _number(names: Sequence[str]) -> int:
    """Show names with numbers and ask for one of them; only one needs no question."""
    if not names:
        raise UsageError(_("kế hoạch không có báo cáo, hồ sơ nào thuộc loại này"))
    if len(names) == 1:
        screen.say(names[0])
        return 0
    for number, name in enumerate(names, 1):
        screen.say(f"{number:>4}. {name}", indent="      ")

    def read(typed: str) -> int:
        if not typed.isdecimal() or not 1 <= int(typed) <= len(names):
            raise UsageError(_("chọn một số từ 1 đến {most}", most=len(names)))
        return int(typed)

    said = prompts.answer(_("Số mấy? "), read)
    if said is None:
        raise prompts.Stopped
    return said - 1


def _text(question: str, option: str | None = None, *, must: bool = True) -> Ask:
    """Ask for a text, for an option or by itself."""

    def ask(_session: Session) -> list[str]:
        if not (typed := prompts.line(question)):
            if must:
                raise prompts.Stopped
            return []
        return [option, typed] if option else [typed]

    return ask


def _if(question: str, *words: str) -> Ask:
    """Ask whether; these words if so."""

    def ask(_session: Session) -> list[str]:
        typed = prompts.line(_("{question} (c: có, Enter: không) ", question=question))
        return [*words] if typed.casefold() in {"c", "có", "co", "y"} else []

    return ask


def _files(title: str, *kinds: str) -> Ask:
    """Ask for files."""

    def ask(_session: Session) -> list[str]:
        if not (chosen := dialogs.files(title, kinds)):
            raise prompts.Stopped
        return [os.fspath(path.absolute()) for path in chosen]

    return ask


def _dropped(
    name: str, title: str, do: Callable[[Sequence[Path]], list[Listed]], *kinds: str
) -> Callable[[Session], None]:
    """Do what a drop target does, with files that are chosen."""

    def work(session: Session) -> None:
        paths = [Path(one) for one in _files(title, *kinds)(session)]
        show(name, title, do(paths))

    return work


# What is done by more than one command --------------------------------------------------------------------------------


def _compare(_session: Session) -> None:
    """Compare with the issued plan: what changes for whom, and whether it may be changed so."""
    from danvan_cli.saved import ISSUED, SavedVersions, versions

    root = Path.cwd()
    if SavedVersions(root).has(ISSUED):
        against = ISSUED
    else:
        every = [one.name for one in reversed(versions(root))]
        if not every:
            raise UsageError(_("chưa lưu bản nào để so"), help=_("chọn «Lưu bản» ngay khi kế hoạch được ban hành"))
        screen.say(_("Chưa có bản nào lưu là bản đã ban hành; so với bản nào?"))
        against = every[_number(every)]
    _command("diff", against)
    _command("check", "--against", against)


def _choose(session: Session) -> None:
    folder = dialogs.folder(_("Thư mục làm việc (thư mục có plans)"))
    if folder is None:
        return
    root = workspace_of([folder / "plans"]) if is_workspace(folder) else None
    if root is None:
        raise UsageError(
            _("{path} không phải thư mục làm việc: không có plans/*.yaml", path=folder),
            help=_("chọn thư mục khác, hoặc «Tạo thư mục làm việc mới»"),
        )
    _enter(session, root)


def _begin(session: Session) -> None:
    folder = _folder_for_new()
    province = _text(_("Tỉnh, thành phố nào? "))(session)[0]
    if not _command("init", folder, "--province", province):
        _enter(session, folder)


def _demo(session: Session) -> None:
    folder = _folder_for_new()
    if not _command("demo", folder):
        _enter(session, folder)


def _folder(title: str) -> Path:
    if (folder := dialogs.folder(title)) is None:
        raise prompts.Stopped
    return folder.absolute()


def _folder_for_new() -> Path:
    return _folder(_("Tạo ở trong thư mục nào")) / (prompts.line(_("Tên thư mục mới (Enter: dan-van): ")) or "dan-van")


def _enter(session: Session, root: Path) -> None:
    session.root = root
    remember(workspace=os.fspath(root))


def _open_folder(_session: Session) -> None:
    if not open_by_system(Path.cwd()):
        screen.say(str(Path.cwd()))


# The menu -------------------------------------------------------------------------------------------------------------

_TOGETHER: Final = ("plan", "self-score", "report")

ACTIONS: Final = {
    _("Việc của đơn vị"): [
        Action(_("Tạo hồ sơ của đơn vị và dự thảo kế hoạch triển khai"), ("init-unit", _unit), "units/{unit}/out"),
        Action(_("Làm sổ Excel để điền"), ("workbook", _unit), "units/{unit}/out"),
        Action(_("Ghi sổ Excel đã điền, làm báo cáo"),
               _dropped("ghi-so", _("Sổ Excel đã điền"), drops.record_dropped, "*.xlsx"), "units"),
        Action(_("Làm báo cáo, kế hoạch triển khai"), ("report", _unit, _owed("plan", "report")), "units/{unit}/out"),
        Action(_("Tự chấm điểm"), ("score", _unit, _if(_("Trả lời từng tiêu chí trên màn hình?"), "--ask")),
               "units/{unit}/out"),
        Action(_("Ghi số, ngày của văn bản đã ban hành"),
               ("log", _unit, lambda it: ["--issued", _owed(*_TOGETHER)(it)[1]], _text(_("Số văn bản? "), "--number"),
                _text(_("Ngày ban hành? "), "--date"))),
        Action(_("Đóng gói để nộp"), ("submit", _unit, _owed(*_TOGETHER)), "units/{unit}/out"),
    ],
    _("Việc của Sở Nội vụ"): [
        Action(_("Làm thư mục gửi đi cho mọi đơn vị"), ("workbook", "--all"), "build/gui-don-vi"),
        Action(_("Nhận tệp các đơn vị gửi đến"), _dropped("nhan", _("Tệp gửi đến"), drops.receive_dropped)),
        Action(_("Nhận cả một thư mục"), ("receive", lambda _it: [os.fspath(_folder(_("Thư mục chứa hồ sơ gửi đến")))]), "province/received"),
        Action(_("Ai đã gửi, ai còn nợ"), ("status",)),
        Action(_("Công văn đôn đốc"), ("remind",), "build/don-doc"),
        Action(_("Xem điểm tự chấm, điểm thẩm định"), ("review", "show")),
        Action(_("Làm sổ thẩm định Excel"), ("review", "book"), "build"),
        Action(_("Ghi sổ thẩm định đã điền"), ("review", "take", _files(_("Sổ thẩm định"), "*.xlsx"))),
        Action(_("Xếp hạng"), ("rank", _if(_("Làm cả biên bản, tờ trình, quyết định?"), "--docs")), "build/xep-loai"),
        Action(_("Báo cáo tổng hợp"), ("summary", _period), "build"),
        Action(_("Trang cho lãnh đạo"), ("page",), "build"),
    ],
    _("Việc chung"): [
        Action(_("Kiểm tra dữ liệu"), ("check",)),
        Action(_("Sửa thể thức văn bản Word"),
               _dropped("sua-the-thuc", _("Văn bản Word"), drops.mend_dropped, "*.docx", "*.doc")),
        Action(_("Lưu bản"), ("save", _if(_("Đây là bản đã ban hành?"), "--issued"),
                              _text(_("Ghi chú (Enter: không): "), "--note", must=False)), "ban-luu"),
        Action(_("So với bản đã ban hành"), _compare),
        Action(_("Mở thư mục làm việc"), _open_folder),
    ],
}  # fmt: skip
WITHOUT: Final = {
    _("Thư mục làm việc"): [
        Action(_("Chọn thư mục làm việc có sẵn"), _choose),
        Action(_("Tạo thư mục làm việc mới cho tỉnh, thành phố"), _begin),
        Action(_("Xem thử trên dữ liệu mẫu"), _demo),
    ],
}
"""What can be done where no workspace has been chosen."""


def menu() -> int:
    """Show the menu until the person leaves it."""
    known = remembered()
    session = Session(workspace_of([Path.cwd() / "plans"]) or workspace_of([]), known.get("unit", ""))
    if session.root:
        _enter(session, session.root)
    while True:
        groups = (ACTIONS if session.root else {}) | WITHOUT
        actions = _shown(session, groups)
        try:
            with suppress(prompts.Back):
                _do(session, actions)
        except (_Enough, Cancelled, prompts.Stopped, EOFError):
            return 0


def _shown(session: Session, groups: dict[str, list[Action]]) -> list[Action]:
    screen.out("\n" + _("danvan {version}", version=__version__))
    if session.root:
        screen.say(_("Thư mục làm việc: {path}", path=session.root))
    actions: list[Action] = []
    for title, some in groups.items():
        screen.out(f"\n{title.upper()}")
        for one in some:
            actions.append(one)
            screen.out(f"{len(actions):>4}. {one.says}")
    screen.out(_("   0. Thoát"))
    return actions


def _do(session: Session, actions: Sequence[Action]) -> None:
    """Ask what to do and do it, until the person leaves: `_Enough`."""
    typed = prompts.line("\n" + _("Chọn số: "))
    if typed == "0":
        raise _Enough
    if not typed.isdecimal() or not 1 <= int(typed) <= len(actions):
        screen.say(_("chọn một số từ 1 đến {most}", most=len(actions)))
        return
    action = actions[int(typed) - 1]
    screen.out(f"— {action.says}")
    with chdir(session.root or Path.cwd()):
        try:
            if callable(action.words):
                action.words(session)
            else:
                _command(*(word for one in action.words for word in ([one] if isinstance(one, str) else one(session))))
        except (prompts.Stopped, prompts.Back, KeyboardInterrupt):
            screen.say(_("thôi, về danh mục"))
            return
        except DanvanError as error:
            screen.fail(error)
        _after(session, action)


def _after(session: Session, action: Action) -> None:
    """Leave what was said on the screen until it has been read; open the folder if that is wanted."""
    folder = Path.cwd() / action.folder.format(unit=session.unit)
    openable = action.folder and folder.is_dir()
    told = _("Enter: về danh mục; m: mở thư mục {path} ", path=folder) if openable else _("Enter: về danh mục ")
    if prompts.line(told).casefold() == "m" and openable:
        open_by_system(folder)


def _command(*words: object) -> int:
    """Run a command, shown as it could be typed; give its code."""
    screen.out("> danvan " + " ".join(f'"{one}"' if " " in str(one) or not str(one) else str(one) for one in words))
    return run_danvan(*words).code
