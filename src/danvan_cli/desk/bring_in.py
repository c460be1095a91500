"""What `danvan import` does: a document made into YAML, nothing lost, or nothing written; what is still to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from danvan_cli.errors import DanvanError, UsageError
from danvan_cli.files import read_bytes
from danvan_cli.importing.draft import draft
from danvan_cli.importing.owners import KnownOwners
from danvan_cli.importing.parts import place_lines
from danvan_cli.importing.proof import Proof, held_against, lost_places
from danvan_cli.importing.source import read_docx
from danvan_cli.importing.written import carry, own_parts, with_new, written_plan
from danvan_cli.lang import _
from danvan_cli.ooxml.docx import uncollected
from danvan_cli.plan.calendar import read_calendar, today
from danvan_cli.plan.model import Plan
from danvan_cli.rules.levels import leveled, levels_of
from danvan_cli.typed import typed_day
from danvan_cli.unit.evidence import MOST_BYTES
from danvan_cli.word.save import save
from danvan_cli.workspace import Workspace, shown
from danvan_cli.yaml.held import Held
from danvan_cli.yaml.marks import marks
from danvan_cli.yaml.read import as_read, refuse
from danvan_cli.yaml.splice import Put
from danvan_cli.yaml.tree import at
from danvan_cli.yaml.yamlfile import Map, Seq, yaml_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from danvan_cli.importing.draft import Draft
    from danvan_cli.importing.source import Source
    from danvan_cli.word.save import Saved
    from danvan_cli.yaml.marks import Mark
    from danvan_cli.yaml.yamlfile import Loc, YamlFile


@dataclass(frozen=True)
class ToConfirm:
    """A place that is to be confirmed: its line in the file, and what is."""

    line: int
    what: str


@dataclass(frozen=True)
class Imported:
    """What was made of a plan's document."""

    path: Path
    saved: Saved
    plan: Plan
    to_confirm: list[ToConfirm]
    guesses: list[tuple[str, str, str]]
    """Each guess: its place, its rule, how sure that is."""
    proof: Proof


@dataclass(frozen=True)
class Drafted:
    """A plan's file as it would be written: what it was made of, its bytes, what they say."""

    draft: Draft
    data: bytes
    plan: Plan


def import_plan(path: Path, output: Path | None = None, *, force: bool = False) -> Imported:
    """Make a plan's document into YAML, at `output` or in the workspace by its year; nothing if a word has no place."""
    from danvan_cli.desk.made import issued

    source = read_source(path)
    there = _there(output)
    register, beside = _register(there)
    made = drafted(source, register, path.name, beside, output)
    target = output or (there.with_name(f"{made.draft.year}.yaml") if there else None)
    if target is None:
        raise UsageError(
            _("chưa ở trong thư mục làm việc nào nên không biết ghi kế hoạch vào đâu"),
            help=_("ghi tên tệp ở -o, ví dụ: danvan import ke-hoach.docx -o plans/{year}.yaml", year=made.draft.year),
        )
    _refuse_other(target, force=force)
    _refuse_double(target, made.plan.id)
    proof = held_against(_lines(source), _lines(read_source_bytes(issued(made.plan, None).data, "export.docx")))
    saved = save(target, made.data, force=force)
    to_confirm = to_confirm_in(yaml_file(shown(target), made.data))
    return Imported(target, saved, made.plan, to_confirm, [*_guesses(made.draft.plan, "")], proof)


def to_confirm_in(file: YamlFile) -> list[ToConfirm]:
    """List what is to be confirmed in a file."""
    return [ToConfirm(file.spot(one.start).line, one.says) for one in marks(file)]


def drafted(
    source: Source, register: KnownOwners, name: str, beside: YamlFile | None = None, target: Path | None = None
) -> Drafted:
    """Make a document of that name into a plan's file; a DanvanError where not every word finds a place.

    Owners are held against `register`; `beside` is the plan that it fills, or that it takes units from; `target` the file
    that it is written to, None the one of its year beside that plan.
    """
    with uncollected():
        made = draft(place_lines(source), register, today().year)
        goal = target or (Path(beside.path).parent if beside else Path()) / f"{made.year}.yaml"
        filled = beside is not None and shown(goal) == beside.path
        own = own_parts(beside, filled=filled) if beside else {}
        if beside and filled:
            carry(made.plan, beside.root)
        data = written_plan(made.plan, name, own).encode()
        data = with_new(data, made.plan, beside.root) if beside and filled else data
        return Drafted(made, data, _checked(goal, data, source, made))


def read_source(path: Path) -> Source:
    """Read a document from anybody."""
    from danvan_cli.rules.secrets import named_secret

    if named_secret(path.name):
        raise UsageError(_("{path}: mang dấu chỉ độ mật: không đọc", path=path.name))
    found = _read_once(path, read_bytes(path, limit=MOST_BYTES))
    if not found.unread and not any(_lines(found)):
        raise UsageError(_("{path} không có chữ nào", path=path.name), help=_("là bản chụp thì dùng bản Word gõ chữ"))
    return found


@lru_cache(maxsize=1)
def _read_once(path: Path, data: bytes) -> Source:
    """Read a document; what it is and what it says are asked for one after the other."""
    from danvan_cli.ooxml.docx import of_word_97
    from danvan_cli.rules.secrets import bears_mark

    old = of_word_97(data)
    if not old and b"%PDF-" not in data[:1024] and path.suffix.lower() != ".pdf":
        return read_source_bytes(data, path.name)
    if bears_mark(path):
        raise UsageError(_("{path}: mang dấu chỉ độ mật: không đọc", path=path.name))
    if old:
        from danvan_cli.pdf.printing import of_today

        return read_source_bytes(of_today(data, path.name), path.name)
    from danvan_cli.importing.pdf_source import as_source
    from danvan_cli.pdf.pages import read_pages

    return as_source(read_pages(path))


def read_source_bytes(data: bytes, name: str) -> Source:
    """Read a Word document."""
    from danvan_cli.ooxml.docx import read_word
    from danvan_cli.ooxml.words import every_text, refuse_marked

    with uncollected():
        word = read_word(data, name)
        refuse_marked(every_text(word.parts, name), name)
        return read_docx(word)


def _lines(source: Source) -> Iterator[str]:
    """Walk a document's paragraphs and cells as a reader sees them."""
    yield from (one.plain for one in source.layout.paragraphs if one.plain)
    yield from (one.text for one in source.beside)


def _checked(target: Path, data: bytes, source: Source, made: Draft) -> Plan:
    """Read what would be written, and hold it against its source: no word is missing or stands elsewhere."""
    read = as_read(Plan, yaml_file(shown(target), data), alone=True)
    missing = source.unread or (lost_places(read.record, made.said) if read.record else [])
    if missing:
        places = "; ".join(missing[:10])
        raise DanvanError(
            _("không phải chữ nào của bản gốc cũng có chỗ trong kế hoạch, nên chưa ghi gì: {places}", places=places),
            help=_("mở bản gốc bằng Word, sửa những chỗ ấy thành đoạn văn thường, rồi nhập lại"),
        )
    refuse(target, leveled(read.findings, levels_of(target.absolute().parent)))
    if read.record is None:
        raise DanvanError(_("không làm được kế hoạch từ tệp này"))
    return read.record


# Where it goes --------------------------------------------------------------------------------------------------------


def _there(output: Path | None) -> Path | None:
    """Find the plan that says which units there are: the one that is to be filled, else the workspace's."""
    if output is not None and output.is_file():
        return output
    workspace = Workspace.holding(output.parent if output and output.parent.is_dir() else Path())
    return workspace.plans[-1] if workspace and workspace.plans else None


def _refuse_other(target: Path, *, force: bool) -> None:
    """Stop where a plan is there that somebody has written."""
    if target.suffix not in {".yaml", ".yml"}:
        raise UsageError(_("kế hoạch ghi ra tệp .yaml, không phải {path}", path=shown(target)))
    if not force:
        refuse_written(target, _("ghi ra tệp khác bằng -o, hoặc thêm --force để ghi đè (bản cũ được giữ lại)"))


def _refuse_double(target: Path, id_: str) -> None:
    """Stop where another plan of the same id lies beside: what names a plan by it would find either."""
    workspace = Workspace.holding(target.parent)
    beside = workspace and target.resolve().parent == (workspace.root / "plans").resolve()
    if workspace and beside and (other := workspace.called(id_, target)):
        raise DanvanError(
            _("{path} đã là kế hoạch {id}, thêm một tệp nữa cùng mã thì không biết theo tệp nào",
              path=shown(other), id=id_),
            help=_("ghi vào chính tệp ấy bằng -o {path} --force (bản cũ được giữ lại), hoặc ghi ra ngoài thư mục này",
                   path=shown(other)),
        )  # fmt: skip


def refuse_written(path: Path, help: str) -> None:
    """Stop where something is there that somebody has written."""
    if path.exists() and not _is_empty(yaml_file(shown(path), read_bytes(path)).root):
        raise DanvanError(_("{path} đã có nội dung, không ghi đè", path=shown(path)), help=help)


def _is_empty(root: object) -> bool:
    """Tell a draft that nobody has written anything into yet, as `init` makes it."""
    if not isinstance(root, dict) or root.get("state") != "draft":
        return False
    sections = root.get("sections")
    if any(root.get(key) for key in ("opening", "closing", "deliverables", "recipients", "kept", "documents")):
        return False
    return isinstance(sections, list) and not any(isinstance(one, dict) and one.get("items") for one in sections)


def _register(there: Path | None) -> tuple[KnownOwners, YamlFile | None]:
    """Give the units to hold owners against, and the file that they stand in."""
    if there is None:
        return KnownOwners(), None
    file = yaml_file(shown(there), read_bytes(there))
    plan = as_read(Plan, file).record
    if plan is None:
        return KnownOwners(), None
    issuer = plan.issuer
    also = {one.name: one.id for one in plan.parties}
    return KnownOwners(plan.units, plan.blocks, also, {issuer.name: issuer.id, issuer.short: issuer.id}), file


def _guesses(value: object, at: str) -> Iterator[tuple[str, str, str]]:
    from danvan_cli.importing.guess import Entry

    if isinstance(value, Entry):
        name = str(value.get("id", at))
        for key, guess in value.guesses.items():
            yield f"{name}.{key}", guess.rule, guess.sure
        for key, one in value.items():
            yield from _guesses(one, name if key == "items" else key)
    elif isinstance(value, list):
        for one in value:
            yield from _guesses(one, at)


# What is still to be confirmed ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A place to be confirmed: its line, its key, what it says now, what is to be looked at."""

    line: int
    loc: Loc
    value: Any
    says: str

    @property
    def replaceable(self) -> bool:
        """Whether something else can be typed in its place."""
        items = self.value if isinstance(self.value, list) else [self.value]
        return bool(self.loc) and not any(isinstance(one, dict) for one in items)


class Confirming:
    """A plan's file held open while its places are settled."""

    def __init__(self, path: Path) -> None:
        if path.suffix not in {".yaml", ".yml"}:
            raise UsageError(_("{path} không phải tệp kế hoạch .yaml", path=shown(path)))
        from danvan_cli.rules.check import check_plan

        calendar, _found = read_calendar(path.with_name("calendar.yaml"))
        levels = levels_of(path.absolute().parent)
        self._held = Held(Plan, path, lambda read: check_plan(read, calendar, levels))

    def places(self) -> list[Place]:
        """List what is still to be confirmed."""
        file = self._held.file
        every = ((one, _key_at(file, one)) for one in marks(file))
        return [
            Place(file.spot(one.start).line, loc, at(file.root, loc) if loc else None, one.says) for one, loc in every
        ]

    def settle(self, place: Place, typed: str | None = None) -> None:
        """Take a mark away; with what was typed, put that in its place before."""
        if typed is not None:
            if not place.replaceable:
                raise DanvanError(_("chỗ này sửa trong tệp, không gõ lại ở đây"))
            self._held.put([Put(place.loc, _value(place.value, typed))])
        file = self._held.file
        same = (one for one in marks(file) if one.says == place.says and _key_at(file, one) == place.loc)
        if mark := next(same, None):
            self._held.rewrite(lambda file: (file.text[: mark.start].rstrip(" ") + file.text[mark.end :]).encode())


def _value(now: Any, typed: str) -> str | list[str] | date | int:
    """Make of what was typed a value of the kind that stands there."""
    if isinstance(now, list):
        return [one for part in typed.replace(";", ",").split(",") if (one := part.strip())]
    if isinstance(now, int) and not isinstance(now, bool) and typed.isdecimal():
        return int(typed)
    if hasattr(now, "isoformat") or (isinstance(now, str) and len(now) == 10 and now[4:5] == "-"):
        return typed_day(typed)
    return typed


def _key_at(file: YamlFile, mark: Mark) -> Loc:
    """Find the key that a mark stands behind: the last one that begins on its line."""
    line = file.text.rfind("\n", 0, mark.start) + 1
    before = (one for one in _keys(file.root, ()) if line <= one[0] < mark.start)
    return max(before, key=lambda one: one[0], default=(-1, ()))[1]


def _keys(node: Any, loc: Loc) -> Iterator[tuple[int, Loc]]:
    if isinstance(node, Map):
        for key, (begins, _start, _end) in node.at.items():
            yield begins, (*loc, key)
            yield from _keys(node[key], (*loc, key))
    elif isinstance(node, Seq):
        for at_, one in enumerate(node):
            yield from _keys(one, (*loc, at_))
