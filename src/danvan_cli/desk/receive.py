"""Taking in what units send, what follows from it, and what an intake book that a person has corrected puts right."""

from __future__ import annotations

import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.delivery.bag import RECORDS
from danvan_cli.delivery.model import AMENDABLE, AMENDED_FORMAT, WORKBOOK, Amended, ReceiptChange
from danvan_cli.delivery.pending import claim, done, held_back, pending
from danvan_cli.delivery.store import amendments_of, write_beside
from danvan_cli.desk.init import guard
from danvan_cli.desk.signatures import trusted
from danvan_cli.errors import Cancelled, DanvanError, UsageError, named
from danvan_cli.files import inside, name_key, reason
from danvan_cli.inbox.book import as_workbook, book_csv, rows_by_file
from danvan_cli.inbox.intake import Intake
from danvan_cli.inbox.kind import all_kinds
from danvan_cli.inbox.model import Outcome, Said
from danvan_cli.inbox.opening import OPENED, batches
from danvan_cli.inbox.opening import opened as opened_up
from danvan_cli.inbox.records import keep_after, keep_before
from danvan_cli.lang import _
from danvan_cli.pdf.text import PdfReader
from danvan_cli.plan import calendar
from danvan_cli.text import day
from danvan_cli.unit.adopt import adopt
from danvan_cli.word.save import save
from danvan_cli.yaml.held import locked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from danvan_cli.delivery.store import Filed
    from danvan_cli.desk.corrections import Corrected
    from danvan_cli.desk.fill import Taken, UnitFilled
    from danvan_cli.desk.opened import Open
    from danvan_cli.plan.model import Unit
    from danvan_cli.scoring.model import RubricFile
    from danvan_cli.workspace import Workspace


class Arrived(NamedTuple):
    """What became of a file; of a workbook also what it brought and what was written of that."""

    outcome: Outcome
    taken: Taken | None = None
    filled: UnitFilled | None = None
    corrected: Corrected | None = None
    """What was taken back where it had been filed before, of what a tracking list has corrected."""


def said_of(
    opened: Open,
    unit: str | None,
    deliverable: str | None,
    symbol: str | None,
    issued: str | None,
    number: str | None,
    received: str | None,
) -> Said:
    """Read what a person says of what came, as typed; None is not said."""
    on = opened.happened(issued) if issued else None
    return Said(
        opened.unit(unit, on).id if unit else None,
        opened.deliverable(deliverable).id if deliverable else None,
        symbol and " ".join(symbol.split()),
        on,
        number,
        opened.happened(received) if received else None,
    )


@dataclass(frozen=True)
class Mail:
    """What is to be taken in: groups that are one document or package each, and in which archive or mail a file came."""

    groups: list[list[Path]]
    within: dict[Path, Path]

    def name(self, path: Path) -> str:
        """Name a file as the user knows it."""
        return f"{self.within[path]}/{path.name}" if path in self.within else str(path)

    @cached_property
    def _names(self) -> Counter[str]:
        return Counter(name_key(path.name) for group in self.groups for path in group)

    def short(self, path: Path) -> str:
        """Name a file in as few words as tell it from the others."""
        return _told_apart(path, self._names)


@contextmanager
def mail(files: Sequence[Path], said: Said) -> Iterator[Mail]:
    """List what is to be taken in; archives and mails are open as long as this is.

    What is said of a single document cannot be said of several.
    """
    came = Mail([], {})
    with TemporaryDirectory() as temporary:
        for number, group in enumerate(batches(files)):
            path, out = group[0], group
            if len(group) == 1 and path.suffix.lower() in OPENED:
                out = opened_up(path, Path(temporary, str(number)))
            if out == group:
                came.groups.append(group)
                continue
            came.within.update(dict.fromkeys((one for one in out if one != path), path))
            came.groups.extend(batches(out))
        if len(came.groups) > 1 and (said.symbol or said.issued or said.number):
            raise UsageError(
                _("--symbol, --issued, --number là của một văn bản, ở đây có {count}", count=len(came.groups)),
                help=_("nhận từng văn bản, hoặc ghi vào sổ văn bản đến: --list"),
            )
        yield came


def _told_apart(path: Path, names: Counter[str]) -> str:
    """Name a file, with its folder where others (`names` counts them by `name_key`) have its name."""
    return "/".join(path.parts[-2 if names[name_key(path.name)] > 1 else -1 :])


_ID: Final = 8
"""Digits of a digest by which the intake book names what was filed."""


def write_book(opened: Open, path: Path, rows: Sequence[tuple[Outcome, str]]) -> None:
    """Write the intake book: a row for each file, with what became of it and why."""
    names = Counter(name_key(file.name) for one, _became in rows for file in one.paths)
    book = [
        (
            one.said._replace(
                file=_told_apart(file, names),
                id=one.receipt.sha256[:_ID] if one.receipt else "",
            ),
            became,
        )
        for one, became in rows
        for file in one.paths
    ]
    title = f"SỔ NHẬN BÁO CÁO, HỒ SƠ {opened.plan.span}".upper()
    save(path, book_csv(book) if path.suffix.lower() == ".csv" else as_workbook(book, opened.plan, title))


def unmatched(opened: Open, known: Mapping[str, Said], groups: Sequence[Sequence[Path]]) -> list[str]:
    """List the rows of a tracking list that are of no file, neither of those that come nor of any that came."""
    here = {one.file for one in rows_by_file(known, (path for group in groups for path in group)).values()}
    rest = {name: one for name, one in known.items() if one.file not in here and not one.id}
    if rest:
        receipts = (one.receipt for filed in opened.received(lenient=True).values() for one in filed)
        came = {name_key(file.title or file.name) for one in receipts for file in one.files}
        rest = {name: one for name, one in rest.items() if name.partition("\n")[0] not in came}
    return [str(one.file) for one in rest.values()]


def take_in(
    opened: Open,
    groups: Sequence[Sequence[Path]],
    said: Said,
    *,
    listed: Mapping[str, Said],
    ask: Callable[[Sequence[Path], Said], Said] | None = None,
    carry: bool = False,
    force: bool = False,
    aside: Path | None = None,
    prefer: str | None = None,
    roots: Sequence[Path] = (),
) -> Iterator[Arrived]:
    """Take in groups of files, one after another in their order; a bad one harms no other.

    Args:
        opened: the workspace.
        groups: what is to be taken in (`mail`).
        said: what a person says of all of it.
        listed: the tracking list (`inbox/book`).
        ask: asks a person for what cannot be told; None where nobody can be asked.
        carry: whether records of an older revision of the plan are taken.
        force: whether what a person says of a document stands against its own letterhead.
        aside: where what is refused is moved.
        prefer: whose value stands where a package and the unit's file were both edited: `package` or `file`.
        roots: certificates that are trusted; what the workspace names where none is given.
    """
    guard(opened.workspace)
    hands = _Hands(opened, carry=carry, prefer=prefer)
    pdf = PdfReader(trusted(opened.workspace.root, roots), calendar.now())
    rows = rows_by_file(listed, (path for group in groups for path in group))
    with Intake(opened.plan, opened.workspace.received, said, rows, carry, force, pdf) as intake:
        taken = intake.take_all(groups)
        for paths in groups:
            outcome = next(taken)
            if ask and outcome.state == "unclear":
                outcome = intake.take(paths, ask)
            hands.taken = hands.filled = None
            with intake.filing:
                put_right = _put_right(opened, outcome)
                _follow(hands, outcome)
            if aside and outcome.state == "refused":
                _put_aside(outcome, aside)
            outcome.looks.clear()  # what was read is needed no more
            yield Arrived(outcome, hands.taken, hands.filled, put_right)


class _Hands:
    """What kinds of files may do with the workspace; what became of the last workbook."""

    def __init__(self, opened: Open, *, carry: bool, prefer: str | None = None) -> None:
        self.opened, self.plan, self.workspace = opened, opened.plan, opened.workspace
        self.carry, self.prefer = carry, prefer
        self.taken: Taken | None = None
        self.filled: UnitFilled | None = None

    @cached_property
    def rubrics(self) -> RubricFile | None:
        """Those of the workspace: read once, and only where a workbook came."""
        from danvan_cli.desk.score import rubrics_if_any

        return rubrics_if_any(self.opened)

    def fill(self, unit: Unit, path: Path, pages: Any) -> bool:
        """Take a workbook's cells into its unit's files; tell whether nothing is left to be looked at."""
        rubrics = self.rubrics
        adopt(self.workspace, self.plan, self.opened.data, unit)
        from danvan_cli.desk.fill import Filling  # with all that workbooks need: most of what comes is none

        filling = Filling(self.opened, rubrics, carry=self.carry)
        self.taken = filling.take(path, pages)
        if self.taken.error:
            raise self.taken.error
        (self.filled,) = filling.write()
        return not self.filled.incomplete


def _follow(hands: _Hands, outcome: Outcome) -> None:
    """Do with what was filed what its kind asks for; what an interruption left undone is done when the same comes again."""
    if outcome.folder is None:
        return
    root = hands.workspace.received
    try:
        left = pending(outcome.folder)
        if left is None or outcome.receipt is None:
            return
        for look in outcome.looks:
            kind = all_kinds()[look.kind]
            if not (todo := left.todo & kind.to_do(outcome.receipt, hands.plan)):
                continue
            outcome.resumed = outcome.state == "known"
            if not kind.merged:
                claim(root, left, todo)
            with _kept(hands.workspace, str(outcome.said.unit), outcome.folder, todo):
                finished = kind.then(hands, outcome, look, left)
            if finished:
                done(root, left, todo | {held_back(one) for one in todo})
    except Cancelled:
        raise
    except Exception as error:  # noqa: BLE001 - it is filed all the same, and the files after it come in
        said, hint = (error.message, error.help) if isinstance(error, DanvanError) else (named(error), None)
        outcome.notes.append(said)
        outcome.help = hint or _("hồ sơ đã vào sổ; phần dữ liệu chưa ghi, nhận lại tệp này để ghi tiếp")


@contextmanager
def _kept(workspace: Workspace, unit: str, folder: Path, todo: Collection[str]) -> Iterator[None]:
    """Keep what is changed in a unit's files meanwhile, so that it can be taken back."""
    here = None if _INTO_UNITS.isdisjoint(todo) else keep_before(workspace, unit, folder)
    try:
        yield
    finally:
        if here:
            keep_after(workspace, unit, here)


def move_filed(opened: Open, name: str, unit: str | None, deliverable: str | None) -> tuple[Corrected, Outcome]:
    """File what came under another unit or deliverable (`corrections.move`), and do there what is to follow it."""
    from danvan_cli.desk.corrections import move

    done, outcome = move(opened, name, unit, deliverable)
    _follow(_Hands(opened, carry=False), outcome)
    return done, outcome


def _put_right(opened: Open, outcome: Outcome) -> Corrected | None:
    """Move what lies elsewhere to where a tracking list says that it belongs."""
    if outcome.state != "misfiled" or outcome.folder is None:
        return None
    root = opened.workspace.received
    was = outcome.folder.relative_to(root).as_posix()
    try:
        done, there = move_filed(opened, was, outcome.said.unit, outcome.said.deliverable)
    except DanvanError as error:
        outcome.state, outcome.reason, outcome.help = "refused", error.message, error.help
        return None
    outcome.state, outcome.folder, outcome.receipt = "filed", there.folder, there.receipt
    outcome.notes += [_("chuyển từ {was}, theo sổ văn bản đến", was=was), *there.notes]
    return done


_INTO_UNITS: Final = frozenset((*RECORDS, WORKBOOK))
"""What is to follow that changes a unit's files."""


def _put_aside(outcome: Outcome, folder: Path) -> None:
    """Move what was refused where it is out of the way; the first free name is taken."""
    try:
        inside(folder).mkdir(parents=True, exist_ok=True)
        for path in outcome.paths:
            to, count = folder / path.name, 1
            while to.exists():
                count += 1
                to = folder / f"{path.stem}-{count}{path.suffix}"
            shutil.move(path, to)
            outcome.notes.append(_("đã chuyển sang {path}", path=to))
    except OSError as error:
        outcome.notes.append(_("không chuyển được: {why}", why=reason(error)))


# An intake book that was corrected ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Righted:
    """What an intake book puts right: the file, what it says otherwise than was filed, what came of it, or why nothing did."""

    file: str
    said: tuple[str, ...]
    moved: Corrected | None = None
    error: DanvanError | None = None


def by_book(opened: Open, rows: Iterable[Said]) -> Iterator[Righted]:
    """Put right what an intake book that was corrected says otherwise than the receipts do; a wrong row harms no other.

    Rows without an id are passed over.
    """
    rows = [one for one in rows if one.id]
    if not rows:
        return
    every = [one for some in opened.received().values() for one in some]
    filed = {one.receipt.sha256[:_ID]: one for one in every}
    for row in rows:
        one = filed.get(str(row.id))
        if one is None:
            why = UsageError(_("không có hồ sơ đã nhận nào là «{name}»", name=str(row.id)[:80]))
            yield Righted(str(row.file), (), error=why)
        elif told := {
            key: value
            for key in ("unit", "deliverable", *AMENDABLE)
            if (value := getattr(row, key)) is not None and value != getattr(one.receipt, key)
        }:
            yield _righted(opened, row, one, told)


def _righted(opened: Open, row: Said, one: Filed, told: dict[str, Any]) -> Righted:
    said = tuple(day(value) if isinstance(value, date) else str(value) for value in told.values())
    try:
        there = None
        if "unit" in told or "deliverable" in told:
            there, _outcome = move_filed(opened, "/".join(one.folder.parts[-3:]), row.unit, row.deliverable)
        if data := {key: value for key, value in told.items() if key in AMENDABLE}:
            folder = there.folder if there else one.folder
            with locked(folder):
                was = amendments_of(folder)
                now = ReceiptChange(date=calendar.today(), **data)
                changes = [*(was.changes if was else ()), now]
                write_beside(folder, Amended(format=AMENDED_FORMAT, changes=changes))
    except DanvanError as error:
        return Righted(str(row.file), said, error=error)
    return Righted(str(row.file), said, there)
