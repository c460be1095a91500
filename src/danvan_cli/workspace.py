"""A workspace: the folder that holds `plans/`, and where everything lies in it."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from danvan_cli.errors import UsageError
from danvan_cli.files import is_workspace, safe_name
from danvan_cli.lang import _

_YEAR = re.compile(rb"^year:\s*(\d{4})", re.MULTILINE)
_ID = re.compile(rb"^id:\s*[\"']?([^\"'\s#]+)", re.MULTILINE)
_OTHER = re.compile(r"calendar\.yaml|functions\.yaml|\..*|.*\.rubric\.yaml", re.DOTALL)
"""Files in `plans/` that are no plans."""


@dataclass(frozen=True)
class Workspace:
    """The folder of a plan's year: plans, templates, units."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Workspace:
        """Find the workspace that holds a folder (the current one), from it upward.

        Raises:
            UsageError: if no folder on the way holds plans.
        """
        here = (start or Path.cwd()).absolute()
        for folder in (here, *here.parents):
            if is_workspace(folder):
                return cls(folder)
        raise UsageError(
            _("{here} không nằm trong thư mục làm việc nào của danvan (không thấy plans/*.yaml)", here=here),
            help=_("tạo một thư mục làm việc: danvan init TÊN-THƯ-MỤC, rồi vào thư mục đó"),
        )

    @classmethod
    def holding(cls, folder: Path) -> Workspace | None:
        """Find the workspace that holds a folder, where one does."""
        try:
            return cls.find(folder)
        except UsageError:
            return None

    @property
    def plans(self) -> list[Path]:
        """The plan files, the latest year last."""
        found = [path for path in (self.root / "plans").glob("*.yaml") if not _OTHER.fullmatch(path.name)]
        return sorted(found, key=lambda path: (int(_said(_YEAR, path) or 0), path.name))

    def twin(self, plan: Path) -> Path | None:
        """Find another plan here that is called by the same id, so that each would take the other's units' files for its own."""
        return self.called((_said(_ID, plan) or b"").decode(errors="replace"), plan)

    def called(self, id_: str, but: Path) -> Path | None:
        """Find a plan here by its id, but for one file."""
        others = (one for one in self.plans if id_ and one.resolve() != but.resolve())
        return next((one for one in others if _said(_ID, one) == id_.encode()), None)

    def plan(self, given: Path | None = None) -> Path:
        """Choose the plan: the one given, else the one of the latest year.

        Raises:
            UsageError: if there is none, or two are called the same.
        """
        if given is not None:
            if not given.exists():
                raise UsageError(_("không có tệp kế hoạch {path}", path=given))
            return given
        plans = self.plans
        if not plans:
            raise UsageError(_("thư mục {path} chưa có kế hoạch nào", path=self.root / "plans"))
        if len(plans) > 1 and (twin := self.twin(plans[-1])):
            raise UsageError(
                _("{one} và {other} là hai kế hoạch cùng mã", one=shown(twin), other=shown(plans[-1])),
                help=_("mỗi thư mục làm việc chỉ có một kế hoạch: chuyển tệp kia đi nơi khác, hoặc ghi --plan TỆP"),
            )
        return plans[-1]

    @property
    def calendar(self) -> Path:
        """The calendar of holidays and swapped working days."""
        return self.root / "plans" / "calendar.yaml"

    @property
    def functions(self) -> Path:
        """What each kind of unit does, for proposals."""
        return self.root / "plans" / "functions.yaml"

    @property
    def templates(self) -> Path:
        """The users' own templates."""
        return self.root / "templates"

    def adopted(self, sha12: str) -> Path:
        """The revision of a plan that some unit has adopted, by the first 12 digits of its SHA-256."""
        return self.root / "plans" / ".adopted" / f"{sha12}.yaml"

    @property
    def all_adopted(self) -> list[Path]:
        """Every revision of a plan that some unit has adopted."""
        return sorted(self.adopted("any").parent.glob("*.yaml"))

    def unit(self, unit: str) -> Path:
        """The folder of a unit."""
        return self.root / "units" / safe_name(unit)

    def unit_file(self, unit: str) -> Path:
        """What a unit has decided and recorded."""
        return self.unit(unit) / "unit.yaml"

    def score_file(self, unit: str) -> Path:
        """A unit's answers to its rubric."""
        return self.unit(unit) / "score.yaml"

    def out(self, unit: str) -> Path:
        """The documents of a unit."""
        return self.unit(unit) / "out"

    @property
    def received(self) -> Path:
        """What units have sent, as it came."""
        return self.root / "province" / "received"

    @property
    def province(self) -> Path:
        """What Sở Nội vụ records."""
        return self.root / "province"

    @property
    def build(self) -> Path:
        """The province's own documents."""
        return self.root / "build"

    @property
    def proposals(self) -> Path:
        """What was read of units' reports, to be looked over and recorded."""
        return self.build / "de-xuat"

    def unit_here(self) -> str | None:
        """Tell which unit's folder the current folder lies in, if any."""
        try:
            parts = Path.cwd().absolute().relative_to(self.root / "units").parts
        except ValueError:
            return None
        return parts[0] if parts else None


def shown(path: Path) -> str:
    """Write a path as the user knows it: from the current folder where it lies below it, with forward slashes."""
    whole, here = str(path.absolute()), os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 - pathlib takes ten times as long
    if whole + os.sep == here:
        return "."
    return whole[len(here) :].replace(os.sep, "/") if whole.startswith(here) else str(path)


def _said(key: re.Pattern[bytes], path: Path) -> bytes | None:
    """Find what a key at the top of a plan says."""
    with suppress(OSError):
        if path.is_file():  # a pipe never ends
            with path.open("rb") as file:
                found = key.search(file.read(4096))
            return found and found[1]
    return None
