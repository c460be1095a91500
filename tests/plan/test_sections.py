"""The sections of a plan: any depth, labels as issued or counted, tables whose rows are tasks, what is a task and what not."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from danvan_cli.plan.labels import labelled, labelled_lines, point_letter
from danvan_cli.plan.model import Plan
from danvan_cli.plan.sections import Area, Section, areas_of, walk
from danvan_cli.unit.model import given as said_of
from danvan_cli.yaml.read import as_read, read
from danvan_cli.yaml.tree import at
from danvan_cli.yaml.yamlfile import yaml_file

SHAPES = sorted((Path(__file__).parents[1] / "fixtures" / "plans").glob("*.yaml"))


def section(*items: dict[str, Any], kind: str = "tasks", **more: Any) -> Section:
    return Section.model_validate({"id": "II", "heading": "II. NỘI DUNG", "kind": kind, "items": list(items), **more})


def task(id: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "owners": ["all"], "text": f"Việc {id}.", **more}


def areas(*sections: Section) -> list[Area]:
    return areas_of(walk(sections))


def written(*items: dict[str, Any], **more: Any) -> list[str]:
    return [line.text for line in labelled_lines([section(*items, **more)])][1:]


@pytest.mark.parametrize(
    ("form", "numbers", "label"),
    [
        ("1.", (3,), "3."), ("1.1.", (2, 3), "2.3."), ("1.1", (2, 3), "2.3"), ("1.1.1.", (1, 2, 3), "1.2.3."), ("1.1.1.1.", (1, 2, 3, 4), "1.2.3.4."),
        ("a)", (2, 4), "d)"), ("a)", (2, 5), "đ)"), ("A.", (2,), "B."), ("(1)", (3,), "(3)"), ("1-", (3,), "3-"),
        ("I.", (4,), "IV."), ("i)", (9,), "ix)"), ("-", (3,), "-"), ("+", (1,), "+"), ("", (3,), ""),
    ],
)  # fmt: skip
def test_a_label_follows_its_form(form: str, numbers: tuple[int, ...], label: str) -> None:
    assert labelled(form, numbers) == label


def test_letters_go_as_in_documents_and_on_after_the_last() -> None:
    assert "".join(point_letter(i) for i in range(9)) == "abcdđeghi"
    assert len({point_letter(i) for i in range(100)}) == 100


def test_a_label_as_issued_stands_and_the_next_is_counted_by_its_place() -> None:
    assert written({"id": "a", "text": "x"}, {"id": "b", "text": "y", "number": "1."}, {"id": "c", "text": "z"}) == [
        "1. x", "1. y", "3. z",
    ]  # fmt: skip


def test_what_has_no_label_is_not_counted() -> None:
    assert written({"id": "a", "text": "Lời dẫn:", "number": ""}, {"id": "b", "text": "y"}) == ["Lời dẫn:", "1. y"]


def test_what_has_ended_is_left_out_and_keeps_its_number() -> None:
    assert written(task("a"), task("b", ended="2026-05-01"), task("c")) == ["1. Việc a.", "3. Việc c."]


def test_a_title_has_the_label_and_its_text_follows() -> None:
    assert written({"id": "a", "title": "Tên", "text": "Lời.", "items": [{"id": "b", "text": "x"}]}) == [
        "1. Tên", "Lời.", "a) x",
    ]  # fmt: skip


def test_areas_are_headings_of_the_first_level_and_the_section_for_the_rest() -> None:
    found = areas(section(task("II.1"), {"id": "II.2", "title": "Nhóm", "items": [
        {"id": "II.2.a", "title": "Mục nhỏ", "items": [task("II.2.1")]}, task("II.2.2"),
    ]}, label="Việc chung"))  # fmt: skip
    assert [(area.id, area.title, [one.id for one in area.tasks]) for area in found] == [
        ("II", "Việc chung", ["II.1"]), ("II.2", "Nhóm", ["II.2.1", "II.2.2"]),
    ]  # fmt: skip
    assert areas(section(task("II.1")))[0].title == "NỘI DUNG"


def test_only_sections_of_tasks_hold_tasks() -> None:
    assert areas(section(task("III.1"), kind="duties")) == []


def test_a_task_s_text_holds_the_points_below_it_and_a_task_below_is_its_own() -> None:
    (area,) = areas(section(task("II.1", items=[{"id": "II.1.a", "text": "Một."}, task("II.1.1")])))
    assert [(one.id, one.text) for one in area.tasks] == [("II.1", "Việc II.1.\nMột."), ("II.1.1", "Việc II.1.1.")]


def test_a_task_without_owners_binds_who_leads_and_who_works_along() -> None:
    (area,) = areas(section({"id": "II.1", "lead": "so-a", "with": ["so-b"], "text": "x"}))
    assert (area.tasks[0].owners, area.tasks[0].lead) == (["so-a", "so-b"], ["so-a"])


@pytest.mark.parametrize(
    ("text", "label"),
    [("Ngắn.", "Ngắn"), ("Từ " * 60, ("Từ " * 26).strip() + "…")],
)
def test_a_task_without_a_short_name_is_called_by_its_beginning(text: str, label: str) -> None:
    (area,) = areas(section(task("II.1", text=text)))
    assert area.tasks[0].label == label
    assert len(area.tasks[0].label) <= 81


TABLE = {
    "columns": ["number", "text", "lead", "due", "product"],
    "rows": [
        {"cells": ["A. NHÓM"]},
        {"id": "II.1.1", "owners": ["so-a"], "cells": [1, "Việc một", "Sở A", "Quý II", "Đề án"]},
        {"id": "II.1.2", "owners": ["so-b"], "due": "2026-05-01", "cells": ["2", "Việc hai", "<", "^", "^"]},
    ],
}


def test_rows_of_a_table_are_tasks_and_cells_say_what_they_say() -> None:
    (area,) = areas(section({"id": "II.1", "title": "Danh mục", "table": TABLE}))
    one, other = area.tasks
    assert (one.id, one.text, one.due, one.product) == ("II.1.1", "Việc một", "Quý II", "Đề án")
    assert (other.text, str(other.due), other.product) == ("Việc hai", "2026-05-01", "Đề án")
    assert one.due_at == ("sections", 0, "items", 0, "table", "rows", 1, "cells", 3)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"id": "a"}, "đoạn «a» cần"),
        ({"id": "a", "table": TABLE | {"widths": [1, 2]}}, "«widths» cần 5 số"),
        ({"id": "a", "table": TABLE | {"rows": [{"cells": ["1", "2"]}]}}, "có 2 ô, bảng có 5 cột"),
        ({"id": "a", "table": TABLE | {"head": [["1", "2", "3"]]}}, "có 3 ô, bảng có 5 cột"),
        (
            {"id": "a", "table": {"columns": ["other"], "rows": [{"id": "b", "owners": ["x"], "cells": ["c"]}]}},
            "«text»",
        ),
        ({"id": "a", "table": {"columns": ["text"], "rows": [{"owners": ["x"], "cells": ["c"]}]}}, "cần «id»"),
        ({"id": "a", "table": TABLE | {"rows": [{"cells": ["^", "", "", "", ""]}]}}, "không có ô nào để nối"),
        ({"id": "a", "table": TABLE | {"rows": [{"cells": ["A."]}, {"cells": ["1", "^", "", "", ""]}]}}, "để nối"),
        ({"id": "a", "table": TABLE | {"rows": [{"cells": ["<", "", "", "", ""]}]}}, "để nối"),
        ({"id": "a", "table": TABLE | {"head": [["^", "", "", "", ""]]}}, "để nối"),
        ({"id": "a", "text": "x", "labels": ["1.2.3.4"]}, "không phải cách ghi nhãn"),
        ({"id": "a", "text": "x", "tables": []}, "Extra inputs"),
    ],
)
def test_what_is_wrong_is_told(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        section(wrong)


def test_an_annex_names_itself_as_one() -> None:
    with pytest.raises(ValidationError, match="Phụ lục"):
        section(annex="Biểu 1")
    assert section(annex="PHỤ LỤC II").annex == "PHỤ LỤC II"


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_place_holds_the_text_that_is_walked(path: Path) -> None:
    found = read(Plan, path)
    assert (found.findings, found.record is not None) == ([], True)
    places = list(found.record.places()) if found.record else []
    assert len({loc for _id, loc, _text in places}) == len(places) > 10
    for _id, loc, text in places:
        assert " ".join(str(at(found.file.root, loc)).split()) == " ".join(text.split())


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_every_item_is_walked_once(path: Path) -> None:
    plan = read(Plan, path).record
    assert plan is not None
    walked = [one.loc for one in walk(plan.sections)]
    assert len(set(walked)) == len(walked)
    ids = [one.row.id if one.row else one.item.id for one in walk(plan.sections)]
    assert {one.id for one in plan.tasks} <= set(ids)


_ITEMS = st.recursive(
    st.builds(lambda n: {"id": f"x{n}", "text": f"Lời {n}."}, st.integers(0, 10**6)),
    lambda below: st.builds(
        lambda n, items: {"id": f"y{n}", "title": f"Mục {n}", "items": items},
        st.integers(0, 10**6),
        st.lists(below, max_size=3),
    ),
    max_leaves=12,
)


@given(st.lists(_ITEMS, max_size=4), st.lists(st.sampled_from(["1.", "a)", "-", "", "1.1.", "I."]), max_size=4))
def test_no_paragraph_is_lost_or_doubled(items: list[dict[str, Any]], labels: list[str]) -> None:
    def texts(some: list[dict[str, Any]]) -> list[str]:
        return [text for one in some for text in (one.get("title") or one["text"], *texts(one.get("items", [])))]

    one = section(*items, kind="text", labels=labels)
    shown = [line.text for line in labelled_lines([one])][1:]
    assert len(shown) == len(texts(items))
    assert all(line.endswith(text) for line, text in zip(shown, texts(items), strict=True))


def test_a_long_table_joined_from_its_first_row_is_read_at_once() -> None:
    rows = [{"id": f"PL.{k}", "owners": ["so-a"], "cells": [k, "x", "^" if k else "Sở A", "^" if k else "Quý II", "^" if k else "Đề án"]}
            for k in range(5000)]  # fmt: skip
    start = perf_counter()
    (area,) = areas(section({"id": "PL", "table": TABLE | {"rows": rows}}))
    assert {(one.lead_words, one.due, one.product) for one in area.tasks} == {("Sở A", "Quý II", "Đề án")}
    assert perf_counter() - start < 5


def test_a_row_of_one_cell_that_is_a_task_has_no_time_and_no_product() -> None:
    rows = [{"id": "PL.1", "owners": ["so-a"], "cells": ["Việc chung của mọi đơn vị."]}]
    ((one,),) = [area.tasks for area in areas(section({"id": "PL", "table": TABLE | {"rows": rows}}))]
    assert (one.text, one.due, one.product, one.lead_words) == ("Việc chung của mọi đơn vị.", None, None, None)


def test_who_follows_a_row_is_told_as_the_table_says_it() -> None:
    (cai_cach,) = [path for path in SHAPES if path.stem == "cai-cach"]
    text = cai_cach.read_text(encoding="utf-8").replace(
        "columns: [number, text, lead, with,", "columns: [number, text, lead, follow,"
    )
    plan = as_read(Plan, yaml_file("2026.yaml", text.encode())).record
    assert plan is not None
    task = plan.task_by_id["PL.1.1"]
    assert (plan.followers(task), plan.partners(task)) == ("Các sở", "")
    assert "; theo dõi: Các sở; thời gian: " in said_of(plan, task)
