"""Taking in what units send: whatever it is, looked at, recognised, filed as it came; one bad file harms no other."""

from __future__ import annotations

import os
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Final, Self

from danvan_cli.delivery import bag
from danvan_cli.delivery.model import RECEIPT_FORMAT, WORKBOOK, Receipt, ReceivedFile, signed_by
from danvan_cli.delivery.pending import note_pending
from danvan_cli.delivery.store import draft, file_away, received, seen, write_beside
from danvan_cli.errors import Cancelled, DanvanError, UsageError, named
from danvan_cli.files import left_by_systems, reason, same_name, settle
from danvan_cli.inbox.kind import all_kinds
from danvan_cli.inbox.looking import look
from danvan_cli.inbox.model import LACKS, Outcome, Said
from danvan_cli.inbox.recognize import Recognizer
from danvan_cli.lang import _
from danvan_cli.pdf.signatures import AGAINST
from danvan_cli.pdf.signatures import said as said_of
from danvan_cli.pdf.text import PdfReader
from danvan_cli.plan import calendar
from danvan_cli.plan.days import misdated
from danvan_cli.text import day, readable
from danvan_cli.typed import YEARS
from danvan_cli.unit.evidence import clean_file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from danvan_cli.delivery.store import Filed
    from danvan_cli.inbox.edxml import Envelope
    from danvan_cli.inbox.model import Look
    from danvan_cli.plan.model import Plan

_PAIR: Final = frozenset({".pdf", ".docx"})
"""The Word file and the PDF of one name are one document."""
AT_ONCE: Final = 4
"""So many are taken in at a time."""


def batches(paths: Iterable[Path]) -> list[list[Path]]:
    """List what is to be taken in: each file by itself, but the PDF and the Word file of one name together.

    Folders are walked; links in them are not followed, hidden files and what systems leave behind are passed over. A folder
    that is an unpacked package is one thing.

    Raises:
        UsageError: if there is no such file or folder.
    """
    out: dict[tuple[Path, str], list[Path]] = {}
    for path in paths:
        if not path.exists() and not path.is_symlink():
            raise UsageError(_("không có tệp {path}", path=path))
        for one in _walked(path) if path.is_dir() and not path.is_symlink() else (path,):
            if left_by_systems(one.name):
                continue
            name, suffix = same_name(one.name), one.suffix.lower()
            group = out.setdefault((one.parent, name.removesuffix(suffix) if suffix in _PAIR else name), [])
            if any(other.suffix.lower() == suffix and other != one for other in group):
                group = out.setdefault((one.parent, one.name), [])
            group.append(one)
    return [sorted(dict.fromkeys(group)) for group in out.values()]


def _walked(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        if bag.DECLARATION in names:
            folders.clear()
            yield Path(here)
            continue
        folders[:] = sorted(one for one in folders if not one.startswith(".") and not left_by_systems(one))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(here, name)


class Intake:
    """Takes files in, one batch after another."""

    def __init__(
        self,
        plan: Plan,
        root: Path,
        said: Said,
        listed: Mapping[str, Said],
        *,
        revision: str,
        carry: bool,
        force: bool = False,
        pdf: PdfReader | None = None,
        sent: Mapping[Path, Envelope] | None = None,
    ) -> None:
        self.plan, self.root, self.said, self.listed = plan, root, said, listed
        self.revision, self.carry, self.force = revision, carry, force
        self.recognizer = Recognizer(plan)
        self.pdf = pdf or PdfReader()
        self.sent = sent or {}
        self._stack = ExitStack()
        self._settling: set[Path] = set()
        self._filing = Condition()
        self._turns: dict[tuple[Path, ...], int] = {}
        self._passed: set[int] = set()
        self._next = 0

    def __enter__(self) -> Self:
        self._began = time.time_ns()
        self._stack.enter_context(self.pdf)
        return self

    def __exit__(self, *_error: object) -> None:
        settle(self._settling)  # once for all that came, which takes hardly longer than one
        self._stack.close()

    def take_all(self, groups: Sequence[Sequence[Path]]) -> Iterator[Outcome]:
        """Take in many, some at once: reading, digesting and writing wait for the disk. Gives and files them in their order.

        No more are read ahead: what was read of them is kept until they are given.
        """
        self._turns = {tuple(group): turn for turn, group in enumerate(groups)}
        ahead: deque[Future[Outcome]] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                for group in groups:
                    ahead.append(pool.submit(self._take_in_turn, group))
                    if len(ahead) == AT_ONCE:
                        yield ahead.popleft().result()
                while ahead:
                    yield ahead.popleft().result()
            finally:
                for one in ahead:
                    one.cancel()

    def _take_in_turn(self, paths: Sequence[Path]) -> Outcome:
        try:
            return self.take(paths)
        finally:
            with self._filing:
                self._passed.add(self._turns[tuple(paths)])
                while self._next in self._passed:
                    self._next += 1
                self._filing.notify_all()

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let nothing be filed meanwhile: what follows one delivery is done before the next one notes what will follow it."""
        with self._filing:
            yield

    def take(self, paths: Sequence[Path], asked: Callable[[Sequence[Path], Said], Said] | None = None) -> Outcome:
        """Take in what belongs together.

        Args:
            paths: a file, or the PDF and the Word file of one document.
            asked: asks a person for what cannot be told; None where nobody can be asked.
        """
        try:
            if paths[0].is_dir() and not paths[0].is_symlink():
                with bag.zipped(paths[0]) as path:
                    outcome = self.take([path])
                outcome.paths = [*paths]
                return outcome
            looks = [look(path, self.pdf) for path in paths]
            return all_kinds()[looks[0].kind].take(self, looks[0]) or self._documents(looks, asked)
        except DanvanError as error:
            return Outcome([*paths], "refused", reason=error.message, help=error.help)
        except OSError as error:
            return Outcome([*paths], "refused", reason=_("{path}: {why}", path=paths[0].name, why=reason(error)))
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a stranger's file does to us or a library, the others come in
            why = _("{path}: không đọc được ({what})", path=paths[0].name, what=named(error))
            return Outcome([*paths], "refused", reason=why, help=_("đề nghị đơn vị gửi lại"))

    # Documents -------------------------------------------------------------------------------------------------------

    def _documents(self, looks: list[Look], asked: Callable[[Sequence[Path], Said], Said] | None) -> Outcome:
        paths = [one.path for one in looks]
        guessed, by = self._guessed(looks)
        if asked and (guessed.unit is None or guessed.deliverable is None):
            guessed = asked(paths, guessed)
        if guessed.unit is None or guessed.deliverable is None:
            told = [said_of(sign) for one in looks for sign in one.contents.signatures]
            notes = [*dict.fromkeys(told), *(_(LACKS[one.contents.lacks]) for one in looks if one.contents.lacks)]
            return Outcome(paths, "unclear", guessed, looks=looks, by=by, notes=notes)
        self.owed(guessed, paths[0])
        guessed = self.arrived(guessed, paths)
        if outcome := self.known(looks, guessed, {one.sha256 for one in looks}):
            outcome.by = by
            return outcome
        if outcome := self._elsewhere(looks, guessed, by):
            return outcome
        names: dict[str, Look] = {}
        for one in looks:
            name = clean_file_name(one.path.name)
            names[name if name not in names else f"{one.sha256[:8]}-{name}"] = one
        with draft(self.root) as folder:
            files = []
            for name, one in names.items():
                with one.path.open("rb") as source, (folder / name).open("xb") as out:
                    sha256, size = bag.copied_stream(source, out, one.size, one.path)
                if sha256 != one.sha256:
                    raise UsageError(_("tệp {path} vừa thay đổi, chưa ghi gì", path=one.path.name))
                title = readable(one.path.name)
                files.append(
                    ReceivedFile(
                        name=name,
                        title=title if title != name else None,
                        sha256=sha256,
                        size=size,
                        signatures=signed_by(one.contents.signatures),
                    )
                )
            outcome = self.filed(folder, guessed, looks[0].sha256, files, looks)
            outcome.by = by
            return outcome

    def _elsewhere(self, looks: list[Look], said: Said, by: tuple[str, ...]) -> Outcome | None:
        """Tell where the very same files are filed otherwise: by a person's word, which stands against what is read of them.

        A tracking list that says otherwise corrects that (`misfiled`); on the command line the same may be filed twice.
        """
        digests = {one.sha256 for one in looks}
        there = [one for one in self._filed if digests <= {it.sha256 for it in one.receipt.files}]
        if not there or "said" in by:
            return None
        state = "misfiled" if "list" in by and len(there) == 1 else "known"
        folder, receipt = there[0].folder, there[0].receipt
        if state == "known":
            said = said._replace(unit=receipt.unit, deliverable=receipt.deliverable, received=receipt.received)
        return Outcome([one.path for one in looks], state, said, folder, receipt, looks=looks, by=by)

    @cached_property
    def _filed(self) -> list[Filed]:
        """What had been filed before this began."""
        return [one for some in received(self.root, self.plan.id, {}).values() for one in some]

    def _guessed(self, looks: list[Look]) -> tuple[Said, tuple[str, ...]]:
        """Put together what a person says, what the files say of themselves, and what can be told of their text and names."""
        paths = [one.path for one in looks]
        said = self.told(paths)
        listed = any(any(self.listed.get(same_name(path.name), Said())[:2]) for path in paths)
        by = {"said": None} if self.said.unit or self.said.deliverable else {"list": None} if listed else {}
        by |= {"envelope": None} if said.unit and not by else {}
        guessed = said
        subject = self.sent[paths[0]].subject if paths[0] in self.sent else ""
        for one in looks:
            seen_ = replace(one, contents=one.contents._replace(title=subject)) if subject else one
            guess = self.recognizer.guess(seen_, guessed.unit, guessed.deliverable)
            if guess.other_year is not None:
                raise UsageError(
                    _("{path}: là văn bản của năm {year}, không phải {mine}",
                      path=seen_.path.name, year=guess.other_year, mine=self.plan.year),
                    help=_("chọn đúng kế hoạch bằng --plan"),
                )  # fmt: skip
            self._as_it_says(seen_.path, guess.own_unit, said.unit)
            guessed = guessed._replace(
                unit=guessed.unit or guess.unit,
                deliverable=guessed.deliverable or guess.deliverable,
                symbol=guessed.symbol or guess.symbol,
                issued=guessed.issued or guess.issued,
            )
            by |= dict.fromkeys(guess.by)
        if whose := all_kinds()[looks[0].kind].whose(looks[0], self.plan):
            if said.unit not in {None, whose[0]}:
                raise UsageError(
                    _("{path} là sổ của «{other}», không phải «{id}»", path=paths[0].name, other=whose[0], id=said.unit)
                )
            guessed, by = guessed._replace(unit=whose[0], deliverable=whose[1]), {"workbook": None}
        return guessed, tuple(by)

    def _as_it_says(self, path: Path, own: str | None, said: str | None) -> None:
        """Stop where a document's letterhead names another unit than a person does, unless that is meant.

        Raises:
            UsageError: if so.
        """
        if own and said and not self.force and own not in {one.id for one in self.plan.predecessors.get(said, ())}:
            raise UsageError(
                _("{path}: văn bản ghi là của «{other}», không phải «{id}»",
                  path=path.name, other=self.plan.unit_by_id[own].name, id=self.plan.unit_by_id[said].name),
                help=_("xem lại --unit, hoặc sổ văn bản đến; vẫn nhận như đã nói: --force"),
            )  # fmt: skip

    def told(self, paths: Sequence[Path]) -> Said:
        """Give what a person said: on the command line, else in the tracking list; else what an envelope says."""
        told = next((self.listed[key] for path in paths if (key := same_name(path.name)) in self.listed), Said())
        mine = {key: value for key, value in self.said._asdict().items() if value is not None}
        mine = {key: value for key, value in told._asdict().items() if value is not None} | mine
        return self._sent(paths)._replace(**mine)

    def _sent(self, paths: Sequence[Path]) -> Said:
        """Give what the envelope of an electronic document says of it, as far as that can be."""
        envelope = self.sent.get(paths[0])
        if envelope is None:
            return Said()
        issued = envelope.issued if envelope.issued and not misdated(envelope.issued, self.plan.years) else None
        return Said(self.recognizer.sender(envelope.organ, envelope.sender), None, envelope.symbol, issued)

    def _noted(self, path: Path) -> list[str]:
        """Give what an envelope says besides, for the receipt."""
        one = self.sent.get(path)
        if one is None:
            return []
        told = (f"Trích yếu: {one.subject}" if one.subject else "", f"Hạn ghi ở thư: {day(one.due)}" if one.due else "",
                f"Nơi gửi: {' '.join(filter(None, (one.organ, one.sender)))}" if one.organ or one.sender else "")  # fmt: skip
        return [text for text in told if text]

    def owed(self, said: Said, path: Path) -> str:
        """Stop where the unit has nothing to do with it; give the unit.

        Raises:
            UsageError: if so.
        """
        unit = str(said.unit)
        if said.deliverable == WORKBOOK:
            return unit
        one, who = self.plan.deliverable_by_id[str(said.deliverable)], self.plan.unit_by_id[unit]
        if not (one.on_request or self.plan.owes(one, who) or self.plan.exempt(one, who)):
            raise UsageError(
                _("{path}: {unit} không phải gửi «{id}»", path=path.name, unit=who.name, id=one.id),
                help=_("xem đơn vị phải gửi gì: danvan show --owner {id}", id=unit),
            )
        return unit

    def arrived(self, said: Said, paths: Sequence[Path]) -> Said:
        """Say when it came: as a person says, else as the file itself has it; never a day that is not yet."""
        if said.received:
            return said
        try:
            when = min(calendar.vietnams_day(path.stat().st_mtime) for path in paths)
        except (ValueError, OverflowError):  # a time beyond all calendars
            when = date.max
        likely = when.year in YEARS and when.year >= self.plan.year - 1  # a zip without days unpacks to 1980
        return said._replace(received=min(when, calendar.today()) if likely else calendar.today())

    def known(self, looks: list[Look], said: Said, digests: set[str]) -> Outcome | None:
        """Tell where the very same files lie already."""
        for one in seen(self.root, str(said.unit), str(said.deliverable)):
            if digests <= {one.receipt.sha256, *(file.sha256 for file in one.receipt.files)}:
                outcome = Outcome([it.path for it in looks], "known", said, one.folder, one.receipt, looks=looks)
                return self._completed(outcome, one.receipt, one.written or one.receipt)
        return None

    def _completed(self, outcome: Outcome, receipt: Receipt, written: Receipt) -> Outcome:
        """Fill in what a receipt lacks and is said now; what it says already stands."""
        there = {key: getattr(receipt, key) for key in ("symbol", "issued", "number")}
        new = {key: value for key, value in outcome.said._asdict().items() if there.get(key, value) is None and value}
        outcome.said = outcome.said._replace(
            received=receipt.received, **{key: value for key, value in there.items() if value is not None}
        )
        if new and outcome.folder:
            write_beside(outcome.folder, written.model_copy(update=new))
            outcome.notes.append(
                _("đã bổ sung vào biên nhận: {what}", what=", ".join(str(one) for one in new.values()))
            )
        return outcome

    def filed(
        self,
        folder: Path,
        said: Said,
        digest: str,
        files: list[ReceivedFile],
        looks: list[Look],
        revision: str | None = None,
    ) -> Outcome:
        """File what lies ready in a folder, with its receipt and the note of what is to follow.

        Args:
            folder: what came, as it came.
            said: whose and what it is.
            digest: the SHA-256 that it is known by.
            files: what the folder holds.
            looks: what was looked at.
            revision: the revision of the plan that it rests on, if it says so.
        """
        paths = [one.path for one in looks]
        signatures = [one for file in files for one in file.signatures]
        notes = list(dict.fromkeys(said_of(one.signature) for one in signatures))
        if said.issued and said.received and said.issued > said.received:
            notes.append(
                _(
                    "ngày ban hành {issued} sau ngày đến {received}",
                    issued=day(said.issued),
                    received=day(said.received),
                )
            )
        notes += [_(LACKS[one.contents.lacks]) for one in looks if one.contents.lacks]
        if said.deliverable != WORKBOOK and (said.symbol is None or said.issued is None):
            notes.append(_("chưa đọc được số, ngày ban hành; ghi bằng --symbol, --issued"))
        receipt = Receipt(
            format=RECEIPT_FORMAT, plan=self.plan.id, unit=str(said.unit), deliverable=str(said.deliverable),
            number=said.number, received=said.received or calendar.today(), symbol=said.symbol, issued=said.issued, sha256=digest,
            files=files, revision=revision, notes=self._noted(paths[0]),
        )  # fmt: skip
        turn = self._turns.get(tuple(paths), 0)
        with self._filing:
            # Filed in their order, so that a rerun after an interruption finds the first of them, none of the later
            self._filing.wait_for(lambda: self._next >= turn)
            # The same file may come twice in one mail, and both may be looked at by now
            if outcome := self.known(looks, said, {digest}):
                return outcome
            todo = (all_kinds()[one.kind].to_do(receipt, self.plan) for one in looks)
            note_pending(folder, self._began + turn, set().union(*todo))
            to = file_away(folder, self.root, receipt)
        if to:
            self._settling |= {
                self.root,
                to.parent.parent,
                to.parent,
                *(Path(one) for one, _folders, _names in os.walk(to)),
            }
        outcome = Outcome(paths, "filed" if to else "known", said, to, receipt, notes=notes, looks=looks)
        if to and AGAINST.intersection(one.found for one in signatures):
            outcome.help = _(
                "văn bản không còn như khi ký: đề nghị gửi lại bản đã ký; trả lại thì dùng danvan send-back"
            )
        return outcome
