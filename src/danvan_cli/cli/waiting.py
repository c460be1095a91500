"""What has come in and waits for somebody, told in lines."""

from typing import TYPE_CHECKING, Any

from danvan_cli.cli import screen
from danvan_cli.lang import _
from danvan_cli.text import few
from danvan_cli.workspace import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from danvan_cli.desk.waiting import Waiting

_SAID = {
    "report": _("có sổ số liệu, chưa có báo cáo"),
    "figures": _("có báo cáo, chưa có số liệu"),
    "log": _("đề xuất chưa ghi vào hồ sơ"),
    "choice": _("gói và hồ sơ ở đây cùng sửa một chỗ, chưa chọn"),
    "rest": _("nhận còn dở: nhận lại tệp ấy"),
    "confirm": _("kế hoạch đã đổi, chưa xác nhận"),
}
_SHOWN = 12
"""So many units are named; of more their number tells enough."""


def tell_waiting(found: "Sequence[Waiting]") -> None:
    """Tell what waits: a line for each kind, with whose it is."""
    if not found:
        return
    screen.out(_("Đang chờ:"))
    for what, words in _SAID.items():
        mine = [one for one in found if one.what == what]
        if mine:
            screen.say(f"  {_(words)}: {few([_named(one) for one in mine], _SHOWN)}", indent="    ")
    for one in [one for one in found if one.what == "log"][:_SHOWN]:
        screen.say(f"  danvan log {one.unit.id} --from {_path(one)}", indent="    ")


def in_short(found: "Sequence[Waiting]") -> str:
    """Count what waits in one line; empty where nothing does."""
    counted = [(words, sum(one.what == what for one in found)) for what, words in _SAID.items()]
    return "; ".join(f"{_(words).partition(':')[0]}: {count}" for words, count in counted if count)


def waiting_as_dict(one: "Waiting") -> dict[str, Any]:
    """Give what waits for JSON."""
    return {
        "unit": one.unit,
        "waiting_for": one.what,
        "deliverable": one.deliverable,
        "count": one.count or None,
        "path": one.path,
    }


def _named(one: "Waiting") -> str:
    name = f"{one.unit.name} ({one.deliverable.id})" if one.deliverable else one.unit.name
    return _("{name}, {count} nhiệm vụ", name=name, count=one.count) if one.what == "confirm" else name


def _path(one: "Waiting") -> str:
    return shown(one.path) if one.path else ""
