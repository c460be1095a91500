"""What fuzzers throw at danvan: a function of bytes for each door through which a stranger's file comes in.

Only danvan's own errors are right answers. An Office file or a package is made of a sound one: an input is pieces with
`NUL` lines between, each `NAME`, a line end, and what stands in that part instead; one that begins with `PK` is the file.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import shutil
import signal
import tempfile
import zipfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from danvan_cli.delivery import bag
from danvan_cli.desk.fill import Filling
from danvan_cli.desk.opened import Open, open_plan
from danvan_cli.desk.report import unit_report
from danvan_cli.desk.score import rubrics_if_any
from danvan_cli.errors import DanvanError
from danvan_cli.excel.write import written_workbook
from danvan_cli.inbox.looking import look
from danvan_cli.inbox.outline import outline, proposal
from danvan_cli.inbox.recognize import Recognizer
from danvan_cli.inbox.records import refuse_payload, refuse_record
from danvan_cli.nd30.judge import judge
from danvan_cli.nd30.mending import mend
from danvan_cli.ooxml.parts import read_parts
from danvan_cli.ooxml.xlsx import read_xlsx
from danvan_cli.pdf import text as pdf_text
from danvan_cli.pdf.signatures import can_check
from danvan_cli.plan.calendar import Calendar
from danvan_cli.plan.model import Plan
from danvan_cli.plan.shared import Register
from danvan_cli.rules.check import check_plan, check_register, check_text, check_unit, finished
from danvan_cli.rules.levels import read_levels
from danvan_cli.rules.mend import mended
from danvan_cli.rules.scores import check_rubrics, check_score
from danvan_cli.scoring.model import RubricFile, ScoreRecord
from danvan_cli.unit.model import UnitRecord
from danvan_cli.word.template import compile_template
from danvan_cli.word.wordform import compile_form
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.schema import validate
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "rules" / "examples"
NUL = b"\n\0\n"
UNIT = "so-y-te"


@cache
def opened() -> Open:
    """Give a small workspace: a plan, its rubrics, a unit's record and answers."""
    folder = Path(tempfile.mkdtemp(dir="/dev/shm" if Path("/dev/shm").is_dir() else None))  # noqa: S108
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "plans").mkdir()
    (folder / "units" / UNIT).mkdir(parents=True)
    for name, to in (
        ("plan", "plans/2023.yaml"), ("calendar", "plans/calendar.yaml"), ("rubric", "plans/2023.rubric.yaml"),
        ("unit", f"units/{UNIT}/unit.yaml"), ("score", f"units/{UNIT}/score.yaml"),
    ):  # fmt: skip
        shutil.copy(EXAMPLES / f"base.{name}.yaml", folder / to)
    return open_plan(folder / "plans" / "2023.yaml")


def pieces(data: bytes) -> dict[str, bytes]:
    """Cut an input into the parts that it puts in place of others."""
    out = {}
    for piece in data.split(NUL):
        name, _end, said = piece.partition(b"\n")
        out[name.decode("utf-8", "replace")] = said
    return out


def zipped(parts: dict[str, bytes]) -> bytes:
    """Pack parts, whatever they are called."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, part in parts.items():
            file.writestr(zipfile.ZipInfo(name.replace("\0", "")), part)
    return out.getvalue()


def office(base: dict[str, bytes], data: bytes) -> bytes:
    """Give the Office file that an input stands for."""
    return data if data.startswith(b"PK") else zipped({**base, **pieces(data)})


@contextlib.contextmanager
def scratch(name: str, data: bytes) -> Iterator[Path]:
    """Give a file for a moment."""
    path = opened().workspace.root / name
    path.write_bytes(data)
    try:
        yield path
    finally:
        path.unlink()


# The targets --------------------------------------------------------------------------------------------------------


def in_yaml(data: bytes) -> None:
    """A file of ours: read, every rule, mended."""
    plan = opened().plan
    head, calendar = data[:200], opened().calendar
    file = YamlFile("a.yaml", data)
    if b"danvan-unit" in head:
        found = check_unit(as_read(UnitRecord, file), plan, {})
    elif b"danvan-rubric" in head:
        found = check_rubrics(as_read(RubricFile, file), plan, {})
    elif b"danvan-score" in head:
        rubrics = rubrics_if_any(opened())
        read = as_read(ScoreRecord, file)
        assert rubrics is not None
        found = check_score(read, rubrics.rubrics[0], plan, {}) if read.record else check_text(read, {})
    elif b"danvan-register" in head:
        found = check_register(as_read(Register, file))
    elif b"danvan-calendar" in head:
        found = finished(file, [*file.findings, *validate(Calendar, file)[1]])
    elif b"danvan-settings" in head:
        found = finished(file, read_levels(file)[1])
    else:
        found = check_plan(as_read(Plan, file), calendar, {})
    mended("a.yaml", data, found)


@cache
def _workbook() -> dict[str, bytes]:
    from danvan_cli.desk.workbook import unit_files

    files = unit_files(opened(), rubrics_if_any(opened()), opened().unit(UNIT))
    form, scoring = files.form(files.record.record, files.answers.record if files.answers else None)
    return read_parts(written_workbook(form, scoring, files.about(), "Sổ"))


def in_workbook(data: bytes) -> None:
    """A unit's workbook: read, and merged into what the unit's files would be."""
    book = office(_workbook(), data)
    filling = Filling(opened(), rubrics_if_any(opened()), partial=True, carry=True)
    filling.take(opened().workspace.root / "so.xlsx", read_xlsx(book, "so.xlsx"))
    list(filling.write(dry_run=True))


@cache
def _word() -> dict[str, bytes]:
    return read_parts(unit_report(opened(), UNIT, "6m").rendered.data)


class _NoPdf:
    def read(self, _path: Path) -> pdf_text.Pdf:
        """Read no PDF."""
        return pdf_text.Pdf()


def in_word(data: bytes) -> None:
    """Anybody's Word document: taken in, judged, mended, the copy judged."""
    document = office(_word(), data)
    plan = opened().plan
    with contextlib.suppress(DanvanError):
        mend(document, "a.docx")  # which judges it and the copy
    with scratch("BC SYT.docx", document) as path:
        seen = look(path, _NoPdf())  # type: ignore[arg-type]
        Recognizer(plan).guess(seen)
        unit, what = plan.unit_by_id[UNIT], plan.deliverables[0]
        list(proposal(outline(seen.contents.parsed, plan, unit, what), plan, unit))


CONTEXT = {
    "unit": {"name": "Sở A & B", "head": None},
    "rows": [{"title": "Một", "points": 1234.5, "day": None}, {"title": "Hai", "points": None, "day": None}],
    "none_here": None, "empty": [], "long": "- gạch một\r\n- gạch hai", "count": 12, "flag": True,
}  # fmt: skip


def in_template(data: bytes) -> None:
    """A user's template: compiled and rendered."""
    parts = pieces(data)
    own, *_rest = parts
    texts = {name or own: text.decode("utf-8", "replace") for name, text in parts.items()}

    def load(name: str) -> tuple[str, str]:
        return (texts[own], "x.md.j2") if name == "x" else (texts[name], f"{name}.md.j2")

    compile_template("x", load).render(CONTEXT)


PARAGRAPH = '<w:p><w:pPr><w:jc w:val="both"/></w:pPr>{}</w:p>'
RUN = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'


def in_form(data: bytes) -> None:
    """A user's form: compiled and filled. An input that begins with a line end is paragraphs, runs end with `|`."""
    if data.startswith(b"\n"):
        from xml.sax.saxutils import escape

        lines = "".join(c for c in data.decode("utf-8", "replace") if c >= " " or c == "\n").split("\n")[1:]
        body = "".join(PARAGRAPH.format("".join(RUN.format(escape(one)) for one in line.split("¦"))) for line in lines)
        start, end = _word()["word/document.xml"].split(b"<w:body>")[0], b"</w:body></w:document>"
        form = zipped(_word() | {"word/document.xml": start + b"<w:body>" + body.encode() + end})
    else:
        form = office(_word(), data)
    judge(compile_form(form, "a.docx").render(CONTEXT).data, "a.docx")


@cache
def _payload() -> dict[str, bytes]:
    folder = opened().workspace.unit(UNIT)
    return {"unit.yaml": (folder / "unit.yaml").read_bytes(), "score.yaml": (folder / "score.yaml").read_bytes()}


def in_bag(data: bytes) -> None:
    """A package: looked at, unpacked, its records checked. What begins with `data/` is payload and has its digest."""
    if data.startswith(b"PK"):
        package = data
    else:
        said = pieces(data)
        own = {name.removeprefix("data/"): text for name, text in said.items() if name.startswith("data/")}
        made = bag.pack(
            "goi", _payload() | own, {"Danvan-Unit": UNIT, "Danvan-Deliverable": "6m", "Danvan-Plan": "2023"}
        )
        parts = {
            one.filename: zipfile.ZipFile(io.BytesIO(made)).read(one)
            for one in zipfile.ZipFile(io.BytesIO(made)).infolist()
        }
        package = zipped(parts | {f"goi/{name}": text for name, text in said.items() if not name.startswith("data/")})
    with scratch("goi.zip", package) as path:
        seen = look(path, _NoPdf())  # type: ignore[arg-type]
        folder = Path(tempfile.mkdtemp(dir=path.parent))
        try:
            found = bag.unpack(seen.path, folder)
            refuse_payload(folder / "data", found.files, path, _NoPdf())  # type: ignore[arg-type]
            if "unit.yaml" in found.files:
                refuse_record(folder / "data", opened().plan, UNIT, path.name, {}, carry=False)
        finally:
            shutil.rmtree(folder)


class TooLongError(Exception):
    """A PDF took too long: its process would have been ended."""


def in_pdf(data: bytes) -> None:
    """A PDF: what its process does, and what is told from its text. It may take long there, and fail in any way."""

    def late(_signal: int, _frame: object) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(3)
    with scratch("BC SYT.pdf", data) as path:
        read = pdf_text.Pdf()
        with contextlib.suppress(TooLongError, MemoryError, RecursionError):
            read = pdf_text._read(str(path))
            if b"/ByteRange" in data and can_check():
                from danvan_cli.pdf import signed  # loads pyhanko, which an environment for fuzzing need not have

                signed.look_at_signatures([str(path), [], "2023-05-09T08:00:00+07:00"])
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)

        class _Read:
            def read(self, _path: Path) -> pdf_text.Pdf:
                return read

            def signatures(self, _path: Path) -> tuple[()]:
                return ()

        Recognizer(opened().plan).guess(look(path, _Read()))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Target:
    """A door, the folders with inputs to begin with besides its own, and words that are worth trying."""

    throw: Callable[[bytes], None]
    more: tuple[Path, ...] = ()
    words: tuple[str, ...] = field(default=())

    def __call__(self, data: bytes) -> None:
        """Throw an input in; what danvan says against it is right."""
        with contextlib.suppress(DanvanError):
            self.throw(data)


_TAGS = (
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:tbl>", "<w:tr>", "<w:tc>", "<w:tab/>", "<w:br/>",
    "<w:del>", "<w:ins>", "<w:sdt>", "<w:sdtContent>", "<w:fldSimple w:instr=", "w:val=", "<w:numPr>", "<w:sectPr>",
    "<w:pgSz ", "<w:pgMar ", "<w:footerReference ", "<w:rPr>", "<w:pPr>", "<w:ind ", "<w:spacing ", "<w:gridSpan ",
    "-1", "99999999999", "1e9", "NaN", "&#x1F;", "word/styles.xml", "word/document.xml", "word/numbering.xml",
)  # fmt: skip
_JINJA = (
    "{{ ", " }}", "{% if ", "{% for ", "{% endfor %}", "{% endif %}", "{% else %}", "{% elif ", "{% set ", "{% include ",
    "{%p ", "{%tr ", "{%tc ", "{%r ", "|number", "|join", "|upper", "| day", "rows", "unit.name", "loop.index", "long",
    "{#", "#}", "{% raw %}", "{% endraw %}", "---\n", "|---|", "**", "*", "\\", "# ", "none_here", "not ", " is ", "==",
)  # fmt: skip
TARGETS = {
    "yaml": Target(in_yaml, (EXAMPLES,), (
        "format: danvan-plan/2", "format: danvan-unit/1", "format: danvan-rubric/1", "format: danvan-score/1",
        "&a ", "*a", "<<: ", "!!", ">-\n", "|\n", "- {", "}", "[", "]", "? ", ": ", "# danvan: ignore DV301 ",
        "2023-02-30", "0x1F", "1_000", "1e999", ".inf", "~", "\\u0000", "\t", "\u200b", "\ufeff", "%YAML 1.2", "---\n",
    )),
    "workbook": Target(in_workbook, (), (
        "<row r=", "<c r=", ' t="s"', ' t="inlineStr"', "<is><t>", "<v>", "</v>", "</c>", "<f>", "_x0000_", "1e308",
        "<mergeCell ref=", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", "A1048577", "XFE1", "-1", "3e5",
    )),
    "word": Target(in_word, (), _TAGS),
    "template": Target(in_template, (), _JINJA),
    "form": Target(in_form, (), (*_JINJA, *_TAGS, "¦")),
    "bag": Target(in_bag, (), (
        "data/", "data/unit.yaml", "bagit.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt", "bag-info.txt",
        "Payload-Oxum: ", "../", "%0A", ".git/", "con.yaml", "data/évidence/a.jpg", "PK\x03\x04", "PK\x01\x02",
    )),
    "pdf": Target(in_pdf, (), (
        "%PDF-1.7", "obj", "endobj", "stream", "endstream", "xref", "trailer", "startxref", "/Type /Page", "/Kids", "/Length",
        "/Filter /FlateDecode", "/ASCII85Decode", "/LZWDecode", "BT", "ET", "Tj", "/Font", "/ToUnicode", "/Encrypt", "/ObjStm",
    )),
}  # fmt: skip
