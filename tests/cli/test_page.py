"""`danvan page`: every figure on it is one that status, summary, rank, review and obstacles give."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest

from copies import copied
from danvan_cli.text import sort_key
from page_worlds import CONTACT, FOUND, MEMBER, REASON, RESTRICTED, SIGNER, UNITS, end, middle, recorded
from repositories import git

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from commands import Run

Json = dict[str, Any]
ROOT = Path(__file__).parents[2]
JUNE, JANUARY = "2023-06-01", "2024-01-10"


def broken(folder: Path) -> Path:
    """Bring the middle of a year where a receipt, a unit's file and a review cannot be read."""
    middle(folder)
    next(folder.glob("province/received/so-y-te/6m/*/receipt.yaml")).write_text("format: danvan-receipt/1\n", "utf-8")
    with (folder / "units" / "so-tu-phap" / "unit.yaml").open("a", encoding="utf-8") as out:
        out.write("khong-co: 1\n")
    (folder / "units" / "so-tai-chinh" / "unit.yaml").write_bytes(b"\xff\xfe\x00")
    return folder


WORLDS: dict[str, tuple[Callable[[Path], Path], str]] = {
    "fresh": (lambda folder: folder, "2023-05-02"),
    "middle": (middle, JUNE),
    "end": (lambda folder: end(middle(folder)), JANUARY),
    "decided": (lambda folder: end(middle(folder), decided=True), JANUARY),
    "broken": (broken, JUNE),
}


@pytest.fixture(scope="module")
def worlds(made_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Give a folder in each state: only read them."""
    above = tmp_path_factory.mktemp("trang")
    return {
        name: bring(copied(made_workspace, above / name / made_workspace.name))
        for name, (bring, _day) in WORLDS.items()
    }


@pytest.fixture
def desk(worlds: dict[str, Path], tmp_path: Path) -> Callable[[str], Path]:
    """Give a folder in a state, to write in."""
    return lambda name: copied(worlds[name], tmp_path / name)


def told(run: Run, folder: Path, today: str, *arguments: object) -> Json:
    done = run(*arguments, "--json", cwd=folder, today=today)
    assert done.stdout, done.stderr
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def ids(units: list[Json]) -> list[str]:
    return [one["id"] for one in units]


@pytest.mark.parametrize("state", WORLDS)
def test_every_figure_is_that_of_the_commands(run: Run, worlds: dict[str, Path], state: str) -> None:
    folder, today = worlds[state], WORLDS[state][1]
    page = told(run, folder, today, "page")
    status = told(run, folder, today, "status")
    same_cells(page, status["rows"])
    same_counts(page, status["rows"])
    waits = Counter((one["waiting_for"], one["unit"], one["count"]) for one in status["waiting"])
    kinds = {"report", "figures", "log", "choice", "rest", "confirm"}
    assert waits == Counter(
        (one["kind"], one["unit"]["id"], one["count"]) for one in page["alerts"] if one["kind"] in kinds
    )
    for figures, progress in zip(page["figures"], page["progress"], strict=True):
        summary = told(run, folder, today, "summary", "--period", figures["report"])
        same_figures(figures, summary)
        areas = [
            {"area": it["id"], **{key: it[key] for key in ("done", "doing", "todo", "unknown")}}
            for it in progress["areas"]
        ]
        assert areas == summary["progress"]
        [report] = [one for one in page["reports"] if one["id"] == figures["report"]]
        assert report["totals"] == {key: one for key, one in summary["sent"].items() if key != "missing_units"}
    same_obstacles(page, told(run, folder, today, "obstacles")["obstacles"])
    if page["scores"]:
        same_scores(page, told(run, folder, today, "rank"), told(run, folder, today, "review", "show"))
    assert [one["report"] for one in page["figures"]] == {
        "fresh": [],
        "end": ["1y", "6m"],
        "decided": ["1y", "6m"],
    }.get(state, ["6m"])


def same_cells(page: Json, rows: list[Json]) -> None:
    known = {(one["unit"], one["deliverable"]): one for one in rows}
    cells = {(one["unit"], one["report"]): one for one in page["cells"]}
    assert cells.keys() == known.keys()
    for key, row in known.items():
        cell = cells[key]
        assert (cell["state"], cell["days"], cell["last"]) == (row["state"], row["days"], row["last_day"]), key
        assert len(cell["versions"]) == row["versions"]
        counted = [one for one in cell["versions"] if one["counts"]]
        keys = ("received", "issued", "symbol", "number")
        assert [[one[it] for it in keys] for one in counted] == ([[row[it] for it in keys]] if row["received"] else [])


def same_counts(page: Json, rows: list[Json]) -> None:
    blocks = {one["id"]: one["block"] for one in page["units"]}
    alerts = Counter((one["kind"], one["about"]) for one in page["alerts"])
    for one in page["reports"]:
        mine = [row for row in rows if row["deliverable"] == one["id"]]
        for counts, some in (
            (one["totals"], mine),
            *((it, [row for row in mine if blocks[row["unit"]] == name]) for name, it in one["by_block"].items()),
        ):
            states = Counter(row["state"] for row in some)
            assert counts["owed"] == len(some) - states["exempt"]
            assert (counts["in_time"], counts["late"], counts["overdue"], counts["returned"]) == tuple(
                states[it] for it in ("submitted", "late", "overdue", "returned")
            )
            assert counts["owed"] == counts["in_time"] + counts["late"] + counts["missing"] + counts["returned"]
        states = Counter(row["state"] for row in mine)
        assert (alerts["overdue", one["name"]], alerts["returned", one["name"]]) == (
            states["overdue"],
            states["returned"],
        )
    days = [one["days"] for one in page["alerts"] if one["kind"] == "overdue"]
    assert days == sorted(days, reverse=True)
    for one in page["year"]:
        done = Counter(
            row["state"]
            for row in rows
            for it in page["reports"]
            if it["name"] == one["name"] and row["deliverable"] == it["id"]
        )
        assert one["kind"] == "task" or one["done"] == done["submitted"] + done["late"]


def same_figures(figures: Json, summary: Json) -> None:
    assert Counter(ids(figures["missing"])) == Counter(summary["sent"]["missing_units"])
    assert Counter(ids(figures["unread"])) == Counter(summary["unread"])
    for row, one in zip(figures["rows"], summary["figures"], strict=True):
        assert (row["id"], row["value"], row["known"], row["estimate"]) == (
            one["id"],
            one["value"],
            one["units"],
            one["estimate"],
        )
        beside = one["beside"] or {"units": 0, "previous": None, "value": None}
        assert (row["both"], row["before"], row["now"]) == (beside["units"], beside["previous"], beside["value"])
        assert Counter(it["unit"]["id"] for it in row["units"] if it["breaks"]) == Counter(one["breaks"])
        known = [float(it["value"]) for it in row["units"] if it["value"] is not None]
        assert len(known) == row["known"]
        assert row["value"] is None or row["over_units"] != "sum" or sum(known) == float(row["value"])


def same_obstacles(page: Json, raised: list[Json]) -> None:
    for one in page["obstacles"]:
        mine = [it for it in raised if (it["text"], it["state"]) == (one["text"], one["state"])]
        assert Counter(ids(one["units"])) == Counter(it["unit"] for it in mine)
        assert set(one["answers"]) == {it["answer"] for it in mine if it["answer"]}
        assert set(one["proposals"]) == {it["proposal"] for it in mine if it["proposal"]}
    assert sum(len(one["units"]) for one in page["obstacles"]) == len(raised)


def same_scores(page: Json, rank: Json, review: Json) -> None:
    reviews = {one["unit"]: one for one in review["units"]}
    assert [one["block"]["id"] for one in page["scores"]] == [one["id"] for one in rank["blocks"]]
    for block, one in zip(page["scores"], rank["blocks"], strict=True):
        assert block["basis"] == one["basis"]
        shared = Counter(it["rank"] for it in one["ranking"])
        for score, it in zip(block["rows"], one["ranking"], strict=True):
            known = reviews.get(it["unit"])
            assert (score["unit"]["id"], score["rank"]) == (it["unit"], it["rank"])
            assert tuple(map(number, (score["self_total"], score["verified"], score["official"]))) == tuple(
                map(number, (it["self"], it["verified"], it["official"]))
            )
            assert len(score["notes"]) == len(it["notes"])
            assert all(reason in said for (_code, reason), said in zip(score["notes"], it["notes"], strict=True))
            assert score["tied"] == (it["rank"] is not None and shared[it["rank"]] > 1)
            assert score["stage"] == (known["stage"] if known else None)
            assert score["blanks"] == (len(known["blanks"]) if known else None)
        over = [(it["count"], it["allowed"], it["of"]) for it in block["over"]]
        assert over == [(len(it["units"]), it["allowed"], it["of"]) for it in one["over_quota"]]


def number(value: str | None) -> float | None:
    return float(value) if value is not None else None


def test_the_worlds_hold_what_is_compared(run: Run, worlds: dict[str, Path]) -> None:
    page = told(run, worlds["end"], JANUARY, "page")
    [block, *_others] = page["scores"]
    assert [one["tied"] for one in block["rows"]].count(True) == 4, "two pairs"
    assert block["over"]
    assert any(code == "doubt" for one in block["rows"] for code, _why in one["notes"])
    assert {one["state"] for one in told(run, worlds["middle"], JUNE, "page")["cells"]} >= {
        "submitted", "late", "returned", "overdue", "extended", "exempt", "not-due", "no-date",
    }  # fmt: skip


def test_each_unit_s_page_tells_what_the_commands_say_of_it(run: Run, worlds: dict[str, Path]) -> None:
    folder = worlds["end"]
    rank = {one["unit"]: one for it in told(run, folder, JANUARY, "rank")["blocks"] for one in it["ranking"]}
    for unit in (*UNITS[:3], "so-cong-thuong"):
        page = told(run, folder, JANUARY, "page", unit)
        status = told(run, folder, JANUARY, "status", "--unit", unit)
        assert (page["about"]["scope"], page["about"]["unit"]) == ("unit", unit)
        same_cells(page, status["rows"])
        same_obstacles(page, told(run, folder, JANUARY, "obstacles", "--unit", unit)["obstacles"])
        if unit not in UNITS:
            assert (page["lines"], page["figures"]) == ([], [])
            continue
        [review] = told(run, folder, JANUARY, "review", "show", unit)["units"]
        lines = [(it["id"], number(it["claimed"]), number(it["verified"])) for it in page["lines"]]
        assert lines == [(it["id"], number(it["self"]), number(it["verified"])) for it in review["criteria"]]
        [block] = page["scores"]
        assert [(it["unit"]["id"], it["rank"]) for it in block["rows"]] == [(unit, rank[unit]["rank"])]


def test_a_unit_s_page_says_what_to_do_next_as_danvan_alone_does(run: Run, worlds: dict[str, Path]) -> None:
    for unit, report, last in (("so-y-te", "1y", "2023-11-09"), ("so-tai-chinh", "6m", "2023-05-20")):
        folder = worlds["middle"] / "units" / unit
        here = " ".join(run(cwd=folder, today=JUNE).stdout.split())
        page = told(run, folder, JUNE, "page")
        assert page["about"]["unit"] == unit, "the unit whose folder it is"
        first = page["next"][0]
        assert first["command"].replace(f" {unit}", "") in here
        assert (f"--period {report} " in first["command"], first["day"]) == (True, last), (
            "what came is done, what went back is not"
        )
        left = {one["id"] for one in page["duties"] if "result" in one["lacks"]}
        assert f"{len(left)} nhiệm vụ chưa có kết quả" in here


def alerts(page: Json, kind: str) -> list[Json]:
    return [one for one in page["alerts"] if one["kind"] == kind]


def test_today_names_what_is_late_returned_near_drafted_and_unanswered(run: Run, worlds: dict[str, Path]) -> None:
    page = told(run, worlds["middle"], JUNE, "page")
    [back] = alerts(page, "returned")
    assert (back["unit"]["id"], back["days"], back["reason"]) == ("so-tai-chinh", -12, REASON)
    [near] = alerts(page, "due")
    assert (near["unit"]["id"], near["days"], near["day"], near["count"]) == ("ban-dan-toc", 7, "2023-06-08", 1)
    [draft] = alerts(page, "letter")
    assert (draft["about"], draft["count"], draft["spot"]["text"]) == (
        "Báo cáo kết quả công tác dân vận chính quyền 06 tháng đầu năm 2023", 2, "province/reminders.yaml:5",
    )  # fmt: skip
    [answer] = alerts(page, "answer")
    assert (answer["unit"]["id"], answer["days"]) == ("so-noi-vu", 12), "so-y-te was urged too, and has sent it"
    cells = {(one["unit"], one["report"]): one for one in page["cells"]}
    assert [it["number"] for it in cells["so-noi-vu", "6m"]["reminders"]] == ["9/SNV", None]
    assert cells["ban-dan-toc", "6m"]["extended_by"] == "Công văn số 12/UBND ngày 05/5/2023"
    assert cells["ban-dan-toc", "6m"]["extended_from"] == "2023-05-09"
    assert cells["vqg-bu-gia-map", "6m"]["exempt_by"] == "Công văn số 13/UBND ngày 05/5/2023"
    again = cells["so-xay-dung", "6m"]["versions"]
    assert [(it["counts"], it["returned"], it["again_by"]) for it in again] == [
        (False, "2023-05-08", "2023-05-20"), (True, None, None),
    ]  # fmt: skip
    assert [one["unit"]["id"] for one in alerts(told(run, worlds["end"], JANUARY, "page"), "answer")] == [
        "so-noi-vu",
        "so-tai-chinh",
    ]
    assert not alerts(told(run, worlds["middle"], JUNE, "page", "--as-of", "2023-05-05"), "overdue")
    broken_ones = [
        (one["unit"]["id"], one["spot"]["text"]) for one in alerts(told(run, worlds["broken"], JUNE, "page"), "broken")
    ]
    assert broken_ones == [
        ("so-y-te", "province/received/so-y-te/6m"),
        ("so-tai-chinh", "units/so-tai-chinh/unit.yaml:1"),
        ("so-tu-phap", f"units/so-tu-phap/unit.yaml:{len((worlds['broken'] / 'units/so-tu-phap/unit.yaml').read_text('utf-8').splitlines())}"),
    ]  # fmt: skip


def test_what_is_five_times_or_a_fifth_of_last_time_stands_out(run: Run, worlds: dict[str, Path]) -> None:
    [row] = [one for one in told(run, worlds["middle"], JUNE, "page")["figures"][0]["rows"] if one["id"] == "tin-bai"]
    odd = {it["unit"]["id"]: it["far"] for it in row["units"] if it["previous"] == "52" and it["value"]}
    assert odd == {"so-y-te": False, "so-tu-phap": True, "so-tai-chinh": True, "so-xay-dung": False}, (
        "64, 10, 500, 12 after 52"
    )


def test_links_lead_to_what_they_name_from_where_the_page_lies(
    run: Run, desk: Callable[[str], Path], tmp_path: Path
) -> None:
    folder = desk("end")
    for unit, where in (
        (None, "build/trang.html"),
        ("so-y-te", "units/so-y-te/out/trang.html"),
        (None, "a b/ở đây.html"),
        (None, "x.html"),
    ):
        page = told(run, folder, JANUARY, "page", *([unit] if unit else []), "-o", where)
        spots = [*spots_in(page)]
        assert len(spots) > 10
        for spot in spots:
            assert "#" not in spot["href"]
            assert "báo cáo" not in spot["href"]
            path, _colon, line = spot["text"].partition(":")
            there = ((folder / where).parent / unquote(spot["href"])).resolve()
            assert there == (folder / path).resolve()
            assert there.exists()
            assert not line or int(line) <= len(there.read_text("utf-8").splitlines())
    outside = told(run, folder, JANUARY, "page", "-o", tmp_path / "ngoài.html")
    assert {spot["href"] for spot in spots_in(outside)} == {None}
    assert str(folder) not in json.dumps(outside)


def spots_in(value: object) -> Iterator[Json]:
    if isinstance(value, dict):
        if value.keys() == {"text", "href"}:
            yield value
        for one in value.values():
            yield from spots_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from spots_in(one)


def test_lines_are_those_of_what_is_shown(run: Run, worlds: dict[str, Path]) -> None:
    folder = worlds["middle"]
    page = told(run, folder, JUNE, "page", "so-y-te")
    text = {
        name: (folder / name).read_text("utf-8").splitlines() for name in ("plans/2023.yaml", "units/so-y-te/unit.yaml")
    }
    for key, told_by in (("reports", "id"), ("duties", "id"), ("obstacles", "text")):
        for one in page[key]:
            name, _colon, line = one["spot"]["text"].partition(":")
            assert one[told_by] in text[name][int(line) - 1], one
    rows = {one["id"]: one["units"][0] for one in page["figures"][0]["rows"]}
    known = {name: one["spot"]["text"] for name, one in rows.items() if one["value"] is not None}
    assert len(known) > 15
    for name, spot in known.items():
        assert name in text["units/so-y-te/unit.yaml"][int(spot.partition(":")[2]) - 1]


def test_nothing_of_people_reasons_and_what_is_restricted_is_public(run: Run, worlds: dict[str, Path]) -> None:
    folder = worlds["end"]
    planted = (MEMBER, SIGNER, CONTACT, REASON, FOUND, RESTRICTED)
    for unit in ([], ["so-y-te"], ["so-tai-chinh"]):
        inside = json.dumps(told(run, folder, JANUARY, "page", *unit), ensure_ascii=False)
        public = told(run, folder, JANUARY, "page", *unit, "--public")
        assert public["about"]["public"]
        shown = json.dumps(public, ensure_ascii=False)
        assert CONTACT in inside
        assert not [one for one in planted if one in shown]
        assert "province/" not in shown
        assert "… báo" in shown
        assert not [*spots_in(public)]


def test_a_name_in_capitals_or_over_a_line_s_end_is_not_public_either(run: Run, desk: Callable[[str], Path]) -> None:
    folder = desk("end")
    first, last = SIGNER.rsplit(" ", 1)
    text = f"Ông {SIGNER.upper()} nghỉ việc; bà {unicodedata.normalize('NFD', SIGNER)}; {first}  {last} vắng"
    done = run("log", "so-y-te", "--obstacle", text, "--date", "1/12/2023", cwd=folder, today=JANUARY)
    assert done.code == 0, done.stderr
    public = json.dumps(told(run, folder, JANUARY, "page", "--public"), ensure_ascii=False)
    assert "Ông … nghỉ việc; bà …; … vắng" in public


def test_the_same_gives_the_same_page_and_a_day_says_which(run: Run, desk: Callable[[str], Path]) -> None:
    folder = desk("end")
    first = told(run, folder, JANUARY, "page")
    assert told(run, folder, "2024-03-01", "page", "--as-of", "10/1/2024")["cells"] == first["cells"]
    about = first["about"]
    assert (about["as_of"], about["issuer"], about["commit"], about["dirty"]) == (JANUARY, "Sở Nội vụ", None, False)
    repository(folder)
    clean = told(run, folder, JANUARY, "page")["about"]
    assert re.fullmatch("[0-9a-f]{12}", clean["commit"])
    assert not clean["dirty"]
    with (folder / "plans" / "2023.yaml").open("a", encoding="utf-8") as out:
        out.write("# thêm\n")
    changed = told(run, folder, JANUARY, "page")["about"]
    assert (changed["commit"], changed["dirty"]) == (clean["commit"], True)
    assert changed["digest"] != clean["digest"]


def repository(folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "plans")
    git(folder, "commit", "-q", "-m", "a")


def test_a_unit_alone_is_not_told_that_what_it_issued_is_overdue(run: Run, workspace: Path) -> None:
    path = recorded(workspace, "so-y-te", 64)
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("  ke-hoach: {", "  6m: {number: 40/BC-SYT, date: 2023-05-08}\n  ke-hoach: {"), "utf-8"
    )
    page = told(run, workspace, JUNE, "page", "so-y-te")
    assert not alerts(page, "overdue")
    [cell] = [one for one in page["cells"] if one["report"] == "6m"]
    assert (cell["state"], cell["own_number"], cell["own_day"]) == ("overdue", "40/BC-SYT", "2023-05-08")
    assert [one["value"] for one in page["figures"][0]["rows"] if one["id"] == "tin-bai"] == ["128"], (
        "the year's, though not sent"
    )


def test_usage(run: Run, worlds: dict[str, Path]) -> None:
    folder = worlds["fresh"]
    assert run("page", "so-y-te", "--block", "huyen", cwd=folder).code == 2
    assert run("page", "khong-co", cwd=folder).code == 2
    page = told(run, folder, JUNE, "page", "--block", "huyen")
    assert {one["block"] for one in page["units"]} == {"huyen"}
    names = [one["name"] for one in page["units"]]
    assert names == sorted(names, key=sort_key)


def test_the_page_is_saved_as_all_that_danvan_makes(run: Run, desk: Callable[[str], Path]) -> None:
    folder = desk("middle")
    (folder / "build" / "trang.html").unlink(missing_ok=True)  # of those who compared it with other commands
    done = run("page", cwd=folder, today=JUNE)
    assert (done.code, "build/trang.html: đã tạo" in done.stdout, "trả lại 1" in done.stdout) == (0, True, True)
    path = folder / "build" / "trang.html"
    first = path.read_bytes()
    assert "không có gì thay đổi" in run("page", cwd=folder, today=JUNE).stdout
    assert run("page", cwd=folder, today="2023-06-02").code == 0
    assert path.read_bytes() != first, "an older page gives way"
    assert run("page", cwd=folder, today=JUNE).code == 0
    assert path.read_bytes() == first, "the same input, the same bytes"
    path.write_bytes(first.replace("Sở Y tế".encode(), "Sở Ý tế".encode()))
    assert run("page", cwd=folder, today=JUNE).code == 1
    told = run("page", "--force", cwd=folder, today=JUNE)
    assert (told.code, path.read_bytes()) == (0, first)
    assert "bản cũ giữ ở build/trang.html.bak" in told.stderr
    inside = folder / "units" / "so-y-te"
    assert run("page", cwd=inside, today=JUNE).code == 0
    assert (inside / "out" / "trang.html").is_file()
    assert run("page", "--public", cwd=folder, today=JUNE).code == 0
    public = (folder / "build" / "trang-cong-khai.html").read_bytes()
    assert not [one for one in (MEMBER, SIGNER, CONTACT, REASON, RESTRICTED) if one.encode() in public]
    assert REASON.encode() in first


@pytest.mark.parametrize(
    ("name", "gone"),
    [
        ("province/reviews/so-y-te.yaml", "scores"),
        ("province/obstacles/so-y-te.yaml", None),
        ("province/reminders.yaml", None),
        ("plans/2023.rubric.yaml", "scores"),
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_is_shown(
    run: Run, desk: Callable[[str], Path], worlds: dict[str, Path], name: str, gone: str | None
) -> None:
    folder = desk("end")
    whole = told(run, worlds["end"], JANUARY, "page")
    (folder / name).write_text("format: khong-phai/1\n", "utf-8")
    page = told(run, folder, JANUARY, "page")
    [one] = alerts(page, "broken")
    assert one["spot"]["text"] == name
    assert one["reason"]
    assert ids(page["units"]) == ids(whole["units"])
    assert page["figures"] == whole["figures"]
    if gone:
        assert "so-ban-nganh" not in [it["block"]["id"] for it in page[gone]]
    else:
        assert page["scores"] == whole["scores"]


def test_a_receipt_leads_nobody_out_of_its_folder_and_what_is_broken_is_said_alike_from_anywhere(
    run: Run, desk: Callable[[str], Path]
) -> None:
    folder = desk("broken")
    receipt = next(folder.glob("province/received/so-tu-phap/6m/*/receipt.yaml"))
    receipt.write_text(
        receipt.read_text("utf-8").replace("'báo cáo #1.pdf'", "'../../../../../../etc/passwd'"), "utf-8"
    )
    run("page", cwd=folder, today=JUNE)
    here = (folder / "build" / "trang.html").read_bytes()
    assert b"passwd" not in here
    run("page", "--block", "so-ban-nganh", "-o", "a.html", cwd=folder / "units", today=JUNE)
    assert str(folder).encode() not in (folder / "units" / "a.html").read_bytes()
    run("page", "-o", folder / "build" / "b.html", cwd=folder / "province", today=JUNE)
    assert (folder / "build" / "b.html").read_bytes() == here


def test_each_file_is_read_once(run: Run, worlds: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    from danvan_cli.yaml import yamlfile

    yamlfile._kept.cache_clear()
    read, begin = Counter[str](), yamlfile.YamlFile.__init__

    def counted(self: Any, path: Path | str, data: bytes) -> None:
        read[Path(path).as_posix()] += 1
        begin(self, path, data)

    monkeypatch.setattr(yamlfile.YamlFile, "__init__", counted)
    told(run, worlds["end"], JANUARY, "page")
    assert len([one for one in read if one.endswith("/receipt.yaml")]) == 15
    assert len([one for one in read if one.endswith("unit.yaml")]) == 5
    assert [one for one, times in read.items() if times > 1] == []


def test_a_page_has_the_name_of_one(run: Run, desk: Callable[[str], Path]) -> None:
    told = run("page", "-o", "trang.docx", cwd=(folder := desk("fresh")), today=JUNE)
    assert (told.code, "đặt tên tệp .html" in told.stderr, (folder / "trang.docx").exists()) == (2, True, False)
