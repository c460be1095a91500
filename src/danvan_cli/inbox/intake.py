"""Taking in what units send: whatever it is, looked at, recognised, filed as it came; one bad file harms no other."""

from __future__ import annotations

import os
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, Self

from danvan_cli.delivery import bag
from danvan_cli.delivery.model import PACKAGE, RECEIPT_FORMAT, WORKBOOK, Receipt, ReceivedFile, signed_by
from danvan_cli.delivery.pending import note_pending
from danvan_cli.delivery.store import draft_folder, file_away, received, seen, write_beside
from danvan_cli.errors import Cancelled, DanvanError, UsageError, named
from danvan_cli.files import reason, settle
from danvan_cli.inbox.kind import all_kinds
from danvan_cli.inbox.looking import look
from danvan_cli.inbox.model import LACKS, Outcome, Said, refuse_other_plan
from danvan_cli.inbox.recognize import Recognizer
from danvan_cli.inbox.records import refuse_payload, refuse_record
from danvan_cli.lang import _
from danvan_cli.pdf.signatures import AGAINST
from danvan_cli.pdf.signatures import signature_said as said_of
from danvan_cli.pdf.text import PdfReader
from danvan_cli.plan import calendar
from danvan_cli.plan.days import written_years
from danvan_cli.rules.levels import levels_of
from danvan_cli.rules.secrets import refuse_secret_text
from danvan_cli.text import clean, day, readable
from danvan_cli.typed import YEARS
from danvan_cli.unit.evidence import clean_file_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from danvan_cli.delivery.store import Filed
    from danvan_cli.inbox.model import Look
    from danvan_cli.inbox.recognize import Recognized
    from danvan_cli.plan.model import Plan

    _Ask = Callable[[Sequence[Path], Said], Said]

AT_ONCE: Final = 4
"""So many are taken in at a time."""


@dataclass
class Intake:
    """Takes files in, one batch after another."""

    plan: Plan
    root: Path
    said: Said
    listed: Mapping[Path, Said]
    carry: bool
    force: bool = False
    pdf: PdfReader = field(default_factory=PdfReader)

    def __post_init__(self) -> None:
        all_kinds()  # a kind that cannot be imported is no fault of the file
        self.recognizer = Recognizer(self.plan)
        self._levels = levels_of(self.root)
        self._settling: set[Path] = set()
        self.filing = Lock()
        """Held where nothing may be filed: what follows one delivery is done before the next one notes what will follow it."""
        self._turns: dict[tuple[Path, ...], tuple[int, list[Future[Outcome]]]] = {}
        """The turn of each group, and those before it that may not be filed yet."""

    def __enter__(self) -> Self:
        self._began = time.time_ns()
        return self

    def __exit__(self, *_error: object) -> None:
        settle(self._settling)  # once for all that came, which takes hardly longer than one
        self.pdf.__exit__()

    def take_all(self, groups: Sequence[Sequence[Path]]) -> Iterator[Outcome]:
        """Take in many, some at once: reading, digesting and writing wait for the disk. Gives and files them in their order.

        No more are read ahead: what was read of them is kept until they are given.
        """
        ahead: deque[Future[Outcome]] = deque()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                for turn, group in enumerate(groups):
                    self._turns[tuple(group)] = turn, [*ahead]
                    ahead.append(pool.submit(self.take, group))
                    if len(ahead) == AT_ONCE:
                        yield ahead.popleft().result()
                while ahead:
                    yield ahead.popleft().result()
            finally:
                pool.shutdown(cancel_futures=True)

    def take(self, paths: Sequence[Path], asked: _Ask | None = None) -> Outcome:
        """Take in what belongs together: a file, or the PDF and the Word file of one document.

        `asked` asks a person for what cannot be told; None where nobody can be asked.
        """
        try:
            if paths[0].is_dir() and not paths[0].is_symlink():
                with bag.zipped(paths[0]) as path:
                    outcome = self.take([path])
                outcome.paths = [*paths]
                return outcome
            looks = [look(path, self.pdf) for path in paths]
            return self._package(looks[0]) if looks[0].kind == "bag" else self._documents(looks, asked)
        except DanvanError as error:
            misread = any(error is one.wrong for path in paths if (one := self.listed.get(path)))
            return Outcome([*paths], "refused", reason=error.message, help=error.help, misread=misread)
        except OSError as error:
            return Outcome([*paths], "refused", reason=_("{path}: {why}", path=paths[0].name, why=reason(error)))
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - whatever a stranger's file does to us or a library, the others come in
            why = _("{path}: không đọc được ({what})", path=paths[0].name, what=named(error))
            return Outcome([*paths], "refused", reason=why, help=_("đề nghị đơn vị gửi lại"))

    # Packages and documents ------------------------------------------------------------------------------------------

    def _package(self, look: Look) -> Outcome:
        """Take a package in: only as a whole, and only where it is what it says."""
        path = look.path
        with draft_folder(self.root) as folder:
            inner = folder / PACKAGE
            inner.mkdir()
            packed = bag.unpack(path, inner)
            refuse_secret_text(path.name, "\n".join(packed.info.values()))
            said = self.arrived(self._declared(packed.info, path), [path])
            self._owed(said, path)
            outcome = self._known([look], said, {packed.sha256})
            if outcome is None:
                data = inner / "data"
                refuse_payload(data, packed.files, path, self.pdf)
                if "unit.yaml" in packed.files:
                    refuse_record(data, self.plan, str(said.unit), path.name, self._levels, carry=self.carry)
                files = []
                for name, (digest, size) in packed.files.items():
                    signed = signed_by(self.pdf.signatures(data / name) if name.lower().endswith(".pdf") else ())
                    name_ = f"{PACKAGE}/data/{name}"
                    files.append(ReceivedFile(name=name_, sha256=digest, size=size, signatures=signed))
                outcome = self._file(folder, said, packed.sha256, files, [look], packed.info.get("Danvan-Revision"))
        outcome.by = ("package",)
        return outcome

    def _declared(self, info: Mapping[str, str], path: Path) -> Said:
        """Give what a package says of itself, and beyond that what a person says."""
        plan, told = self.plan, self._told([path])
        unit, deliverable = info.get("Danvan-Unit", ""), info.get("Danvan-Deliverable", "")
        refuse_other_plan(path.name, info.get("Danvan-Plan", "?"), plan)
        if unit not in plan.unit_by_id or deliverable not in plan.deliverable_by_id:
            raise UsageError(
                _("{path}: kế hoạch không có «{unit}» hoặc «{id}»", path=path.name, unit=unit[:64], id=deliverable[:64])
            )
        for mine, its in ((told.unit, unit), (told.deliverable, deliverable)):
            if mine not in {None, its}:
                raise UsageError(_("{path}: gói ghi «{its}», không phải «{mine}»", path=path.name, its=its, mine=mine))
        symbol, issued = clean(info.get("Danvan-Number", "")) or told.symbol, told.issued
        with suppress(ValueError):
            issued = date.fromisoformat(info.get("Danvan-Date", ""))
        return told._replace(unit=unit, deliverable=deliverable, symbol=symbol, issued=issued)

    def _documents(self, looks: list[Look], asked: _Ask | None) -> Outcome:
        paths = [one.path for one in looks]
        guessed, by = self._guessed(looks)
        if asked and (guessed.unit is None or guessed.deliverable is None):
            guessed = asked(paths, guessed)
        if guessed.unit is None or guessed.deliverable is None:
            told = [said_of(sign) for one in looks for sign in one.contents.signatures]
            notes = [*dict.fromkeys(told), *(_(LACKS[one.contents.lacks]) for one in looks if one.contents.lacks)]
            return Outcome(paths, "unclear", guessed, looks=looks, by=by, notes=notes)
        self._owed(guessed, paths[0])
        guessed = self.arrived(guessed, paths)
        known = self._known(looks, guessed, {one.sha256 for one in looks})
        outcome = known or self._elsewhere(looks, guessed, by) or self._copied(looks, guessed)
        outcome.by = by
        return outcome

    def _copied(self, looks: list[Look], said: Said) -> Outcome:
        """File the documents as they came."""
        with draft_folder(self.root) as folder:
            files: dict[str, ReceivedFile] = {}
            for one in looks:
                name, title = clean_file_name(one.path.name), readable(one.path.name)
                name = f"{one.sha256[:8]}-{name}" if name in files else name
                with one.path.open("rb") as source, (folder / name).open("xb") as out:
                    sha256, size = bag.copied_stream(source, out, one.size, one.path)
                if sha256 != one.sha256:
                    raise UsageError(_("tệp {path} vừa thay đổi, chưa ghi gì", path=one.path.name))
                signed = signed_by(one.contents.signatures)
                title_ = title if title != name else None
                files[name] = ReceivedFile(name=name, title=title_, sha256=sha256, size=size, signatures=signed)
            return self._file(folder, said, looks[0].sha256, [*files.values()], looks)

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
        return Outcome([one.path for one in looks], state, said, folder, receipt, looks=looks)

    @cached_property
    def _filed(self) -> list[Filed]:
        """What had been filed before this began."""
        return [one for some in received(self.root, self.plan.id, {}).values() for one in some]

    def _guessed(self, looks: list[Look]) -> tuple[Said, tuple[str, ...]]:
        """Put together what a person says, what the files say of themselves, and what can be told of their text and names."""
        paths = [one.path for one in looks]
        said = self._told(paths)
        listed = any(any(self.listed.get(path, Said())[:2]) for path in paths)
        by = {"said": None} if self.said.unit or self.said.deliverable else {"list": None} if listed else {}
        guessed = said
        for one in looks:
            guess = self.recognizer.guess(one, guessed.unit, guessed.deliverable)
            if guess.other_year is not None:
                raise UsageError(
                    _("{path}: là văn bản của năm {year}, không phải {mine}",
                      path=one.path.name, year=guess.other_year, mine=written_years(self.plan.years)),
                    help=_("chọn đúng kế hoạch bằng --plan"),
                )  # fmt: skip
            self._as_it_says(one.path, guess, said.unit)
            read = {key: getattr(guess, key) for key in ("unit", "deliverable", "symbol", "issued")}
            guessed = guessed._replace(**{key: getattr(guessed, key) or value for key, value in read.items()})
            by |= dict.fromkeys(guess.by)
        kind = all_kinds()[looks[0].kind]
        if whose := kind.whose(looks[0], self.plan):
            if said.unit not in {None, whose[0]}:
                raise UsageError(
                    _("{path} là của «{other}», không phải «{id}»", path=paths[0].name, other=whose[0], id=said.unit)
                )
            guessed, by = guessed._replace(unit=whose[0], deliverable=whose[1]), {kind.by: None}
        return guessed, tuple(by)

    def _as_it_says(self, path: Path, guess: Recognized, said: str | None) -> None:
        """Stop where a document's letterhead names another body than a person does, unless that is meant."""
        if not said or self.force:
            return
        own, mine, before = guess.own_unit, self.plan.unit_by_id[said].name, self.plan.predecessors
        told = None
        kin = own and any(one.id in {own, said} for heir in (own, said) for one in before.get(heir, ()))
        if own and not kin:
            other = self.plan.unit_by_id[own].name
            told = _("{path}: văn bản ghi là của «{other}», không phải «{id}»", path=path.name, other=other, id=mine)
        elif guess.stranger:
            told = _("{path}: phần đầu văn bản không phải của «{id}»", path=path.name, id=mine)
        if told:
            raise UsageError(
                told,
                help=_("xem lại --unit, hoặc sổ văn bản đến; vẫn nhận như đã nói: --force"),
            )  # fmt: skip

    def _told(self, paths: Sequence[Path]) -> Said:
        """Give what a person said: on the command line, else in the tracking list, whose day is that of its one row.

        Raises:
            UsageError: if that row is wrong.
        """
        told, every = Said(received=self.said.received), self.said._replace(received=None)
        listed = [self.listed[path] for path in paths if path in self.listed]
        if wrong := next((one.wrong for one in listed if one.wrong), None):
            raise wrong
        for one in (*listed[:1], every):
            told = told._replace(**{key: value for key, value in one._asdict().items() if value is not None})
        return told

    def _owed(self, said: Said, path: Path) -> None:
        """Stop where the unit has nothing to do with it."""
        if said.deliverable == WORKBOOK:
            return
        one, who = self.plan.deliverable_by_id[str(said.deliverable)], self.plan.unit_by_id[str(said.unit)]
        if not (one.on_request or self.plan.owes(one, who) or self.plan.exempt(one, who)):
            raise UsageError(
                _("{path}: {unit} không phải gửi «{id}»", path=path.name, unit=who.name, id=one.id),
                help=_("xem đơn vị phải gửi gì: danvan show --owner {id}", id=who.id),
            )

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

    def _known(self, looks: list[Look], said: Said, digests: set[str]) -> Outcome | None:
        """Tell where the very same files lie already; what their receipt lacks and is said now is filled in, the rest stands."""
        for one in seen(self.root, str(said.unit), str(said.deliverable)):
            receipt = one.receipt
            if digests <= {receipt.sha256, *(file.sha256 for file in receipt.files)}:
                there = {key: getattr(receipt, key) for key in ("symbol", "issued", "number")}
                new = {key: value for key, value in said._asdict().items() if there.get(key, value) is None and value}
                known = {key: value for key, value in there.items() if value is not None}
                said = said._replace(received=receipt.received, **known)
                outcome = Outcome([it.path for it in looks], "known", said, one.folder, receipt, looks=looks)
                if new:
                    write_beside(one.folder, (one.written or receipt).model_copy(update=new))
                    outcome.notes.append(_("đã bổ sung vào biên nhận: {what}", what=", ".join(map(str, new.values()))))
                outcome.notes += self._listed_otherwise(looks, receipt)
                return outcome
        return None

    def _listed_otherwise(self, looks: list[Look], receipt: Receipt) -> Iterator[str]:
        """Say where the tracking list has another day or number of what is there already, whose receipt stands."""
        rows = (self.listed.get(one.path) for one in looks)
        row = next((one for one in rows if one and not one.id), Said())
        for key, what in (("received", _("ngày đến")), ("issued", _("ngày ban hành")), ("symbol", _("số, ký hiệu")),
                          ("number", _("số đến"))):  # fmt: skip
            mine, its = getattr(receipt, key), getattr(row, key)
            if None not in {mine, its} and mine != its:
                mine, its = (day(one) if isinstance(one, date) else one for one in (mine, its))
                yield _(
                    "sổ văn bản đến ghi {what} {its}, biên nhận ghi {mine} và giữ nguyên; đổi thì ghi {id} ở cột «Mã hồ sơ» của sổ",
                    what=what, its=its, mine=mine, id=receipt.sha256[:8],
                )  # fmt: skip

    def _file(
        self, folder: Path, said: Said, digest: str, files: list[ReceivedFile], looks: list[Look], revision: str | None = None
    ) -> Outcome:  # fmt: skip
        """File what lies ready in a folder, with its receipt and the note of what is to follow.

        It is known by the digest (SHA-256), and rests on the revision of the plan that it names, if it does.
        """
        paths = [one.path for one in looks]
        signatures = [one for file in files for one in file.signatures]
        notes = list(dict.fromkeys(said_of(one.signature) for one in signatures))
        if said.issued and said.received and said.issued > said.received:
            days = {"issued": day(said.issued), "received": day(said.received)}
            notes.append(_("ngày ban hành {issued} sau ngày đến {received}", **days))
        notes += [_(LACKS[one.contents.lacks]) for one in looks if one.contents.lacks]
        if said.deliverable != WORKBOOK and (said.symbol is None or said.issued is None):
            notes.append(_("chưa đọc được số, ngày ban hành; ghi bằng --symbol, --issued"))
        receipt = Receipt(
            format=RECEIPT_FORMAT, plan=self.plan.id, unit=str(said.unit), deliverable=str(said.deliverable),
            number=said.number, received=said.received or calendar.today(), symbol=said.symbol, issued=said.issued, sha256=digest,
            files=files, revision=revision,
        )  # fmt: skip
        turn, before = self._turns.get(tuple(paths), (0, []))
        # Filed in their order, so that a rerun after an interruption finds the first of them, none of the later
        wait(before)
        with self.filing:
            # The same file may come twice in one mail, and both may be looked at by now
            if outcome := self._known(looks, said, {digest}):
                return outcome
            todo = (all_kinds()[one.kind].to_do(receipt, self.plan) for one in looks)
            note_pending(folder, self._began + turn, set().union(*todo))
            to = file_away(folder, self.root, receipt)
        if to:
            inside = (Path(one) for one, _folders, _names in os.walk(to))
            self._settling |= {self.root, to.parent.parent, to.parent, *inside}
        outcome = Outcome(paths, "filed" if to else "known", said, to, receipt, notes=notes, looks=looks)
        if to and AGAINST.intersection(one.found for one in signatures):
            outcome.help = _(
                "văn bản không còn như khi ký: đề nghị gửi lại bản đã ký; trả lại thì dùng danvan send-back"
            )
        return outcome
