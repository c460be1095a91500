"""`danvan import`: the shipped plan comes back from its own Word file; nothing is lost, nothing is overwritten."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import Workbook

from commands import called, environment
from danvan_cli.ooxml.docx import read_word
from pdf_files import drawn
from plans_made import Hand
from signing import marked, person, signed
from word_files import blank, rezipped

if TYPE_CHECKING:
    from commands import Run

ROOT = Path(__file__).parents[2]
OURS = {"label", "number", "kind"}
"""What the Word file does not hold, or says in another way."""


@pytest.fixture(scope="module")
def _exported(made_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("xuất") / "ban-goc.docx"
    assert called(["export", "-o", str(path)], made_workspace, environment()).code == 0
    return path.read_bytes()


@pytest.fixture
def exported(workspace: Path, _exported: bytes) -> Path:
    """Give the shipped plan as the Word document that `export` makes."""
    path = workspace / "ban-goc.docx"
    path.write_bytes(_exported)
    return path


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def items(values: list[dict[str, Any]], depth: int = 0) -> list[dict[str, Any]]:
    """Give what the issued document holds of items, to any depth."""
    out = []
    for one in values:
        held = {key: value for key, value in one.items() if key not in {"label", "items"}}
        out += [{"depth": depth, **held}, *items(one.get("items", []), depth + 1)]
    return out


def test_a_plan_of_old_word_comes_by_way_of_libreoffice(
    run: Run, workspace: Path, exported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = workspace / "cu.doc"
    old.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le") + bytes(99))
    monkeypatch.setattr("danvan_cli.pdf.printing.of_today", lambda _data, _path: exported.read_bytes())
    done = run("import", old, "-o", workspace.parent / "tu-ban-cu.yaml")
    assert (done.code, "nhiệm vụ" in done.stdout) == (0, True), done.stderr
    old.write_bytes(old.read_bytes() + "TỐI MẬT".encode("utf-16-le"))
    assert "độ mật" in run("import", old, cwd=workspace).stderr


def test_the_shipped_plan_comes_back_from_its_own_word_file(workspace: Path, exported: Path, run: Run) -> None:
    path = workspace / "plans" / "2023.yaml"
    before = load(path)
    done = run("import", exported, "--force", cwd=workspace)
    assert done.code == 0, done.stderr
    assert "64/64" in done.stdout
    after = load(path)
    for one in before["sections"]:
        one.pop("labels", None)
    assert [one["heading"] for one in after["sections"]] == [one["heading"] for one in before["sections"]]
    assert [one["kind"] for one in after["sections"]] == [one["kind"] for one in before["sections"]]
    for new, old in zip(after["sections"], before["sections"], strict=True):
        assert items(new["items"]) == items(old["items"])
    for key in (
        "title",
        "subject",
        "opening",
        "closing",
        "recipients",
        "signature",
        "issuer",
        "settings",
        "blocks",
        "units",
    ):
        assert after[key] == before[key], key
    assert after["state"] == "draft"
    held = ("type", "symbol", "date", "issuer", "title", "cited")
    assert [[one.get(key) for key in held] for one in after["documents"]] == [
        [one.get(key) for key in held] for one in before["documents"]
    ]
    wanted = ("id", "kind", "owners", "before", "to", "via", "duty", "on_request", "period")
    assert sorted(([one.get(key) for key in wanted] for one in after["deliverables"]), key=str) == sorted(
        ([one.get(key) for key in wanted] for one in before["deliverables"]), key=str
    )
    assert (path.with_name("2023.yaml.bak")).exists()


def test_what_is_not_sure_is_marked_listed_and_found(workspace: Path, exported: Path, run: Run) -> None:
    done = run("import", exported, "--force", "--json", cwd=workspace)
    told = json.loads(done.stdout)
    text = (workspace / "plans" / "2023.yaml").read_text(encoding="utf-8").splitlines()
    assert told["to_confirm"]
    for one in told["to_confirm"]:
        assert one["what"] in text[one["line"] - 1]
    assert {one["sure"] for one in told["guesses"]} == {"sure", "likely", "unsure"}
    found = json.loads(run("check", "plans/2023.yaml", "--format", "json", cwd=workspace).stdout)
    marked = [one["line"] for one in found["findings"] if one["rule"] == "DV960"]
    assert marked == [one["line"] for one in told["to_confirm"]]
    assert found["errors"] == 0


def test_outside_a_workspace_owners_are_names_to_be_settled(tmp_path: Path, exported: Path, run: Run) -> None:
    (tmp_path / "ngoài").mkdir()
    assert run("import", exported, cwd=tmp_path / "ngoài").code == 2
    path = tmp_path / "ngoài" / "p.yaml"
    assert run("import", exported, "-o", path, cwd=tmp_path / "ngoài").code == 0
    plan = load(path)
    assert "Sở Nội vụ" in [one["name"] for one in plan["parties"]]
    assert "units" not in plan
    assert run("check", path, cwd=tmp_path).code == 0


def test_a_plan_that_is_there_is_not_overwritten_but_an_empty_draft_is_filled(
    tmp_path: Path, exported: Path, run: Run
) -> None:
    done = run("import", exported, "-o", exported.parent / "plans" / "2023.yaml", cwd=exported.parent)
    assert done.code == 1
    assert "--force" in done.stderr
    done = run("import", exported, "-o", "plans/moi.yaml", cwd=exported.parent)
    assert done.code == 1
    assert "-o plans/2023.yaml --force" in done.stderr, "two plans of one id cannot lie side by side"
    assert not (exported.parent / "plans" / "moi.yaml").exists()
    assert run("import", exported, "-o", "khác.yaml", cwd=exported.parent).code == 0
    assert run("init", "moi", "--province", "Đồng Nai", "--year", "2026", cwd=tmp_path).code == 0
    path = tmp_path / "moi" / "plans" / "2026.yaml"
    units = load(path)["units"]
    made = Hand("nhãn gõ", 1).write()
    (tmp_path / "ke-hoach.docx").write_bytes(made.data)
    assert run("import", tmp_path / "ke-hoach.docx", cwd=tmp_path / "moi").code == 0
    assert load(path)["units"] == units
    assert [one["heading"] for one in load(path)["sections"]] == made.sections
    assert run("init-unit", "so-y-te", cwd=tmp_path / "moi").code == 0
    assert (tmp_path / "moi" / "units" / "so-y-te" / "out" / "ke-hoach-trien-khai.docx").is_file()


def test_ask_settles_place_by_place_and_goes_on_later(
    workspace: Path, exported: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workspace / "plans" / "2023.yaml"
    assert run("import", exported, "--force", "--ask", cwd=workspace).code == 2, "nobody can be asked"
    monkeypatch.setattr("danvan_cli.cli.prompts.at_terminal", lambda: True)
    typed = iter(["công tác dân vận", "đúng", "so-la", "so-tu-phap", "q"])
    monkeypatch.setattr("builtins.input", lambda _question: next(typed))
    done = run("import", exported, "--force", "--ask", cwd=workspace)
    assert done.code == 0, done.stderr
    assert "so-la" in done.stderr
    plan = load(path)
    assert plan["subject"] == "công tác dân vận"
    assert sorted(one["to"] for one in plan["deliverables"] if one["id"] in {"6m", "1y"}) == ["so-noi-vu", "so-tu-phap"]
    assert path.read_text(encoding="utf-8").count("# cần xác nhận") == 1
    monkeypatch.setattr("builtins.input", lambda _question: "đúng")
    assert run("import", path, "--ask", cwd=workspace).code == 0
    assert "# cần xác nhận" not in path.read_text(encoding="utf-8")
    assert load(path) == plan


UNITS = """\
STT;Tên đơn vị;Ký hiệu;Khối;Mã
1;Sở Nội vụ;SNV;Các sở, ban, ngành tỉnh;
2;Sở Dân tộc và Tôn giáo;SDTTG;Các sở, ban, ngành tỉnh;
3;Ủy ban nhân dân huyện Lộc Ninh;;UBND các huyện, thị xã, thành phố;
4;UBND huyện Lộc Nịnh;;UBND các huyện, thị xã, thành phố;
5;UBND xã Mới;;Các xã;99999
"""


def test_units_are_added_in_bulk_doubles_and_changed_names_told(workspace: Path, run: Run) -> None:
    (workspace / "đơn vị.csv").write_text(UNITS, encoding="utf-8")
    path = workspace / "plans" / "2023.yaml"
    before = load(path)
    told = json.loads(run("import", "đơn vị.csv", "--json", cwd=workspace).stdout)
    assert told["doubles"] == ["Sở Nội vụ", "Ủy ban nhân dân huyện Lộc Ninh"]
    assert told["renamed"] == [{"from": "UBND huyện Lộc Ninh", "to": "UBND huyện Lộc Nịnh"}]
    after = load(path)
    assert [one["name"] for one in after["units"][len(before["units"]) :]] == ["Sở Dân tộc và Tôn giáo", "UBND xã Mới"]
    assert after["blocks"][-1] == {"id": "cac-xa", "name": "Các xã"}
    assert json.loads(run("import", "đơn vị.csv", "--json", cwd=workspace).stdout)["units"] == []
    assert run("check", "plans/2023.yaml", cwd=workspace).code == 0


def test_units_whose_names_differ_in_their_marks_alone_are_two_where_their_codes_are(workspace: Path, run: Run) -> None:
    (workspace / "xã.csv").write_text(
        "Tên đơn vị,Mã đơn vị\nUBND xã Lộc Thạnh,25280\nUBND xã Lộc Thành,25294\nUBND xã Lộc Thảnh,25294\n", "utf-8"
    )
    told = json.loads(run("import", "xã.csv", "--json", cwd=workspace).stdout)
    assert told["renamed"] == [{"from": "UBND xã Lộc Thành", "to": "UBND xã Lộc Thảnh"}]
    units = load(workspace / "plans" / "2023.yaml")["units"][-2:]
    assert [one["name"] for one in units] == ["UBND xã Lộc Thạnh", "UBND xã Lộc Thành"]
    again = json.loads(run("import", "xã.csv", "--json", cwd=workspace).stdout)
    assert (again["units"], len(again["doubles"])) == ([], 2)
    (workspace / "xã.csv").write_text(
        "Tên đơn vị,Mã đơn vị\nUBND xã Lộc Thạnh,\nUBND xã Lộc Thành,\nUBND xã Lộc Hoà,25305\nUBND xã Lộc Hòa,1\n",
        "utf-8",
    )
    again = json.loads(run("import", "xã.csv", "--json", cwd=workspace).stdout)  # hoà is hòa, whatever its code
    assert (len(again["units"]), len(again["doubles"]), again["renamed"]) == (1, 3, [])


@pytest.mark.parametrize("shared", [False, True])
def test_who_was_only_named_becomes_a_unit_by_the_same_id(workspace: Path, run: Run, *, shared: bool) -> None:
    path, register = workspace / "plans" / "2023.yaml", workspace / "don-vi.yaml"
    text = path.read_text("utf-8")
    at = text.index("\nblocks:\n") + 1
    parties = "parties:\n  - {id: tinh-doan, name: Tỉnh đoàn}\n  - {id: mttq, name: Ủy ban MTTQ tỉnh}\n"
    if shared:
        register.write_text(f"format: danvan-register/1\n{text[at:]}", "utf-8")
        text = f"{text[:at]}register: ../don-vi.yaml\n"
    path.write_text(text + parties, "utf-8")
    (workspace / "thêm.csv").write_text("Tên đơn vị\nTỉnh đoàn\n", "utf-8")
    told = json.loads(run("import", "thêm.csv", "--json", cwd=workspace).stdout)
    assert [one["id"] for one in told["units"]] == ["tinh-doan"]
    assert load(path)["parties"] == [{"id": "mttq", "name": "Ủy ban MTTQ tỉnh"}]
    assert load(register if shared else path)["units"][-1]["id"] == "tinh-doan"
    assert json.loads(run("check", "plans/2023.yaml", "--json", cwd=workspace).stdout)["errors"] == 0


@pytest.mark.parametrize(("cell", "said"), [("a" * 140_000, "không phải bảng CSV"), ("\n" * 20_001, "quá nhiều dòng")])
def test_a_list_beyond_all_bounds_is_refused(workspace: Path, run: Run, cell: str, said: str) -> None:
    (workspace / "đơn vị.csv").write_text(f"Tên đơn vị,Mã\n{cell},1\n", encoding="utf-8")
    done = run("import", "đơn vị.csv", "--as", "units", cwd=workspace)
    assert (done.code, said in done.stderr) == (2, True), done.stderr


ROWS = [
    ["BẢNG TIÊU CHÍ CHẤM ĐIỂM"],
    ["TT", "Tiêu chí", "Điểm tối đa", "Cách chấm", "Tài liệu kiểm chứng"],
    ["I", "Công tác lãnh đạo", 20],
    ["1", "Ban hành kế hoạch", 10, "", "Kế hoạch"],
    ["", "- Đúng hạn", 10],
    ["", "- Không ban hành", 0],
    ["2", "Kiểm tra", 10, "Mỗi cuộc kiểm tra được 2,5 điểm", "Biên bản"],
    ["II", "Kết quả", 30],
    ["1", "Tiếp công dân", 15, "Thực hiện đúng quy định", "Sổ tiếp công dân"],
    ["2", "Giải quyết đơn thư", 15, "Mỗi đơn quá hạn trừ 1 điểm", "Báo cáo"],
    ["", "Tổng cộng", 50],
]


@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_a_table_of_points_becomes_a_rubric_to_be_completed(workspace: Path, run: Run, form: str) -> None:
    path = workspace / f"bảng điểm.{form}"
    if form == "xlsx":
        book = Workbook()
        for row in ROWS:
            book.active.append(row)
        book.save(path)
    else:
        document = blank()
        document.add_paragraph(ROWS[0][0])
        table = document.add_table(0, 5)
        for row in ROWS[1:]:
            for cell, said in zip(table.add_row().cells, row, strict=False):
                cell.text = str(said)
        document.save(path)
    done = run("import", path, "-o", "plans/moi.rubric.yaml", cwd=workspace)
    assert done.code == 0, done.stderr
    cells = len([cell for row in ROWS for cell in row if cell != ""])
    assert f"{cells}/{cells}" in done.stdout, "the table comes back whole from the rubric's file"
    (rubric,) = load(workspace / "plans" / "moi.rubric.yaml")["rubrics"]
    assert [one["title"] for one in rubric["criteria"]] == ["Công tác lãnh đạo", "Kết quả"]
    first, second = rubric["criteria"][0]["criteria"]
    assert [(one["name"], one["points"]) for one in first["levels"]] == [("Đúng hạn", 10), ("Không ban hành", 0)]
    assert second["count"] == {"each": 2.5}
    assert second["guide"] == "Mỗi cuộc kiểm tra được 2,5 điểm"
    assert [one["deduction"] for one in rubric["criteria"][1]["criteria"][1:]] == [{"each": 1}]
    assert rubric["max"] == 50
    assert run("import", path, "-o", "plans/moi.rubric.yaml", cwd=workspace).code == 1
    found = json.loads(run("check", "plans/moi.rubric.yaml", "--format", "json", cwd=workspace).stdout)
    assert found["errors"] == 0
    assert "DV960" in {one["rule"] for one in found["findings"]}


def test_a_rubric_s_proof_names_each_cell_that_does_not_come_back(workspace: Path, run: Run) -> None:
    rows = [
        ["TT", "Tiêu chí", "Điểm tối đa", "Cách chấm"],
        ["I.", "Công tác lãnh đạo", "20 điểm"],
        ["1.", "Ban hành kế hoạch", "10 điểm", "Theo hồ sơ"],
        ["", "- Đúng hạn", "12 điểm"],
        ["", "- Chậm", "5 điểm"],
        ["2)", "Kiểm tra", "2,5 điểm"],
    ]
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(workspace / "điểm.xlsx")
    told = json.loads(run("import", "điểm.xlsx", "-o", "plans/moi.rubric.yaml", "--json", cwd=workspace).stdout)
    cells = len([cell for row in rows for cell in row if cell])
    assert told["identical"]["of"] == cells
    assert [line for one in told["differences"] for line in one["source"]] == ["2)"]
    assert told["identical"]["cells"] == cells - 1
    guide = load(workspace / "plans" / "moi.rubric.yaml")["rubrics"][0]["criteria"][0]["criteria"][0]["guide"]
    assert guide.split("\n") == ["Theo hồ sơ", "- Đúng hạn", "12 điểm", "- Chậm", "5 điểm"], (
        "levels beyond the most are not lost"
    )


@pytest.mark.parametrize(
    ("rows", "part", "lines", "most"),
    [
        ([["", "Điểm thưởng", 5, "Có mô hình được nhân rộng"]], "bonus", [("Điểm thưởng", 5, {"manual": True})], 5),
        ([["III", "ĐIỂM TRỪ", 4], ["1", "Báo cáo chậm", 3, "Mỗi lần trừ 0,5 điểm"], ["2", "Bị phê bình", 1]],
         "deductions", [("Báo cáo chậm", 3, {"count": {"each": 0.5}}), ("Bị phê bình", 1, {"manual": True})], 4),
    ],
)  # fmt: skip
def test_points_beside_the_scale_are_no_part_of_a_criterion(
    workspace: Path, run: Run, rows: list[list[Any]], part: str, lines: list[Any], most: float
) -> None:
    book = Workbook()
    every = [*ROWS[:-1], *rows, ROWS[-1]]
    for row in every:
        book.active.append(row)
    book.save(workspace / "điểm.xlsx")
    done = run("import", "điểm.xlsx", "-o", "plans/moi.rubric.yaml", cwd=workspace)
    cells = len([cell for row in every for cell in row if cell != ""])
    assert (done.code, f"{cells}/{cells} ô, dòng giống hệt" in done.stdout) == (0, True), done.stdout
    (rubric,) = load(workspace / "plans" / "moi.rubric.yaml")["rubrics"]
    assert rubric["max"] == 50
    assert [one["title"] for one in rubric["criteria"]] == ["Công tác lãnh đạo", "Kết quả"]
    assert rubric[part]["max"] == most
    known = {"id", "title", "max", "guide"}
    assert [
        (one["title"], one["max"], {key: one[key] for key in one if key not in known})
        for one in rubric[part]["criteria"]
    ] == lines
    assert json.loads(run("check", "plans/moi.rubric.yaml", "--json", cwd=workspace).stdout)["errors"] == 0


def test_points_that_the_total_counts_in_are_of_the_scale(workspace: Path, run: Run) -> None:
    book = Workbook()
    for row in [*ROWS[:-1], ["III", "Điểm thưởng", 5], ["", "Tổng cộng", 55]]:
        book.active.append(row)
    book.save(workspace / "điểm.xlsx")
    assert run("import", "điểm.xlsx", "-o", "plans/moi.rubric.yaml", cwd=workspace).code == 0
    (rubric,) = load(workspace / "plans" / "moi.rubric.yaml")["rubrics"]
    assert (len(rubric["criteria"]), rubric["max"], "bonus" in rubric) == (3, 55, False)


PARTIES = "\nparties:\n  - {id: tinh-doan, name: Tỉnh đoàn}\n"


def test_what_no_word_file_says_stays_in_a_draft_that_one_fills(workspace: Path, exported: Path, run: Run) -> None:
    assert run("new-year", "2024", cwd=workspace, today="2024-01-05").code == 0
    body = read_word(exported.read_bytes(), "a").parts["word/document.xml"].replace(b"2023", b"2024")
    exported.write_bytes(rezipped(exported.read_bytes(), word_document_xml=body))
    path = workspace / "plans" / "2024.yaml"
    text = path.read_text("utf-8")
    first = next(line for line in text.splitlines(keepends=True) if line.startswith("  - {id: 1y, "))
    text = re.sub(r"(?m)^( +label: )", r"\1Của tôi ", text.replace(first, ""), count=1)
    path.write_text(text + PARTIES, "utf-8")
    before = load(path)
    done = run("import", exported, "--force", cwd=workspace, today="2024-01-05")
    assert done.code == 0, done.stderr
    after, text = load(path), path.read_text("utf-8")
    assert after["title"].endswith("2024")
    for key in ("indicators", "settings", "blocks", "units"):
        assert after[key] == before[key], key
    assert after["periods"][:-1] == before["periods"]
    assert after["periods"][-1]["id"] == "1y"
    assert "ky-theo-nd09" in text, "what is new is marked"
    assert "kỳ chuyển từ" in text, "and so is still what the draft had marked"
    assert after["parties"][0] == before["parties"][0]
    named = [[one.get("label") for one in walked(plan["sections"])] for plan in (before, after)]
    assert named[0] == named[1]
    assert any("Của tôi" in (one or "") for one in named[1])
    names = [{one["id"]: one["name"] for one in plan["deliverables"]} for plan in (before, after)]
    assert names[0] == names[1]
    assert json.loads(run("check", path, "--json", cwd=workspace).stdout)["errors"] == 0


def walked(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give items and all below."""
    return [it for one in values for it in (one, *walked(one.get("items", [])))]


def test_a_plan_that_was_signed_as_pdf_brings_number_and_day_from_its_stamps(tmp_path: Path, run: Run) -> None:
    pytest.importorskip("pyhanko")
    said = [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "Nâng cao nhận thức của cán bộ, công chức về công tác dân vận.",
        "II. NHIỆM VỤ",
        "1. Sở Nội vụ chủ trì, tổ chức tập huấn trước ngày 15/3/2026.",
        "III. TỔ CHỨC THỰC HIỆN",
        "Sở Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này./.",
    ]
    head = [
        ("ỦY BAN NHÂN DÂN", 105, 760), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 335, 760), ("TỈNH VÍ DỤ", 120, 742),
        ("Độc lập - Tự do - Hạnh phúc", 360, 742), ("Số:      /KH-UBND", 100, 720), ("Ví Dụ, ngày     tháng 01 năm 2026", 335, 720),
        ("KẾ HOẠCH", 273, 690), ("Công tác dân vận năm 2026", 222, 670),
    ]  # fmt: skip
    tail = [
        ("Nơi nhận:", 85, 400), ("TM. ỦY BAN NHÂN DÂN", 370, 400), ("- Như trên;", 85, 385), ("CHỦ TỊCH", 403, 385),
        ("- Lưu: VT.", 85, 370), ("Nguyễn Thị Thử", 385, 330),
    ]  # fmt: skip
    lines = [*head, *((text, 121, 640 - 24 * at) for at, text in enumerate(said)), *tail]
    data = drawn(*((text, f"12 0 0 12 {left} {low}") for text, left, low in lines))
    for text, left, field in (("145", 124, "So"), ("08", 406, "Ngay")):
        data = marked(data, text, left, 716, field)
    data = signed(data, person())
    (tmp_path / "ke-hoach.pdf").write_bytes(data)
    done = run("import", "ke-hoach.pdf", "-o", "p.yaml", cwd=tmp_path)
    assert done.code == 0, done.stderr
    plan = load(tmp_path / "p.yaml")
    assert (plan["issued"]["number"], str(plan["issued"]["date"])) == ("145/KH-UBND", "2026-01-08")
    there = (tmp_path / "p.yaml").read_text("utf-8")
    for text, _left, _low in head[4:6]:
        assert re.sub(r"\s+", " ", text.replace("      ", " 145 ").replace("     ", " 08 ")) in there.replace(
            "145/", "145 /"
        )
    assert [one["heading"] for one in plan["sections"]] == [said[0], said[2], said[4]]
    (task,) = plan["sections"][1]["items"]
    assert f"1. {task['text']}" == said[3]
    assert task["due"] == "trước ngày 15/3/2026"
    assert [one["text"] for one in plan["sections"][2]["items"]] == [said[5]], (
        "what alone stands below a heading is no closing"
    )


def test_a_day_of_a_report_that_is_not_understood_is_told(tmp_path: Path, run: Run) -> None:
    """Nobody is to think that a plan asks for no report, because the paragraph that does was not read."""
    document = blank()
    duty = "Các sở, ban, ngành và UBND các xã, phường báo cáo kết quả thực hiện {} về Sở Nội vụ để tổng hợp."
    for line in (
        "ỦY BAN NHÂN DÂN", "TỈNH VÍ DỤ", "Số: 3/KH-UBND", "Ví Dụ, ngày 08 tháng 01 năm 2026", "KẾ HOẠCH", "Công tác dân vận năm 2026",
        "I. NHIỆM VỤ", "1. Sở Nội vụ chủ trì, tổ chức tập huấn trước ngày 15/3/2026.", "II. TỔ CHỨC THỰC HIỆN",
        f"1. {duty.format('06 tháng đầu năm (trước ngày 10/6/2026)')}",
        f"2. {duty.format('06 tháng đầu năm (trước ngày 10/6/2026) và năm (trước ngày 30/11/2026)')}",
        "Nơi nhận:", "- Như trên;", "- Lưu: VT.", "CHỦ TỊCH", "Nguyễn Thị Thử",
    ):  # fmt: skip
        document.add_paragraph(line)
    document.save(str(tmp_path / "kh.docx"))
    done = run("import", "kh.docx", "-o", "p.yaml", cwd=tmp_path)
    assert done.code == 0, done.stderr
    told = (tmp_path / "p.yaml").read_text("utf-8")
    days = {str(one.get("before")) for one in load(tmp_path / "p.yaml")["deliverables"]}
    assert "2026-06-10" in days
    assert "2026-11-30" in days or "ghi thêm vào deliverables: II.2 (bao-cao-chua-doc)" in told
