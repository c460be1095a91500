"""The models' common part: strict types, errors at their places, schemas for editors."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from danvan_cli.plan.head import Signer
from danvan_cli.plan.model import Plan
from danvan_cli.unit.model import UnitRecord
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.schema import Day, Due, Id, Model, Points, Slug, Text, fields, validate
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from decimal import Decimal

    from danvan_cli.findings.finding import Finding


class Inner(Model):
    id: Id
    tags: list[Text] = []


class Outer(Model):
    name: Text
    day: Day | None = None
    points: Points | None = None
    due: Due = None
    slug: Slug = "x"
    size: int = Field(1, ge=1, le=9)
    on: bool = False
    inner: Inner | None = None
    many: list[Inner] = []
    by: dict[Id, Inner] = {}
    start: Annotated[Text | None, Field(alias="from")] = None


def read(text: str) -> tuple[Outer | None, list[Finding]]:
    return validate(Outer, YamlFile("x.yaml", text.encode()))


def places(text: str) -> list[tuple[str, int, int]]:
    return [(one.rule, one.spot.line, one.spot.column) for one in read(text)[1]]


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_iso_date_is_read(day: date) -> None:
    model, found = read(f"name: x\nday: {day}\ndue: {day}")
    assert found == []
    assert model is not None
    assert (model.day, model.due) == (day, day)


@pytest.mark.parametrize(
    "written",
    ["10/5/2023", "2023-5-10", "20230510", "2023-W19-3", "2023-02-29", "1699-01-01", "9999-12-31", "1764460800", "true", "2023-05-10T00:00", "２０２３-05-10", "[2023]"],
)  # fmt: skip
def test_nothing_else_is_a_date(written: str) -> None:
    assert places(f"name: x\nday: {written}") == [("DV114", 2, 6)]


@pytest.mark.parametrize(
    "written", ["20230510", "2023-02-29", "1699-01-01", "9999-12-31", "1764460800", "true", "[2023]", "''"]
)
def test_what_is_neither_a_day_nor_words_is_no_time(written: str) -> None:
    assert places(f"name: x\ndue: {written}") == [("DV114", 2, 6)]


def test_a_vietnamese_date_is_told_how_to_be_written() -> None:
    for written in ("10/5/2023", "ngày 10/05/2023", "ngày10/5/2023", "10-5-2023", "10.5.2023"):
        assert "2023-05-10" in str(read(f"name: x\nday: {written}")[1][0].help)


@given(st.decimals(-(10**9), 10**9, places=3))
def test_figures_keep_their_digits(figure: Decimal) -> None:
    model, found = read(f"name: x\npoints: {figure:f}")
    assert found == []
    assert model is not None
    assert str(model.points) == f"{figure:f}" or figure == 0


@pytest.mark.parametrize("written", ["'87.5'", "true", ".nan", "1e3", "87,5", "[1]"])
def test_nothing_else_is_a_figure(written: str) -> None:
    assert places(f"name: x\npoints: {written}") == [("DV112", 2, 9)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nmae: x", [("DV110", 1, 1), ("DV111", 1, 1)]),
        ("name: ''", [("DV113", 1, 7)]),
        ("name: '  '", [("DV113", 1, 7)]),
        ("name: 5", [("DV112", 1, 7)]),
        ("name:", [("DV112", 1, 1)]),
        ("name: x\nsize: 10", [("DV113", 2, 7)]),
        ("name: x\nsize: '1'", [("DV112", 2, 7)]),
        ("name: x\non: yes", [("DV112", 2, 5)]),
        ("name: x\nslug: a--b", [("DV113", 2, 7)]),
        ("name: x\nslug: ../x", [("DV113", 2, 7)]),
        ("name: x\ninner: 1", [("DV112", 2, 8)]),
        ("name: x\ninner:\n  tags: [a]", [("DV111", 2, 1)]),
        ("name: x\nmany:\n  - id: a\n  - tags: [a]", [("DV111", 4, 5)]),
        ("name: x\nmany:\n  - {id: a, tags: [b, 2]}", [("DV112", 3, 23)]),
        ("name: x\nmany: {id: a}", [("DV112", 2, 7)]),
        ("name: x\nby:\n  a b: {id: a}", [("DV113", 3, 3)]),
        ("name: x\nby:\n  a: {id: a, x: 1}", [("DV110", 3, 14)]),
        ("[a]", [("DV112", 1, 1)]),
        ("x", [("DV112", 1, 1)]),
    ],
)
def test_what_does_not_fit_is_found_at_its_place(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert sorted(places(text)) == sorted(expected)


def test_everything_that_does_not_fit_is_told_at_once() -> None:
    assert len(places("nmae: x\nday: 1\nsize: 10\non: 1\nmany: [1, 2, {id: 3}]")) == 8


def test_what_may_be_left_out_is_left_out_where_it_does_not_fit() -> None:
    model, found = read("name: x\nday: 1/1\nzz: 1\ninner: {id: a, tags: b}\nby: {'a b': {id: c}}")
    assert model == Outer(name="x", inner=Inner(id="a", tags=["b"]))
    assert len(found) == 4


def test_places_stay_known_after_something_was_left_out() -> None:
    file = YamlFile("x.yaml", b"name: x\nday: 1/1\n")
    validate(Outer, file)
    assert file.spot(file.span(("day",))[0])[:2] == (2, 6)
    assert file.root["day"] == "1/1"


def test_a_misspelt_key_is_told_the_nearest_and_a_strange_one_all() -> None:
    assert "name" in str(read("nmae: x")[1][0].help)
    told = [str(one.help) for one in read("name: x\nzzzzzzzz: 1")[1]]
    assert "from" in told[0]
    assert "start" not in told[0]


@pytest.mark.parametrize("value", ["x\n\n  y" * 90, "x" * 5000])
def test_a_message_is_one_short_line_whatever_was_written(value: str) -> None:
    for text in (f"name: x\nslug: |-\n  {value}", f"name: x\n? |-\n  {value}\n: 1"):
        for one in read(text)[1]:
            assert "\n" not in one.message
            assert len(one.message) <= 400


def test_a_model_is_not_changed_after_reading() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Outer(name="x").name = "y"  # type: ignore[misc]


def test_the_keys_of_every_place_are_known() -> None:
    assert "sections" in fields(Plan, ())
    assert "label" in fields(Plan, ("sections", 0, "items", 3, "items", 0))
    assert {"from", "to"} <= set(fields(Plan, ("periods", 1)))
    assert "status" in fields(UnitRecord, ("tasks", "II.1.1"))
    assert fields(Plan, ("nowhere", 1)) == []


def test_a_mistyped_word_stands_as_the_nearest_allowed_one_for_what_is_checked_besides() -> None:
    text = (Path(__file__).parents[2] / "plans" / "2023.yaml").read_text(encoding="utf-8")
    read = as_read(Plan, YamlFile("plans/2023.yaml", text.replace("kind: tasks", "kind: task").encode()))
    assert [(one.rule, one.help) for one in read.findings] == [("DV113", "có phải «tasks»?")]
    assert read.record is not None
    assert len(read.record.tasks) == 20


def every_model(base: type[Model] = Model) -> list[type[Model]]:
    below = [model for model in base.__subclasses__() if model.__module__.startswith("danvan_cli.")]
    return [one for model in below for one in (model, *every_model(model))]


def test_the_keys_that_are_taken_are_those_of_the_json_schema() -> None:
    for module in ("delivery.model", "plan.calendar", "province.review", "province.review_edits", "rules.levels",
                   "unit.functions"):  # fmt: skip
        import_module(f"danvan_cli.{module}")
    models = every_model()
    assert {name for model in models for name, field in model.model_fields.items() if field.alias} >= {
        "start",
        "partners",
    }
    for model in models:
        made = model.model_json_schema(by_alias=True)
        made = made["$defs"][model.__name__] if "$ref" in made else made  # of what holds others of its kind
        keys = made.get("properties", {}).keys()
        for key in keys | model.model_fields.keys():
            _record, found = validate(model, YamlFile("a.yaml", f"{key}: x\n".encode()))
            strange = any(one.rule == "DV110" and f"«{key}»" in one.message for one in found)
            assert strange is (key not in keys), (model, key)


def test_a_field_is_not_named_as_the_code_names_it() -> None:
    _record, found = validate(Signer, YamlFile("a.yaml", b"name: A\nlines: [B]\nstart: 2023-01-01\n"))
    assert [(one.rule, one.spot.line, one.message) for one in found] == [
        ("DV110", 3, "khóa «start» không có trong lược đồ")
    ]
    assert found[0].help == "các khóa được dùng: name, lines, from, to"
    assert Signer(name="A", lines=["B"], start=date(2023, 1, 1)).start == date(2023, 1, 1)


@pytest.mark.parametrize(("model", "format_"), [(Plan, "danvan-plan/2"), (UnitRecord, "danvan-unit/1")])
def test_what_is_missing_is_told_as_this_kind_of_file_has_it(model: type[Model], format_: str) -> None:
    _read, found = validate(model, YamlFile("a.yaml", b"unit: x\n"))
    assert f"thêm dòng «format: {format_}»" in [one.help for one in found]
