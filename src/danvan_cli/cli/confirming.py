"""`danvan import --ask`: place by place in a terminal; every answer is written down at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from danvan_cli.cli import screen
from danvan_cli.cli.prompts import Stopped, answer, each, require_terminal
from danvan_cli.errors import Cancelled
from danvan_cli.lang import _

if TYPE_CHECKING:
    from pathlib import Path

    from danvan_cli.desk.bring_in import Confirming, Place

_RIGHT = {"đúng", "dung", "ok", "y"}
_WIDTH = 60


def ask_places(path: Path) -> None:
    """Go through what is still to be confirmed in a plan's file.

    Raises:
        UsageError: if there is no terminal, or the file cannot be read.
        Cancelled: if the input ends; what was answered before is written.
    """
    from danvan_cli.desk.bring_in import Confirming

    require_terminal("--ask", _("sửa ở các chỗ có ghi chú «cần xác nhận» trong tệp"))
    held = Confirming(path)
    places = held.places()
    if places:
        screen.note(_("đúng: giữ như đang ghi; gõ giá trị khác để sửa; Enter: để sau; lùi: câu trước; q: dừng"))
    try:
        each(places, lambda one: _ask(held, one))
    except Stopped:
        pass
    except Cancelled:
        _left(held)
        raise
    _left(held)


def _ask(held: Confirming, place: Place) -> None:
    screen.say("\n" + _("dòng {line}: {what}", line=place.line, what=place.says), indent="  ")
    shown = _shown(place.value)
    key = place.loc[-1] if place.loc else "…"

    def settle(typed: str) -> None:
        held.settle(place, None if typed.casefold() in _RIGHT else typed)

    answer(f"  {key}: {shown} [{_('đúng')}/…]: ", settle)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        text = ", ".join(map(str, value)) if not any(isinstance(one, dict) for one in value) else "…"
    else:
        text = "…" if isinstance(value, dict) else str(value)
    return text if len(text) <= _WIDTH else f"{text[:_WIDTH]}…"


def _left(held: Confirming) -> None:
    count = len(held.places())
    screen.out(_("còn {count} chỗ cần xác nhận", count=count) if count else _("không còn chỗ nào cần xác nhận"))
