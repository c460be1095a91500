"""`receive` stopped and run again: what follows a receipt is made up for, once, and undoes nothing later.

That it may be stopped at any moment is shown in tests/fire/test_stopped.py.
"""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from books import Book
from danvan_cli.delivery.pending import PENDING
from danvan_cli.inbox import intake

if TYPE_CHECKING:
    from commands import Result, Run

TODAY = "2023-05-12"
UNIT = "so-y-te"


@pytest.fixture
def unit(run: Run, workspace: Path) -> Path:
    """Give the workspace of a unit with results and answers; its sender."""
    for command in (
        ("init-unit", UNIT, "--from", "samples/so-y-te.unit.yaml"),
        ("score", UNIT, "--answers", "samples/so-y-te.score.yaml", "--no-sheet"),
    ):
        assert run(*command, cwd=workspace).code == 0
    return workspace


@pytest.fixture
def province(run: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "tỉnh"
    assert run("init", folder, "--sample").code == 0
    return folder


def package(run: Run, unit: Path, what: str, to: Path, count: int) -> Path:
    """Pack what the unit sends, with another figure in its record each time."""
    assert run("log", UNIT, "--period", "6m", "--indicator", f"tin-bai={count}", cwd=unit).code == 0
    to.parent.mkdir(parents=True, exist_ok=True)
    assert run("submit", UNIT, "--period", what, "-o", to, "--remake", cwd=unit, today=TODAY).code == 0
    return to


def receive(run: Run, folder: Path, *arguments: object) -> Result:
    done = run("receive", *arguments, "--received", "9/5/2023", cwd=folder, today=TODAY)
    assert "Traceback" not in done.stderr
    return done


def record(folder: Path, name: str = "unit.yaml") -> bytes:
    return (folder / "units" / UNIT / name).read_bytes()


def told(data: bytes) -> Any:
    """Give what a record says: what is blank may stand there or be left out."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: kept for key, one in value.items() if (kept := without(one)) not in (None, [], {})}
        return value

    return without(yaml.safe_load(data))


def notes(folder: Path) -> list[Path]:
    return sorted((folder / "province").rglob(PENDING))


def workbook(run: Run, unit: Path, box: Path) -> None:
    box.mkdir()
    assert run("workbook", UNIT, "-o", box / "so.xlsx", cwd=unit).code == 0
    book = Book(box / "so.xlsx")
    book.put("ke-hoach", "II.1.1|+1", "content", "Việc thêm")
    book.put("giai-trinh", "5.2", "evidence.title", "Lịch tiếp công dân")
    book.put("vuong-mac", "+1", "text", "Thiếu người")
    book.save()


def reports(run: Run, unit: Path, box: Path) -> None:
    """Two versions of one report."""
    box.mkdir()
    for i in (1, 2):
        assert run("log", UNIT, "--period", "6m", "--indicator", f"tin-bai={60 + i}", cwd=unit).code == 0
        assert run("report", UNIT, "--period", "6m", "-o", box / f"BC {i} SYT.docx", cwd=unit, today=TODAY).code == 0


def blocked(run: Run, folder: Path, at: str, *files: Path) -> None:
    """Receive while what follows cannot be written: a file lies where a folder must be."""
    place = folder / at
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"")
    done = receive(run, folder, *files)
    assert (done.code, "nhận lại tệp này" in done.stderr or "không ghi được" in done.stderr) == (1, True)
    place.unlink()
    assert len(notes(folder)) == len(files)


def test_an_earlier_package_made_up_for_does_not_replace_a_later_one_but_brings_what_that_lacks(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    first = package(run, unit, "tu-cham", tmp_path / "hộp" / "1.zip", 61)
    answers = record(unit, "score.yaml")
    blocked(run, province, f"units/{UNIT}", first)
    second = package(run, unit, "6m", tmp_path / "hộp" / "2.zip", 62)
    assert receive(run, province, second).code == 0
    assert record(province) == record(unit)
    done = receive(run, province, first)
    assert (done.code, "làm tiếp phần còn dở" in done.stdout) == (0, True)
    assert "đã ghi vào units/so-y-te: score.yaml" in done.stderr
    assert (record(province), record(province, "score.yaml")) == (record(unit), answers)
    assert "không đổi gì" in receive(run, province, first).stdout
    assert not notes(province)


def test_a_later_package_made_up_for_replaces_an_earlier_one(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    first = package(run, unit, "6m", tmp_path / "hộp" / "1.zip", 61)
    assert receive(run, province, first).code == 0
    shutil.move(province / "units" / UNIT, tmp_path / "đơn vị")
    second = package(run, unit, "6m", tmp_path / "hộp" / "2.zip", 62)
    blocked(run, province, f"units/{UNIT}", second)
    shutil.move(tmp_path / "đơn vị", province / "units" / UNIT)
    assert receive(run, province, first, second).code == 0
    assert record(province) == record(unit)


def test_a_scaffold_that_nobody_edited_gives_way_to_what_comes(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    """The first steps of the README: `init-unit --all`, then `receive`."""
    sent = package(run, unit, "6m", tmp_path / "1.zip", 61)
    assert run("init-unit", UNIT, cwd=province).code == 0
    assert receive(run, province, sent).code == 0
    assert record(province) == record(unit)
    assert not notes(province)


def test_a_scaffold_brought_to_a_later_revision_gives_way_too(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    assert run("init-unit", UNIT, cwd=province).code == 0
    plan = province / "plans" / "2023.yaml"
    for folder in (unit, province):
        path = folder / "plans" / "2023.yaml"
        path.write_bytes(path.read_bytes() + "# thêm một dòng\n".encode())
    assert plan.is_file()
    assert run("update-unit", UNIT, cwd=unit).code == 0
    assert receive(run, province, package(run, unit, "6m", tmp_path / "1.zip", 61)).code == 0
    assert told(record(province))["indicators"] == told(record(unit))["indicators"]
    assert not notes(province)


def test_what_both_edited_is_shown_and_taken_once_somebody_has_chosen(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    sent = package(run, unit, "6m", tmp_path / "1.zip", 61)
    assert run("init-unit", UNIT, cwd=province).code == 0
    assert run("log", UNIT, "--period", "6m", "--indicator", "tin-bai=3", cwd=province).code == 0
    assert run("log", UNIT, "--obstacle", "Thiếu xe", cwd=province).code == 0
    with (province / "units" / UNIT / "unit.yaml").open("a", encoding="utf-8") as file:
        file.write("# ghi tay\n")
    mine, theirs = (told(record(one)) for one in (province, unit))
    for _again in range(2):
        done = receive(run, province, sent)
        said = " ".join(done.stderr.split())
        assert (done.code, "indicators.tin-bai.6m: hai bên cùng sửa; ở đây: 3; trong gói: 61" in said) == (1, True)
        assert said.count("hai bên cùng sửa") == 1
        there = told(record(province))
        assert there["indicators"]["tin-bai"]["6m"] == 3
        assert there["indicators"]["tin-bai"]["1y"] == theirs["indicators"]["tin-bai"]["1y"]
        assert there["tasks"] == theirs["tasks"]
        assert there["obstacles"] == [*mine["obstacles"], *theirs["obstacles"]]
        assert record(province).endswith(b"# ghi tay\n")
        assert b'"2023-' not in record(province)
    kept = shutil.copytree(province, tmp_path / "giữ")
    assert receive(run, kept, sent, "--prefer", "file").code == 0
    assert told(record(kept))["indicators"]["tin-bai"]["6m"] == 3
    assert receive(run, province, sent, "--prefer", "package").code == 0
    assert told(record(province))["indicators"]["tin-bai"]["6m"] == 61
    for folder in (kept, province):
        assert not notes(folder)
        assert "không đổi gì" in receive(run, folder, sent).stdout


def test_what_was_held_back_is_no_base_of_what_comes_later(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    sent = package(run, unit, "6m", tmp_path / "1.zip", 61)
    assert run("init-unit", UNIT, cwd=province).code == 0
    assert run("log", UNIT, "--period", "6m", "--indicator", "tin-bai=3", cwd=province).code == 0
    assert receive(run, province, sent).code == 1
    assert run("log", UNIT, "--period", "6m", "--indicator", "tin-bai=61", cwd=unit).code == 0
    assert run("log", UNIT, "--obstacle", "Thiếu xe", cwd=unit).code == 0
    again = tmp_path / "2.zip"
    assert run("submit", UNIT, "--period", "6m", "-o", again, cwd=unit, today=TODAY).code == 0
    done = receive(run, province, again)
    assert (done.code, "hai bên cùng sửa" in " ".join(done.stderr.split())) == (1, True)
    assert "Thiếu xe" in record(province).decode()
    assert receive(run, province, sent).code == 0  # the later one stands for it
    assert receive(run, province, again, "--prefer", "package").code == 0
    assert told(record(province)) == told(record(unit))


def test_a_proposal_that_was_edited_since_is_kept_and_a_later_one_is_not_replaced(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    reports(run, unit, tmp_path / "hộp")
    first, second = sorted((tmp_path / "hộp").iterdir())
    blocked(run, province, "build", first)
    assert receive(run, province, second).code == 0
    (path,) = (province / "build" / "de-xuat").iterdir()
    later = path.read_bytes()
    assert receive(run, province, first).code == 0
    assert path.read_bytes() == later
    shutil.rmtree(province / "build")
    shutil.rmtree(province / "province")
    blocked(run, province, "build", first)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"# by hand\n")
    done = receive(run, province, first)
    assert (done.code, "đã được sửa từ khi nhận, giữ nguyên" in " ".join(done.stderr.split())) == (0, True)
    assert path.read_bytes() == b"# by hand\n"
    assert not notes(province)


def test_the_word_file_of_a_package_is_known_and_undoes_nothing_of_it(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    assert run("report", UNIT, "--period", "6m", cwd=unit, today=TODAY).code == 0
    sent = package(run, unit, "6m", tmp_path / "hộp" / "1.zip", 61)
    blocked(run, province, f"units/{UNIT}", sent)
    word = Path(shutil.copy(unit / "units" / UNIT / "out" / "bao-cao-6m.docx", tmp_path / "BC SYT.docx"))
    assert "đã có, không đổi gì" in receive(run, province, word).stdout
    assert receive(run, province, sent).code == 0
    assert record(province) == record(unit)


def test_a_workbook_with_cells_to_look_at_says_so_until_they_are_settled(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    shutil.copytree(unit / "units", province / "units")
    workbook(run, unit, tmp_path / "hộp")
    book = Book(tmp_path / "hộp" / "so.xlsx")
    book.put("chi-tieu", "tin-bai", "6m", 70)
    path = book.save()
    assert run("log", UNIT, "--period", "6m", "--indicator", "tin-bai=99", cwd=province).code == 0
    for _again in range(2):
        done = receive(run, province, path)
        assert (done.code, "còn ô phải xem lại" in " ".join(done.stderr.split())) == (1, True)
    assert run("fill", path, "--prefer", "workbook", cwd=province).code == 0
    assert receive(run, province, path).code == 0
    assert not notes(province)
    assert "không đổi gì" in receive(run, province, path).stdout


def test_no_later_delivery_is_filed_while_what_follows_an_earlier_one_is_done(
    run: Run, unit: Path, province: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what the earlier one leaves looks, once both were interrupted, as if a person had edited it."""
    box, proposal = unit / "hộp", province / "build" / "de-xuat" / f"{UNIT}-6m.unit.yaml"
    for count in (1, 2):
        assert run("log", UNIT, "--period", "6m", "--indicator", f"tin-bai={count}", cwd=unit).code == 0
        assert run("report", UNIT, "--period", "6m", "-o", box / f"BC {count} SYT.docx", cwd=unit).code == 0
    between, file_away = [], intake.file_away

    def slowly(*given: Any) -> Path | None:
        before, until = proposal.exists(), time.monotonic() + 0.5
        while len(between) == 1 and proposal.exists() == before and time.monotonic() < until:
            time.sleep(0.01)
        between.append(proposal.exists() == before)
        return file_away(*given)

    monkeypatch.setattr(intake, "file_away", slowly)
    assert receive(run, province, box).code == 0
    assert between == [True, True]


def test_what_was_merged_is_taken_back_where_nobody_has_changed_it_since(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    sent = package(run, unit, "6m", tmp_path / "1.zip", 61)

    def came() -> str:
        return next(
            one.parent.name
            for one in (province / "province").rglob("receipt.yaml")
            if not (one.parent / "correction.yaml").exists()
        )

    def undone() -> str:
        done = run("receive", "--undo", came(), cwd=province, today=TODAY)
        assert done.code == 0, done.stderr
        return " ".join(f"{done.stdout} {done.stderr}".split())

    assert receive(run, province, sent).code == 0  # no file was there
    assert "đã bỏ tệp này" in undone()
    assert not (province / "units" / UNIT / "unit.yaml").exists()
    assert run("init-unit", UNIT, cwd=province).code == 0
    began = record(province)
    assert receive(run, province, sent).code == 0
    assert "đã trả về như trước khi nhận" in undone()
    assert record(province) == began
    assert run("log", UNIT, "--period", "6m", "--indicator", "kiem-tra=7", cwd=province).code == 0
    assert receive(run, province, sent, "--prefer", "package").code == 0
    assert (
        run("log", UNIT, "--period", "6m", "--indicator", "tin-bai=99", "--indicator", "tcd-luot=8", cwd=province).code
        == 0
    )
    said = undone()
    assert "giữ nguyên indicators.tin-bai.6m: đã sửa từ khi nhận" in said
    there = told(record(province))
    assert {name: one["6m"] for name, one in there["indicators"].items()} == {
        "kiem-tra": 7,
        "tin-bai": 99,
        "tcd-luot": 8,
    }
    assert "tasks" not in there or not any("results" in one for one in there["tasks"].values())


def test_what_another_package_says_too_stays(run: Run, unit: Path, province: Path, tmp_path: Path) -> None:
    for i in (1, 2):
        assert receive(run, province, package(run, unit, "6m", tmp_path / f"{i}.zip", 60 + i)).code == 0
    folders = sorted((province / "province" / "received" / UNIT / "6m").iterdir())
    first = next(
        one
        for one in folders
        if b"61" in (one / "goi" / "data" / "unit.yaml").read_bytes().partition(b"tin-bai:")[2][:40]
    )
    assert run("receive", "--undo", first.name, cwd=province, today=TODAY).code == 0
    assert record(province) == record(unit)


def test_what_a_workbook_brought_is_taken_back(run: Run, unit: Path, tmp_path: Path) -> None:
    workbook(run, unit, tmp_path / "hộp")
    before = record(unit), record(unit, "score.yaml")
    assert receive(run, unit, tmp_path / "hộp").code == 0
    assert record(unit) != before[0]
    (receipt,) = (unit / "province" / "received" / UNIT / "so-lieu").iterdir()
    assert run("receive", "--move", receipt.name, "--unit", "so-noi-vu", cwd=unit, today=TODAY).code == 2
    assert run("receive", "--undo", receipt.name, cwd=unit, today=TODAY).code == 0
    assert (record(unit), record(unit, "score.yaml")) == before


def test_a_list_that_has_another_day_than_the_receipt_is_told_and_its_id_puts_it_right(
    run: Run, unit: Path, province: Path, tmp_path: Path
) -> None:
    """What came is filed first, the list of the office comes later: its days are not passed over in silence."""
    path = package(run, unit, "6m", tmp_path / "in" / "goi.zip", 8)
    receive(run, province, path)
    book = tmp_path / "so.csv"
    book.write_text("Tệp;Số đến;Ngày đến\r\ngoi.zip;15;8/5/2023\r\n", "utf-8-sig", newline="")
    again = run("receive", path, "--list", book, cwd=province, today=TODAY)
    told = " ".join(again.stderr.split())
    assert "sổ văn bản đến ghi ngày đến 08/5/2023, biên nhận ghi 09/5/2023 và giữ nguyên" in told
    (id_,) = re.findall(r"đổi thì ghi (\w{8}) ở cột", told)
    book.write_text(f"Tệp;Ngày đến;Mã hồ sơ\r\ngoi.zip;8/5/2023;{id_}\r\n", "utf-8-sig", newline="")
    assert run("receive", "--list", book, cwd=province, today=TODAY).code == 0
    last = run("receive", path, "--list", book, cwd=province, today=TODAY)
    assert "giữ nguyên" not in last.stderr
    assert "đến 08/5/2023" in last.stdout
