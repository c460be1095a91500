"""Taking in what units send: whatever it is, looked at, recognised, filed as it came; one bad file harms no other."""

from __future__ import annotations

import csv
import io
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from danvan_cli.delivery import bag
from danvan_cli.delivery.filing import draft, file_away, receipt_text, settle
from danvan_cli.delivery.model import PACKAGE, RECEIPT, RECEIPT_FORMAT, WORKBOOK, Receipt, ReceivedFile
from danvan_cli.delivery.store import seen
from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes, reason, write
from danvan_cli.inbox.looking import look
from danvan_cli.inbox.recognize import Recognizer, words
from danvan_cli.lang import _
from danvan_cli.pdf.text import PdfReader
from danvan_cli.plan import calendar
from danvan_cli.text import clean, day
from danvan_cli.unit.evidence import file_name
from danvan_cli.unit.typed import day as typed_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from danvan_cli.inbox.looking import Look
    from danvan_cli.plan.model import Plan, Unit

AT_ONCE: Final = 4
"""So many are taken in at a time."""
MAX_LIST: Final = 8 * 2**20
_COLUMNS: Final = {
    "tep": "file", "ten tep": "file", "file": "file", "so den": "number", "ngay den": "received", "ma don vi": "unit",
    "don vi": "unit", "co quan don vi": "unit", "bao cao": "deliverable", "ma bao cao": "deliverable",
    "so ky hieu": "symbol", "ngay ban hanh": "issued", "ngay van ban": "issued",
}  # fmt: skip
"""What a tracking list's columns are called, without marks."""


class Said(NamedTuple):
    """What a person says of what came; None is not said."""

    unit: str | None = None
    deliverable: str | None = None
    symbol: str | None = None
    issued: date | None = None
    number: str | None = None
    received: date | None = None


_UNSAID: Final = Said()


@dataclass
class Outcome:
    """What became of a file: `filed`, `known` (it was there already), `unclear`, `refused`."""

    paths: list[Path]
    state: str
    said: Said = _UNSAID
    folder: Path | None = None
    reason: str = ""
    help: str | None = None
    notes: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


def batches(paths: Iterable[Path]) -> list[list[Path]]:
    """List what is to be taken in: each file by itself, but the PDF and the Word file of one name together.

    Folders are walked; links in them are not followed, hidden files and what Word leaves behind are passed over.

    Raises:
        UsageError: if there is no such file or folder.
    """
    out: dict[tuple[Path, str], list[Path]] = {}
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(_("không có tệp {path}", path=path))
        for one in _walked(path) if path.is_dir() and not path.is_symlink() else (path,):
            pair = one.suffix.lower() in {".pdf", ".docx"}
            out.setdefault((one.parent, one.stem if pair else one.name), []).append(one)
    return [sorted(dict.fromkeys(group)) for group in out.values()]


def _walked(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if not name.startswith((".", "~$")):
                yield Path(here, name)


class Intake:
    """Takes files in, one batch after another."""

    def __init__(
        self, plan: Plan, root: Path, said: Said, listed: Mapping[str, Said], *, revision: str, carry: bool
    ) -> None:
        self.plan, self.root, self.said, self.listed = plan, root, said, listed
        self.revision, self.carry = revision, carry
        self.recognizer = Recognizer(plan)
        self._stack = ExitStack()
        self._settling: set[Path] = set()
        self._filing, self._reading = Lock(), Lock()

    def __enter__(self) -> Self:
        self.pdf = self._stack.enter_context(PdfReader())
        return self

    def __exit__(self, *_error: object) -> None:
        settle(self._settling)
        self._stack.close()

    def take_all(self, groups: Sequence[Sequence[Path]]) -> Iterator[Outcome]:
        """Take in many, some at once: reading, digesting and writing wait for the disk. Gives them in their order."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(self.take, groups)

    def take(self, paths: Sequence[Path], asked: Callable[[Sequence[Path], Said], Said] | None = None) -> Outcome:
        """Take in what belongs together.

        Args:
            paths: a file, or the PDF and the Word file of one document.
            asked: asks a person for what cannot be told; None where nobody can be asked.
        """
        try:
            looks = [self._look(path) for path in paths]
            if looks[0].kind == "bag":
                return self._bag(looks[0])
            return self._documents(looks, asked)
        except DanvanError as error:
            return Outcome([*paths], "refused", reason=error.message, help=error.help)
        except OSError as error:
            return Outcome([*paths], "refused", reason=_("{path}: {why}", path=paths[0].name, why=reason(error)))

    def _look(self, path: Path) -> Look:
        """Look at a file; one process reads PDF files, so one at a time."""
        if path.suffix.lower() != ".pdf":
            return look(path, self.pdf)
        with self._reading:
            return look(path, self.pdf)

    # Documents -------------------------------------------------------------------------------------------------------

    def _documents(self, looks: list[Look], asked: Callable[[Sequence[Path], Said], Said] | None) -> Outcome:
        paths = [one.path for one in looks]
        said = self._told(looks)
        guessed = said
        for seen_ in looks:
            guess = self.recognizer.guess(seen_, guessed.unit, guessed.deliverable)
            if guess.other_year is not None:
                raise UsageError(
                    _("{path}: là văn bản của năm {year}, không phải {mine}",
                      path=seen_.path.name, year=guess.other_year, mine=self.plan.year),
                    help=_("chọn đúng kế hoạch bằng --plan"),
                )  # fmt: skip
            guessed = guessed._replace(
                unit=guessed.unit or guess.unit,
                deliverable=guessed.deliverable or guess.deliverable,
                symbol=guessed.symbol or guess.symbol,
                issued=guessed.issued or guess.issued,
            )
        if looks[0].kind == "workbook" and (unit := self._of_workbook(looks[0])):
            guessed = guessed._replace(unit=unit, deliverable=WORKBOOK)
        if asked and (guessed.unit is None or guessed.deliverable is None):
            guessed = asked(paths, guessed)
        if guessed.unit is None or guessed.deliverable is None:
            return Outcome(paths, "unclear", guessed, looks=looks)
        self._owed(guessed.unit, guessed.deliverable, paths[0])
        received = guessed.received or self._dated(paths)
        guessed = guessed._replace(received=received)
        digest = looks[0].sha256
        if outcome := self._known(paths, guessed, {one.sha256 for one in looks}):
            return outcome
        names: dict[str, Look] = {}
        for one in looks:
            name = file_name(one.path.name)
            names[name if name not in names else f"{one.sha256[:8]}-{name}"] = one
        with draft(self.root) as folder:
            files = []
            for name, one in names.items():
                with one.path.open("rb") as source, (folder / name).open("xb") as out:
                    sha256, size = bag.copied(source, out, one.size, one.path)
                if sha256 != one.sha256:
                    raise UsageError(_("tệp {path} vừa thay đổi, chưa ghi gì", path=one.path.name))
                title = clean(one.path.name)
                files.append(
                    ReceivedFile(
                        name=name, title=title if title != name else None, sha256=sha256, size=size, signed=one.signed
                    )
                )
            return self._filed(folder, paths, guessed, digest, files, looks)

    def _told(self, looks: Sequence[Look]) -> Said:
        """Give what a person said: on the command line, else in the tracking list."""
        told = next((self.listed[key] for one in looks if (key := one.path.name.casefold()) in self.listed), Said())
        mine = {key: value for key, value in self.said._asdict().items() if value is not None}
        return told._replace(**mine)

    def _of_workbook(self, seen_: Look) -> str | None:
        """Give the unit of a workbook that danvan made; None for any other."""
        from danvan_cli.excel.baseline import sent
        from danvan_cli.ooxml.xlsx import read

        try:
            base = sent(read(read_bytes(seen_.path), seen_.path.name), seen_.path.name)
        except UsageError:
            return None
        if base.about.get("plan") != self.plan.id:
            raise UsageError(
                _("{path} theo kế hoạch «{other}», ở đây là «{id}»", path=seen_.path.name,
                  other=str(base.about.get("plan"))[:40], id=self.plan.id),
                help=_("chọn đúng kế hoạch bằng --plan"),
            )  # fmt: skip
        unit = str(base.about.get("unit"))
        if unit not in self.plan.unit_by_id:
            raise UsageError(_("{path}: kế hoạch không có đơn vị «{id}»", path=seen_.path.name, id=unit[:64]))
        if self.said.unit not in {None, unit}:
            raise UsageError(
                _("{path} là sổ của «{other}», không phải «{id}»", path=seen_.path.name, other=unit, id=self.said.unit)
            )
        return unit

    def _owed(self, unit: str, deliverable: str, path: Path) -> None:
        """Stop where the unit has nothing to do with it."""
        if deliverable == WORKBOOK:
            return
        one, who = self.plan.deliverable_by_id[deliverable], self.plan.unit_by_id[unit]
        if not (one.on_request or self.plan.owes(one, who) or self.plan.exempt(one, who)):
            raise UsageError(
                _("{path}: {unit} không phải gửi «{id}»", path=path.name, unit=who.name, id=deliverable),
                help=_("xem đơn vị phải gửi gì: danvan show --owner {id}", id=unit),
            )

    def _dated(self, paths: Sequence[Path]) -> date:
        """Give the day on which a file came, as the file itself has it; never a day that is not yet."""
        when = min(datetime.fromtimestamp(path.stat().st_mtime).astimezone().date() for path in paths)
        return min(when, calendar.today())

    def _known(self, paths: list[Path], said: Said, digests: set[str]) -> Outcome | None:
        """Tell where the very same files lie already."""
        for one in seen(self.root, str(said.unit), str(said.deliverable)):
            if digests <= {one.receipt.sha256, *(file.sha256 for file in one.receipt.files)}:
                return self._completed(Outcome(paths, "known", said, one.folder), one.receipt)
        return None

    def _completed(self, outcome: Outcome, receipt: Receipt) -> Outcome:
        """Fill in what a receipt lacks and is said now; what it says already stands."""
        there = {key: getattr(receipt, key) for key in ("symbol", "issued", "number")}
        new = {key: value for key, value in outcome.said._asdict().items() if there.get(key, value) is None and value}
        outcome.said = outcome.said._replace(
            received=receipt.received, **{key: value for key, value in there.items() if value is not None}
        )
        if new and outcome.folder:
            write(outcome.folder / RECEIPT, receipt_text(receipt.model_copy(update=new)).encode())
            outcome.notes.append(
                _("đã bổ sung vào biên nhận: {what}", what=", ".join(str(one) for one in new.values()))
            )
        return outcome

    def _filed(
        self,
        folder: Path,
        paths: list[Path],
        said: Said,
        digest: str,
        files: list[ReceivedFile],
        looks: list[Look],
        revision: str | None = None,
    ) -> Outcome:
        notes = []
        if any(one.signed for one in files):
            notes.append(_("có chữ ký số, chưa kiểm tra"))
        if said.issued and said.received and said.issued > said.received:
            notes.append(
                _(
                    "ngày ban hành {issued} sau ngày đến {received}",
                    issued=day(said.issued),
                    received=day(said.received),
                )
            )
        if said.deliverable != WORKBOOK and (said.symbol is None or said.issued is None):
            notes.append(_("chưa đọc được số, ngày ban hành; ghi bằng --symbol, --issued"))
        receipt = Receipt(
            format=RECEIPT_FORMAT, plan=self.plan.id, unit=str(said.unit), deliverable=str(said.deliverable),
            number=said.number, received=said.received or calendar.today(), symbol=said.symbol, issued=said.issued, sha256=digest,
            files=files, revision=revision,
        )  # fmt: skip
        with self._filing:  # the same file may come twice in one mail, and both may be looked at by now
            if outcome := self._known(paths, said, {digest}):
                return outcome
            to = file_away(folder, self.root, receipt)
        self._settling |= {to.parent} if to else set()
        return Outcome(paths, "filed" if to else "known", said, to, notes=notes, looks=looks)

    # Packages --------------------------------------------------------------------------------------------------------

    def _bag(self, seen_: Look) -> Outcome:
        """Take a package in: only as a whole, and only where it is what it says."""
        path = seen_.path
        with draft(self.root) as folder:
            inner = folder / PACKAGE
            inner.mkdir()
            packed = bag.unpack(path, inner)
            said = self._of_bag(packed, path)
            said = said._replace(received=said.received or self._dated([path]))
            self._owed(str(said.unit), str(said.deliverable), path)
            if outcome := self._known([path], said, {packed.sha256}):
                return outcome
            self._inside(inner / "data", packed, str(said.unit), path)
            files = [
                ReceivedFile(
                    name=f"{PACKAGE}/data/{name}", sha256=digest, size=size, signed=self._signed(inner / "data" / name)
                )
                for name, (digest, size) in packed.files.items()
            ]
            return self._filed(folder, [path], said, packed.sha256, files, [seen_], packed.info.get("Danvan-Revision"))

    def _of_bag(self, packed: bag.Bag, path: Path) -> Said:
        info = packed.info
        unit, deliverable = info.get("Danvan-Unit", ""), info.get("Danvan-Deliverable", "")
        if info.get("Danvan-Plan") != self.plan.id:
            raise UsageError(
                _("{path} theo kế hoạch «{other}», ở đây là «{id}»", path=path.name,
                  other=info.get("Danvan-Plan", "?")[:40], id=self.plan.id),
                help=_("chọn đúng kế hoạch bằng --plan"),
            )  # fmt: skip
        if unit not in self.plan.unit_by_id or deliverable not in self.plan.deliverable_by_id:
            raise UsageError(
                _("{path}: kế hoạch không có «{unit}» hoặc «{id}»", path=path.name, unit=unit[:64], id=deliverable[:64])
            )
        told = self.listed.get(path.name.casefold(), Said())
        own = Said(unit, deliverable, clean(info.get("Danvan-Number", "")) or None, _iso(info.get("Danvan-Date")))
        for mine, its in (
            (self.said.unit or told.unit, unit),
            (self.said.deliverable or told.deliverable, deliverable),
        ):
            if mine is not None and mine != its:
                raise UsageError(_("{path}: gói ghi «{its}», không phải «{mine}»", path=path.name, its=its, mine=mine))
        return Said(unit, deliverable, own.symbol or self.said.symbol or told.symbol, own.issued or self.said.issued or told.issued,
                    self.said.number or told.number, self.said.received or told.received)  # fmt: skip

    def _inside(self, data: Path, packed: bag.Bag, unit: str, path: Path) -> None:
        """Look at what a package holds: nothing secret, the unit's own record, of the plan as it is.

        Raises:
            UsageError: if it may not come in.
        """
        from danvan_cli.inbox.records import refuse_record
        from danvan_cli.rules.secrets import PACKED, refuse_secret_file

        for name in packed.files:
            inside = data / name
            if inside.suffix.lower() in PACKED or "mat" in words(inside.stem).split():
                try:
                    refuse_secret_file(inside)
                except UsageError:
                    raise UsageError(
                        _("{path}: trong gói có tệp mang dấu chỉ độ mật, hoặc tệp hỏng: không nhận", path=path.name)
                    ) from None
            elif inside.suffix.lower() == ".pdf" and "/" not in name:
                self._look(inside)
        if "unit.yaml" in packed.files:
            refuse_record(data, self.plan, unit, path.name, carry=self.carry)

    def _signed(self, path: Path) -> bool:
        from danvan_cli.inbox.looking import bears_signature

        return path.suffix.lower() == ".pdf" and bears_signature(read_bytes(path, limit=bag.MAX_TOTAL))


def _iso(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def tracking_list(path: Path, plan: Plan, unit: Callable[[str], Unit]) -> dict[str, Said]:
    """Read a tracking list (sổ văn bản đến): for each file its number and day of arrival, and what else is known.

    Args:
        path: a `.csv`, or an `.xlsx` whose first sheet holds it; the row that names the columns comes first.
        plan: the plan.
        unit: finds a unit by its id or name.

    Raises:
        UsageError: if it has no column of files, or a cell is no day.
    """
    rows = list(_table(path))
    heads: list[str] = []
    out: dict[str, Said] = {}
    for number, row in enumerate(rows, start=1):
        if not heads:
            found = [_COLUMNS.get(words(cell), "") for cell in row]
            heads = found if "file" in found else []
            continue
        told = {
            head: " ".join(clean(cell).split()) for head, cell in zip(heads, row, strict=False) if head and cell.strip()
        }
        if "file" not in told:
            continue
        try:
            who = unit(told["unit"]).id if "unit" in told else None
            days = {key: typed_day(told[key]) for key in ("issued", "received") if key in told}
        except UsageError as error:
            raise UsageError(
                _("{path}, dòng {row}: {why}", path=path.name, row=number, why=error.message), help=error.help
            ) from None
        name = told.get("deliverable")
        if name is not None and name not in plan.deliverable_by_id:
            raise UsageError(
                _("{path}, dòng {row}: kế hoạch không có «{id}»", path=path.name, row=number, id=name[:64]),
                help=_("các mã: {ids}", ids=", ".join(plan.deliverable_by_id)),
            )
        key = Path(told["file"]).name.casefold()
        out[key] = Said(who, name, told.get("symbol"), days.get("issued"), told.get("number"), days.get("received"))
    if not heads:
        raise UsageError(
            _("{path} không có cột «Tệp»", path=path.name),
            help=_("dòng đầu ghi tên cột: Tệp, Số đến, Ngày đến, Đơn vị, Báo cáo, Số ký hiệu, Ngày ban hành"),
        )
    return out


def _table(path: Path) -> Iterator[list[str]]:
    data = read_bytes(path, limit=MAX_LIST)
    if path.suffix.lower() == ".xlsx":
        from danvan_cli.ooxml.xlsx import read

        cells = read(data, path.name)[0].cells
        wide = max((column for _row, column in cells), default=0)
        for row in sorted({row for row, _column in cells}):
            yield [_shown(cells[row, column].value) if (row, column) in cells else "" for column in range(wide + 1)]
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(
            _("{path} không phải UTF-8", path=path.name), help=_("lưu lại dạng CSV UTF-8, hoặc .xlsx")
        ) from None
    first = text.partition("\n")[0]
    yield from csv.reader(io.StringIO(text), delimiter=";" if first.count(";") > first.count(",") else ",")


def _shown(value: Any) -> str:
    return (
        value.isoformat()
        if isinstance(value, date)
        else f"{value.normalize():f}"
        if hasattr(value, "normalize")
        else str(value)
    )
