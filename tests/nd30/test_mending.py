"""What `--fix` mends: the form and nothing else; twice is as once; the words stay letter for letter."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from typing import TYPE_CHECKING, Any

import corpus
import docx
import measured
import pytest
from changes import BREAKS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danvan_cli.errors import UsageError
from danvan_cli.nd30.judge import judge
from danvan_cli.nd30.mending import mend
from danvan_cli.ooxml.docx import read_word
from danvan_cli.ooxml.layout import lay_out
from danvan_cli.text import UNWANTED
from shares import SHARES
from validators import audit

if TYPE_CHECKING:
    from pathlib import Path

MECHANICAL = (
    "ND101", "ND102", "ND103", "ND105", "ND106", "ND107", "ND108", "ND109", "ND301", "ND302", "ND303", "ND305", "ND401",
    "ND402", "ND403",
)  # fmt: skip
BY_HAND = sorted({*BREAKS} - {*MECHANICAL, "ND506"})


def words(data: bytes) -> list[str]:
    """Give what every paragraph says, with letters in one piece."""
    return [
        unicodedata.normalize("NFC", UNWANTED.sub("", one.text))
        for one in lay_out(read_word(data, "a.docx")).paragraphs
    ]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("rule", MECHANICAL)
def test_what_is_mechanical_is_mended_and_the_words_stay(rule: str, share: int) -> None:
    for case in measured.cases(rule, share):
        mended = mend(case.data, case.name)
        person = [finding for finding in mended.left if "để ngang" in finding.message or not finding.sure]
        assert mended.left == person, case.name
        assert words(mended.data) == words(case.data), case.name
        assert mend(mended.data, case.name).data == mended.data, case.name
        if not case.breaks:
            assert mended.data == case.data, case.name


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("rule", BY_HAND)
def test_what_a_person_must_decide_is_left_as_it_is(rule: str, share: int) -> None:
    for case in measured.cases(rule, share):
        mended = mend(case.data, case.name)
        assert mended.data == case.data
        assert mended.left == mended.before


def test_zeros_of_the_header_s_date_are_put_and_taken_away() -> None:
    for said, must in (
        ("ngày 5 tháng 3 năm 2023", "ngày 05 tháng 3 năm 2023"),
        ("ngày 15 tháng 2 năm 2023", "ngày 15 tháng 02 năm 2023"),
        ("ngày 9 tháng 09 năm 2023", "ngày 09 tháng 9 năm 2023"),
        ("ngày 05 tháng 12 năm 2023", "ngày 05 tháng 12 năm 2023"),
    ):
        for technique in corpus.TECHNIQUES:
            made = corpus.good("BC")
            corpus.say("DiaDanh", f"Bình Phước, {said}")(made)
            mended = mend(corpus.write(made, technique, "direct"), "a.docx")
            assert any(line.endswith(must) for line in words(mended.data))
            assert mended.left == []


def test_a_date_spread_over_runs_is_mended_too() -> None:
    document = docx.Document(io.BytesIO(corpus.write(corpus.good("BC"))))
    place = next(
        p for row in document.tables[0].rows for cell in row.cells for p in cell.paragraphs if "ngày 15" in p.text
    )
    run = place.runs[0]
    run.text = "Bình Phước, ngày "
    for text in ("5", " tháng ", "2", " năm 2023"):
        added = place.add_run(text)
        added._r.insert(0, run._r.rPr.__copy__())
    buffer = io.BytesIO()
    document.save(buffer)
    mended = mend(buffer.getvalue(), "a.docx")
    assert "Bình Phước, ngày 05 tháng 02 năm 2023" in words(mended.data)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_many_mistakes_at_once_are_mended_together(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(corpus.KINDS))
    made = corpus.good(kind)
    table = {rule: [change for of, change in BREAKS[rule] if of == kind] for rule in MECHANICAL[1:]}
    for rule in data.draw(st.lists(st.sampled_from([rule for rule in table if table[rule]]), min_size=2, unique=True)):
        data.draw(st.sampled_from(table[rule]))(made)
    written = corpus.write(
        made, data.draw(st.sampled_from(corpus.TECHNIQUES)), data.draw(st.sampled_from(corpus.MEANS))
    )
    mended = mend(written, "a.docx")
    assert {finding.rule for finding in mended.left if finding.sure} <= {"ND203", "ND204"}
    assert mend(mended.data, "a.docx").data == mended.data
    assert words(mended.data) == words(written)


@pytest.mark.office
@pytest.mark.parametrize("rule", ["ND103", "ND105", "ND107", "ND301", "ND403"])
def test_a_mended_document_is_valid_and_its_other_parts_are_untouched(rule: str, tmp_path: Path) -> None:
    for case in [case for case in measured.cases(rule) if case.breaks][:2]:
        mended = mend(case.data, case.name)
        path = tmp_path / case.name
        path.write_bytes(mended.data)
        before, after = parts(case.data), parts(mended.data)
        changed = {name for name in after if before.get(name) != after[name]}
        headers = {name for name in after if "header" in name or "footer" in name}
        assert changed <= {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml", *headers}
        was = tmp_path / f"goc-{case.name}"
        was.write_bytes(case.data)
        assert audit(path) == audit(was)


def test_a_page_number_among_other_words_is_left_to_a_person() -> None:
    document = docx.Document(io.BytesIO(corpus.write(_with(number="bottom"))))
    document.sections[0].footer.paragraphs[0].add_run(" / Sở Nội vụ")
    buffer = io.BytesIO()
    document.save(buffer)
    mended = mend(buffer.getvalue(), "a.docx")
    assert [finding.rule for finding in mended.left] == ["ND107"]
    assert mended.data == buffer.getvalue()


def test_a_letterhead_in_the_header_does_not_vanish_from_the_first_page() -> None:
    document = docx.Document(io.BytesIO(corpus.write(_with(own_first=False))))
    document.sections[0].header.paragraphs[0].add_run("SỞ NỘI VỤ")
    buffer = io.BytesIO()
    document.save(buffer)
    mended = mend(buffer.getvalue(), "a.docx")
    assert [finding.rule for finding in mended.left] == ["ND106"]


def _with(**page: Any) -> corpus.Made:
    made = corpus.good("BC")
    made.page |= page
    return made


def test_a_signed_document_is_not_touched() -> None:
    data = corpus.write(_with(left=20))
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as signed:
            for name in zipped.namelist():
                signed.writestr(name, zipped.read(name))
            signed.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    assert [finding.rule for finding in judge(out.getvalue(), "a.docx")] == ["ND102"]
    with pytest.raises(UsageError, match="đã ký số"):
        mend(out.getvalue(), "a.docx")


def test_a_document_without_relations_gets_its_page_numbers() -> None:
    case = next(one for one in measured.cases("ND105") if one.breaks)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, data in parts(case.data).items():
            if name != "word/_rels/document.xml.rels":
                new.writestr(name, data)
    mended = mend(out.getvalue(), "x.docx").data
    assert any(
        " PAGE " in one.attrib.values() for tree in read_word(mended, "x.docx").others.values() for one in tree.iter()
    )
