"""What a double click and a drop do, as far as that is the same on every system: the menu, the lists, the names on the line."""

from __future__ import annotations

import json
import os
import re
import shutil
import warnings
from contextlib import ExitStack, chdir
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol
from unittest.mock import patch

import docx
import pytest

import commands
from books import Book
from commands import environment
from danvan_cli.cli import as_json
from danvan_cli.windows import listing
from danvan_cli.windows.__main__ import NOT_DROPPED, start
from danvan_cli.windows.dialogs import chosen_paths
from danvan_cli.windows.drops import dropped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from commands import Run

LAUNCHER = r"C:\Tài liệu của tôi & 100%\danvan\Nhận.cmd"


class Seen(NamedTuple):
    code: int
    screen: str
    page: str


class Window(Protocol):
    def __call__(
        self, verb: str, *dropped: Path, typed: str = "", cwd: Path | None = None, today: str = "2023-05-02"
    ) -> Seen: ...


@pytest.fixture
def window(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Window:
    """Start a launcher with what is dropped on it and what is then typed, in a cache of its own."""

    def click(verb: str, *dropped: Path, typed: str = "", cwd: Path | None = None, today: str = "2023-05-02") -> Seen:
        answers: Iterator[str] = iter(typed.splitlines())
        line = "".join(f' "{one}"' if " " in str(one) else f" {one}" for one in dropped)
        cache = tmp_path / "bộ nhớ đệm"
        given = {
            "XDG_CACHE_HOME": str(cache),
            "DANVAN_LAUNCHER": LAUNCHER,
            "DANVAN_LINE": f'cmd.exe /c ""{LAUNCHER}"{line}"',
        }
        shown: list[Path] = []

        def answer(question: str = "") -> str:
            print(question)  # noqa: T201 - as a terminal shows it
            try:
                return next(answers)
            except StopIteration:
                raise EOFError from None

        as_json.begin()  # a launcher is a process of its own
        with ExitStack() as held:
            held.enter_context(patch.dict(os.environ, environment(today, **given), clear=True))
            held.enter_context(chdir(cwd or tmp_path))
            held.enter_context(commands._collected())
            held.enter_context(commands._unlogged())
            held.enter_context(warnings.catch_warnings())
            warnings.simplefilter("error")
            held.enter_context(patch("builtins.input", answer))
            held.enter_context(patch.object(listing.os, "startfile", shown.append, create=True))
            code = start([verb])
        said = capsys.readouterr()
        return Seen(
            code, said.out + said.err, shown[-1].read_text(encoding="utf-8") if shown and shown[-1].is_file() else ""
        )

    return click


@pytest.mark.parametrize(
    ("rest", "paths"),
    [
        ("", []),
        (r" C:\a.docx", [r"C:\a.docx"]),
        (r" C:\a&b.docx", [r"C:\a&b.docx"]),
        (r' "C:\báo cáo & số liệu.docx" C:\100%PATH%^.docx', [r"C:\báo cáo & số liệu.docx", r"C:\100%PATH%^.docx"]),
        (r" C:\xin(1)!chào!.docx C:\b;c,d=e.docx", [r"C:\xin(1)!chào!.docx", r"C:\b;c,d=e.docx"]),
        (r' "C:\thư mục của Sở"', [r"C:\thư mục của Sở"]),
        (r" \\may-chu\chung\a.docx", [r"\\may-chu\chung\a.docx"]),
    ],
)  # fmt: skip
def test_names_are_read_from_the_line_whatever_letters_they_have(rest: str, paths: list[str]) -> None:
    for ran in (f'C:\\WINDOWS\\system32\\cmd.exe /c ""{LAUNCHER}"{rest}"', f'cmd /C ""{LAUNCHER.upper()}"{rest} "'):
        assert dropped(ran, LAUNCHER) == [*map(Path, paths)]
    assert dropped(r'"C:\WINDOWS\system32\cmd.exe"', LAUNCHER) is None
    assert dropped("", "") is None


def test_a_launcher_typed_by_name_says_what_it_is_for_and_leaves_the_window(window: Window) -> None:
    with patch("danvan_cli.windows.drops.dropped", lambda *_words: None):
        done = window("mend")
    assert done.code == NOT_DROPPED
    assert "thả vào biểu tượng" in done.screen
    assert window("mend").code == 1, "double-clicked: it stays until Enter"


def test_the_dialogs_answer_is_one_path_or_a_folder_with_names() -> None:
    assert chosen_paths("C:\\a b.xlsx\0\0rác") == [Path("C:\\a b.xlsx")]
    assert chosen_paths("C:\\nơi\0a.xlsx\0b & c.xlsx\0\0") == [Path("C:\\nơi", "a.xlsx"), Path("C:\\nơi", "b & c.xlsx")]


def test_word_files_come_back_mended_beside_with_a_list_of_what_is_left(
    window: Window, workspace: Path, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "Tải về (1) & 100%!"
    folder.mkdir()
    good, bad, broken = (folder / name for name in ("kế hoạch^.docx", "báo cáo & a.docx", "hỏng.docx"))
    assert run("export", "-o", good, cwd=workspace).code == 0
    paper = docx.Document(str(good))
    paper.sections[0].page_width = paper.sections[0].page_height
    paper.save(str(bad))
    broken.write_bytes(b"PK")
    before = bad.read_bytes()
    done = window("mend", bad, broken, folder / "không có.docx")
    assert done.code == 1, "one could not be read: the window stays"
    mended = folder / "báo cáo & a (đã sửa thể thức).docx"
    assert docx.Document(str(mended)).sections[0].page_width != paper.sections[0].page_width
    assert bad.read_bytes() == before
    assert "3 mục" in done.page
    assert "hỏng.docx" in done.page
    assert mended.as_uri().replace("&", "&amp;") in done.page
    assert "không có tệp" in done.page
    assert window("mend", folder).code == 1, "a folder is its Word files"
    assert (folder / "báo cáo & a (đã sửa thể thức 2).docx").exists()
    assert not (folder / "kế hoạch^ (đã sửa thể thức).docx").exists(), "nothing to mend, no copy"


def test_a_workbook_is_recorded_and_its_report_made(window: Window, begun: Callable[..., Path], tmp_path: Path) -> None:
    root = begun("init-unit so-y-te", "workbook so-y-te")
    sent = root / "units/so-y-te/out/so-lieu.xlsx"
    book = Book(sent)
    book.put("chi-tieu", "tin-bai", "6m", 4242)
    away = book.save(tmp_path / "Sổ & của Sở Y tế.xlsx")
    done = window("record", away, typed=f"{root}\n")
    assert done.code == 0, done.screen
    assert "4242" in (root / "units/so-y-te/unit.yaml").read_text(encoding="utf-8")
    assert (root / "units/so-y-te/out/bao-cao-6m.docx").exists()
    assert not (root / "units/so-y-te/out/bao-cao-1y.docx").exists(), "nothing was told of that period"
    assert "bao-cao-6m.docx" in done.page
    again = window("record", away)
    assert "không có gì thay đổi" in again.page, "the workspace is remembered"
    wrong = tmp_path / "khác.xlsx"
    wrong.write_bytes(b"PK")
    assert window("record", wrong).code == 1


@pytest.mark.parametrize(
    "cell",
    [("danh-gia", "6m|limits", "text", "Còn hồ sơ trễ hạn."), ("nhiem-vu", "II.1.3|6m", "evidence.title", "Biên bản")],
    ids=["remarks", "evidence"],
)
def test_the_report_that_is_made_is_the_one_that_something_was_told_of(
    cell: tuple[str, str, str, str], window: Window, begun: Callable[..., Path]
) -> None:
    root = begun("init-unit so-y-te", "log so-y-te --from samples/so-y-te.unit.yaml", "workbook so-y-te")
    book = Book(root / "units/so-y-te/out/so-lieu.xlsx")
    book.put(*cell)
    done = window("record", book.save())
    assert done.code == 0, done.screen
    made = {path.name for path in (root / "units/so-y-te/out").glob("bao-cao-*.docx")}
    assert made == {"bao-cao-6m.docx"}, "the sample tells of the whole year, too"


def test_a_folder_is_taken_in(window: Window, begun: Callable[..., Path], tmp_path: Path) -> None:
    root = begun("init-unit so-y-te", "log so-y-te --from samples/so-y-te.unit.yaml", "report so-y-te --period 6m")
    box = tmp_path / "hộp thư & 100%"
    box.mkdir()
    shutil.copy(root / "units/so-y-te/out/bao-cao-6m.docx", box / "Báo cáo Sở Y tế.docx")
    (box / "lạ.docx").write_bytes(b"PK")
    done = window("receive", box, typed=f"{root}\n")
    assert list((root / "province/received/so-y-te/6m").glob("*/receipt.yaml")), done.screen
    assert "so-y-te, 6m" in done.page
    assert "lạ.docx" in done.page


def test_a_paragraph_that_was_broken_to_the_screen_is_one_line_of_a_list(
    window: Window, workspace: Path, tmp_path: Path
) -> None:
    name = "báo cáo về việc thực hiện công tác dân vận chính quyền của đơn vị chưa rõ tên gọi là gì.docx"
    (tmp_path / name).write_bytes(b"PK")
    done = window("receive", tmp_path / name, typed=f"{workspace}\n")
    assert any(
        name in line and "gói bị hỏng, không mở được" in line for line in done.page.splitlines() if "<td>" in line
    ), done.page
    assert all(line in done.page for line in (name, "không nhận 1", ". Đề nghị đơn vị gửi lại<"))


def menu_number(says: str) -> str:
    from danvan_cli.windows.menu import ACTIONS, WITHOUT

    every = [one.says for some in (ACTIONS | WITHOUT).values() for one in some]
    return str(every.index(says) + 1)


def test_a_units_and_a_coordinators_work_by_numbers(window: Window, workspace: Path) -> None:
    work = [
        menu_number("Tạo hồ sơ của đơn vị và dự thảo kế hoạch triển khai"), "Sở Y tế", "",
        menu_number("Làm sổ Excel để điền"), "", "m",
        menu_number("Làm báo cáo, kế hoạch triển khai"), "sở y tế", "2", "",
        "abc", "99",
        menu_number("Làm báo cáo, kế hoạch triển khai"), "không có", "q",
        menu_number("Ai đã gửi, ai còn nợ"), "",
        menu_number("Công văn đôn đốc"), "",
        menu_number("Báo cáo tổng hợp"), "1", "",
        menu_number("Xếp hạng"), "", "",
        menu_number("Kiểm tra dữ liệu"), "",
        "0",
    ]  # fmt: skip
    done = window("menu", typed="\n".join(work), cwd=workspace)
    assert done.code == 0
    out = workspace / "units/so-y-te/out"
    assert {"ke-hoach-trien-khai.docx", "so-lieu.xlsx", "bao-cao-6m.docx"} <= {one.name for one in out.iterdir()}
    for said in (
        "> danvan report so-y-te --period 6m",
        "chọn một số từ 1 đến",
        "về danh mục",
        "> danvan summary --period 6m",
    ):
        assert said in done.screen
    assert not re.search(r"lỗi trong chính danvan", done.screen)


def test_versions_are_kept_and_compared_without_git(window: Window, workspace: Path) -> None:
    save, compare = menu_number("Lưu bản"), menu_number("So với bản đã ban hành")
    early = window("menu", typed=f"{compare}\n\n{save}\nc\nKế hoạch số 11\n\n0\n", cwd=workspace)
    assert "chưa lưu bản nào" in early.screen
    plan = workspace / "plans/2023.yaml"
    plan.write_text(
        plan.read_text(encoding="utf-8").replace("before: 2023-05-10", "before: 2023-05-15"), encoding="utf-8"
    )
    with patch("danvan_cli.revisions._GIT", "no-such-program"):
        late = window("menu", typed=f"{compare}\n\n0\n", cwd=workspace)
    assert "1 thay đổi" in late.screen
    assert "DV601" in late.screen or "DV602" in late.screen


def test_where_no_workspace_is_known_one_is_made_or_chosen(window: Window, workspace: Path, tmp_path: Path) -> None:
    above = tmp_path / "Tài liệu"
    above.mkdir()
    made = window("menu", typed=f'2\n"{above}"\nnăm 2026\nĐồng Nai\n\n0\n', cwd=above, today="2026-03-02")
    assert (above / "năm 2026/plans").is_dir(), made.screen
    assert "Việc của Sở Nội vụ".upper() in made.screen
    kept = json.loads((tmp_path / "bộ nhớ đệm/danvan/windows.json").read_text(encoding="utf-8"))
    assert kept["workspace"] == str(above / "năm 2026")
    chosen_one = window("menu", typed=f"{menu_number('Chọn thư mục làm việc có sẵn')}\n{workspace}\n\n0\n", cwd=above)
    assert "".join(str(workspace).split()) in "".join(chosen_one.screen.split())  # lines are broken to the screen
    refused = window("menu", typed=f"{menu_number('Chọn thư mục làm việc có sẵn')}\n{above}\n\n0\n", cwd=above)
    assert "không phải thư mục làm việc" in refused.screen
