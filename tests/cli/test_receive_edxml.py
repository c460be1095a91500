"""Electronic documents as agencies exchange them: one receipt with everything that the envelope knows."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from received import RECORDED, TODAY, report_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from commands import Run

SPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
SUBJECT = "Báo cáo kết quả công tác dân vận chính quyền 06 tháng đầu năm 2023"
SCAN = b"\xff\xd8\xff" + bytes(40)


@pytest.fixture
def unit(begun: Callable[..., Path]) -> Path:
    return begun(*RECORDED)


def edxml(files: dict[str, bytes], organ: str = "H10.05", name: str = "Sở Y tế tỉnh Bình Phước", **more: str) -> bytes:
    """Write an envelope as the exchange's own tools do: prefixed elements, attachments without prefix behind them."""
    said = {
        "number": "45", "notation": "BC-SYT", "date": "2023/05/08", "subject": SUBJECT, "due": "2023/05/20",
        "stamp": "2023/05/09 08:15:00",
    } | more  # fmt: skip
    references, bodies = "", ""
    for i, (file, data) in enumerate(files.items()):
        references += (
            f"<edXML:Reference><edXML:ContentId>cid:{i}</edXML:ContentId>"
            f"<edXML:AttachmentName>{file}</edXML:AttachmentName></edXML:Reference>"
        )
        text = base64.encodebytes(data).decode()
        bodies += f"<Attachment><ContentId>{i}</ContentId><ContentTransferEncoded>{text}</ContentTransferEncoded></Attachment>"
    return f"""<?xml version="1.0" encoding="utf-8"?>
<edXML xmlns="{SPACE}"><edXML:edXMLEnvelope xmlns:edXML="{SPACE}"><edXML:edXMLHeader><edXML:MessageHeader>
<edXML:From><edXML:OrganId>{organ}</edXML:OrganId><edXML:OrganName>{name}</edXML:OrganName></edXML:From>
<edXML:To><edXML:OrganId>H10.11</edXML:OrganId><edXML:OrganName>Sở Nội vụ</edXML:OrganName></edXML:To>
<edXML:Code><edXML:CodeNumber>{said["number"]}</edXML:CodeNumber>
<edXML:CodeNotation>{said["notation"]}</edXML:CodeNotation></edXML:Code>
<edXML:PromulgationInfo><edXML:Place>N/A</edXML:Place>
<edXML:PromulgationDate>{said["date"]}</edXML:PromulgationDate></edXML:PromulgationInfo>
<edXML:Subject>{said["subject"]}</edXML:Subject><edXML:DueDate>{said["due"]}</edXML:DueDate>
</edXML:MessageHeader><edXML:TraceHeaderList><edXML:TraceHeader><edXML:OrganId>{organ}</edXML:OrganId>
<edXML:Timestamp>{said["stamp"]}</edXML:Timestamp></edXML:TraceHeader></edXML:TraceHeaderList></edXML:edXMLHeader>
<edXML:edXMLBody><edXML:edXMLManifest version="1.0">{references}</edXML:edXMLManifest></edXML:edXMLBody>
</edXML:edXMLEnvelope><AttachmentEncoded>{bodies}</AttachmentEncoded></edXML>""".encode()


def other(files: dict[str, bytes]) -> bytes:
    """Write one as other programs do: another namespace, no prefix, the files in the manifest."""
    inside = "".join(
        f"<Attachment><Content>{base64.b64encode(data).decode()}</Content><FileName>{name}</FileName></Attachment>"
        for name, data in files.items()
    )
    return (
        '<?xml version="1.0"?><EdXMLEnvelope xmlns="http://example.vn/eDoc"><MessageHeader><From><OrganId>X</OrganId>'
        "<OrganName>SỞ Y TẾ</OrganName></From><Code><CodeNumber>45/BC-SYT</CodeNumber><CodeNotation>N/A</CodeNotation></Code>"
        "<PromulgationInfo><PromulgationDate>2023-05-08T01:00:00Z</PromulgationDate></PromulgationInfo>"
        f"<Subject>{SUBJECT}</Subject></MessageHeader><Manifest>{inside}</Manifest></EdXMLEnvelope>"
    ).encode()


def zipped(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, data)
    return out.getvalue()


def taken(
    run: Run, folder: Path, path: Path, data: bytes, *more: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Take one in; gives what is told of each thing, and the receipts."""
    path.write_bytes(data)
    told = json.loads(run("receive", path, "--json", *more, cwd=folder, today=TODAY).stdout)["files"]
    found = sorted((folder / "province").rglob("receipt.yaml"))
    return told, [yaml.safe_load(one.read_text("utf-8")) for one in found]


@pytest.mark.parametrize("known", [True, False])
def test_an_envelope_is_one_receipt_with_everything_known(run: Run, unit: Path, tmp_path: Path, known: bool) -> None:
    """By the sender's code where the plan has it, else by its name."""
    if known:
        plan = unit / "plans" / "2023.yaml"
        text = plan.read_text("utf-8")
        plan.write_text(text.replace("{id: so-y-te, ", "{id: so-y-te, organ_id: H10.05, ", 1), "utf-8")
        assert "organ_id" in plan.read_text("utf-8")
        assert run("check", cwd=unit, today=TODAY).code == 0
    files = {
        "phu luc.jpg": SCAN,
        "ban ky.pdf": zipped("x", b"%PDF-1.4 scan"),
        "bao cao.docx": report_of(unit).read_bytes(),
    }
    name = "Tên lạ" if known else "Sở Y tế tỉnh Bình Phước"
    told, receipts = taken(run, unit, tmp_path / "thu.edxml", edxml(files, name=name))
    assert [(one["state"], one["unit"], one["deliverable"], one["by"][0]) for one in told] == [
        ("filed", "so-y-te", "6m", "envelope")
    ]
    (receipt,) = receipts
    assert (receipt["symbol"], str(receipt["issued"]), str(receipt["received"])) == (
        "45/BC-SYT",
        "2023-05-08",
        "2023-05-09",
    )
    assert [one["title"] if "title" in one else one["name"] for one in receipt["files"]] == [
        "ban ky.pdf", "bao cao.docx", "phu luc.jpg"]  # fmt: skip
    assert receipt["notes"] == [f"Trích yếu: {SUBJECT}", "Hạn ghi ở thư: 20/5/2023", f"Nơi gửi: H10.05 {name}"]
    assert taken(run, unit, tmp_path / "thu.edxml", edxml(files, name=name))[0][0]["state"] == "known"


def test_one_of_another_program_is_read_as_well(run: Run, unit: Path, tmp_path: Path) -> None:
    told, (receipt,) = taken(run, unit, tmp_path / "a.edxml", other({"a.jpg": SCAN}))
    assert (told[0]["unit"], told[0]["deliverable"], told[0]["symbol"]) == ("so-y-te", "6m", "45/BC-SYT")
    assert str(receipt["issued"]) == "2023-05-08"


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (edxml({"a.jpg": SCAN}, name="Sở Y tế tỉnh Đồng Nai"), "unclear"),
        (edxml({"a.jpg": SCAN}, name="Chi cục Dân số"), "unclear"),
        (edxml({"a.jpg": SCAN}, subject="Báo cáo công tác cải cách hành chính năm 2023"), "unclear"),
        (edxml({"a.jpg": SCAN}, subject="TỐI MẬT " + SUBJECT), "refused"),
        (edxml({}), "refused"),
        (edxml({"a.jpg": SCAN})[:-30], "refused"),
        (edxml({"a.exe": b"MZ"}), "refused"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><edXML>&b;</edXML>', "refused"),
    ],
    ids=["another province", "a body below", "another report", "secret", "empty", "cut off", "runs", "entities"],
)
def test_what_is_not_sure_or_must_not_come_in_does_not(
    run: Run, unit: Path, tmp_path: Path, data: bytes, state: str
) -> None:
    told, receipts = taken(run, unit, tmp_path / "a.edxml", data)
    assert ([one["state"] for one in told], receipts) == ([state], [])


def test_a_letterhead_stands_against_the_sender_and_the_letter_s_other_things_are_taken_by_themselves(
    run: Run, unit: Path, tmp_path: Path
) -> None:
    report = report_of(unit).read_bytes()
    told, _receipts = taken(
        run, unit, tmp_path / "a.edxml", edxml({"a.docx": report}, name="Sở Tư pháp", notation="BC-STP")
    )
    assert [one["state"] for one in told] == ["refused"]
    assert "Sở Y tế" in told[0]["reason"]
    assert run("workbook", "so-y-te", "-o", tmp_path / "so.xlsx", cwd=unit).code == 0
    book = (tmp_path / "so.xlsx").read_bytes()
    told, receipts = taken(run, unit, tmp_path / "b.edxml", edxml({"a.docx": report, "so.xlsx": book}))
    assert sorted((one["deliverable"], one["state"]) for one in told) == [("6m", "filed"), ("so-lieu", "filed")]
    assert len(receipts) == 2
