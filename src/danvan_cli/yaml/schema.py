"""What all models of YAML files share: strict types, and pydantic's errors turned into placed findings."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from copy import copy
from datetime import date
from decimal import Decimal
from functools import cached_property, partial
from inspect import Signature
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, Self, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from danvan_cli.files import DEVICE, is_device
from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.text import clean, nearest, perhaps, squeeze
from danvan_cli.typed import TIMES, YEARS, MistypedError, iso_day, typed_day
from danvan_cli.yaml.yamlfile import MAX_FINDINGS, shortened

if TYPE_CHECKING:
    from danvan_cli.findings.finding import Finding
    from danvan_cli.yaml.yamlfile import Loc, YamlFile

_WORD = re.compile(r"'([^']*)'")
_FORMAT = re.compile(r"danvan-[a-z]+/\d{1,3}")


def as_day(value: object) -> date:
    """Read a date written `2023-05-10`, for a model's field.

    Raises:
        PydanticCustomError: if it is written otherwise, or there is no such day.
    """
    try:
        day = iso_day(value) if isinstance(value, str) else value
    except ValueError:
        raise PydanticCustomError("day_unreal", "no such day") from None
    if not isinstance(day, date):
        raise PydanticCustomError("day_form", "not an ISO date")
    if day.year not in YEARS:
        raise PydanticCustomError("day_unreal", "no likely year")
    return day


def _points(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("points_type", "not a number")
    return Decimal(value)


def _no_device(name: str) -> str:
    if is_device(name):
        raise problem("DV114", _("«{name}» là tên Windows giữ riêng, không đặt được cho thư mục", name=name),
                      _("thêm một từ, ví dụ: {name}-1", name=name))  # fmt: skip
    return name


class Ready:
    """A type that is worked out once: pydantic would do it again at each of the hundred fields that have it."""

    def __init__(self, made: CoreSchema) -> None:
        self._made = made

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        return copy(self._made)  # pydantic adds to it what a field says besides


_DAY_SCHEMA = {"type": "string", "format": "date", "pattern": "^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
Day = Annotated[
    date,
    Ready(core_schema.no_info_before_validator_function(as_day, core_schema.date_schema())),
    WithJsonSchema(_DAY_SCHEMA),
]
"""A date, written `2023-05-10`."""
Points = Annotated[Decimal, BeforeValidator(_points), WithJsonSchema({"type": "number"})]
"""A decimal figure, read from the digits as written, never by way of a float."""
Text = Annotated[
    str,
    Ready(core_schema.str_schema(strip_whitespace=True, min_length=1)),
    WithJsonSchema({"type": "string", "minLength": 1, "pattern": r"\S"}),
]
"""Text that is not empty."""
Id = Annotated[str, Ready(core_schema.str_schema(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=64))]
"""The id of a place in a plan: letters, digits, dots, hyphens."""
_SLUG: Final = "[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[
    str,
    Ready(
        core_schema.no_info_after_validator_function(
            _no_device, core_schema.str_schema(pattern=f"^{_SLUG}", max_length=64)
        )
    ),
    WithJsonSchema({"type": "string", "pattern": f"^(?!{DEVICE}$){_SLUG}", "maxLength": 64}),
]
"""An id that also serves as a folder's name."""
ROUTINE = ("thường xuyên", "hằng quý", "khi có yêu cầu")
"""The words that stand most often in place of a due date; they are held so, however their letters are written."""
_ROUTINE_AS_WRITTEN = {form: word for word in ROUTINE for form in (word, word.capitalize(), word.upper())}


def _due(value: object) -> object:
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        words = squeeze(clean(value))
        try:
            return as_day(words)
        except PydanticCustomError as error:
            if words and error.type == "day_form":
                return _ROUTINE_AS_WRITTEN.get(words, words)
    message = _("«{value}» không phải thời hạn", value=shortened(value))
    raise problem("DV114", message, _("viết như: {examples}", examples=", ".join(("2023-06-30", *TIMES[1:]))))


_DUE_WORDS = {"type": "string", "pattern": r"^(?!\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$)[\s\S]*\S", "examples": [*TIMES[1:]]}
Due = Annotated[
    date | str | None, BeforeValidator(_due), WithJsonSchema({"anyOf": [_DAY_SCHEMA, _DUE_WORDS, {"type": "null"}]})
]
"""When something is due: a date, or the issued words, which `plan.when` reads."""
Fetch = Callable[[str], "YamlFile"]
"""Reads another file, by its path as the file that names it has it; raises UsageError where it may not be read."""


class Model(BaseModel):
    """Base of every model: strict, no unknown keys, not changed after reading; built when first used, which is faster."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True, populate_by_name=True)

    def joined(self, file: YamlFile, fetch: Fetch | None) -> tuple[Self | None, YamlFile | None, list[Finding]]:
        """Join what the file keeps in another one, which `fetch` reads; None: from where the file's path leads.

        Returns:
            The whole, None where the rest cannot be had; the other file, if there is one; what was found on the way.
        """
        del file, fetch
        return self, None, []


no_items: Final = partial[list[Any]](list)
"""Gives an empty list, as a field's default: pydantic would read the signature of `list` itself from text, at each field."""
vars(no_items)["__signature__"] = Signature()


def maybe(description: str, default: object = None, **more: Any) -> Any:
    """Declare a key that may be left out: then it is the default."""
    return Field(default, description=description, **more)


def many(description: str | None = None, **more: Any) -> Any:
    """Declare a list that may be left out: then it is empty."""
    return Field(default_factory=no_items, description=description, **more)


def by_id(listed: str) -> cached_property[dict[str, Any]]:
    """Give an attribute that finds the things of a model's list by their ids."""
    return cached_property(lambda model: {one.id: one for one in getattr(model, listed)})


M = TypeVar("M", bound=BaseModel)
_KEY = "[key]"
"""What pydantic puts at the end of a place where the key itself is wrong."""


def validate(model: type[M], file: YamlFile) -> tuple[M | None, list[Finding]]:
    """Read a file's tree into a model.

    Returns:
        the model, and a finding for every place that does not fit, all at once. What does not fit and could be left
        out is left out of the model; it is None where nothing can be made.
    """
    if file.root is None:
        return None, []
    try:
        return _model(model, file.root), []
    except ValidationError as error:
        errors = [dict(one) for one in error.errors(include_url=False)]
    if other := next((one for one in errors if _other_format(one)), None):  # what it says may mean something else
        return None, [_finding(model, file, other)]
    findings = [_finding(model, file, one) for one in errors[:MAX_FINDINGS]]
    try:
        return _model(model, _without(file.root, errors)), findings
    except ValidationError:
        return None, findings


def _model(model: type[M], tree: Any) -> M:
    """Make a model of a tree whose keys are those of the JSON Schema: only the code calls a field by its name."""
    return model.model_validate(tree, by_alias=True, by_name=False)


def _other_format(error: dict[str, Any]) -> bool:
    """Tell whether an error says that the file is of the same kind, of another version of its format."""
    given, wanted = str(error.get("input")), str(error.get("ctx", {}).get("expected", "")).strip("'")
    known = error["loc"] == ("format",) and error["type"] == "literal_error" and _FORMAT.fullmatch(given)
    return bool(known) and given != wanted and given.partition("/")[0] == wanted.partition("/")[0]


def _without(root: Any, errors: list[dict[str, Any]]) -> Any:
    """Copy a tree without what does not fit, so that the rules can look at the rest in the same run.

    A word that is none of the allowed ones stands as the nearest of them, or the first where none is near; a lone word
    where a list belongs stands as a list.
    """
    copy = _copy(root)
    for error in errors:
        node = copy
        loc = error["loc"][:-1] if error["loc"][-1:] == (_KEY,) else error["loc"]
        for part in loc[:-1]:
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(node, dict) and loc and error["type"] != "missing":
                value = node.pop(loc[-1], None)
                allowed = _WORD.findall(str(error.get("ctx", {}).get("expected", "")))
                if error["type"] == "literal_error" and allowed and not allowed[0].startswith("danvan-"):
                    node[loc[-1]] = next(iter(nearest(str(value), allowed)), allowed[0])
                elif error["type"] == "list_type" and isinstance(value, str):
                    node[loc[-1]] = [value]
    return copy


def _copy(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _copy(value) for key, value in node.items()}
    return [_copy(value) for value in node] if isinstance(node, list) else node


@rule(
    "DV110", "Khóa không có trong lược đồ", "error",
    "Khóa viết sai tên thì nội dung của nó không được dùng ở đâu cả.", wrong="ownners: [all]", right="owners: [all]",
)  # fmt: skip
@rule(
    "DV111", "Thiếu khóa bắt buộc", "error",
    "Thiếu khóa này thì không làm ra được văn bản hoặc không theo dõi được.", wrong="- {id: 6m, kind: report}",
    right="- {id: 6m, kind: report, name: Báo cáo 06 tháng, owners: [all]}",
)  # fmt: skip
def _finding(model: type[BaseModel], file: YamlFile, error: dict[str, Any]) -> Finding:
    loc: Loc = error["loc"]
    name = str(loc[-1]) if loc else ""
    kind: str = error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    if kind == "extra_forbidden":
        known = fields(model, loc[:-1])
        hint = perhaps(name, known) or _("các khóa được dùng: {known}", known=", ".join(known))
        message = _("khóa «{name}» không có trong lược đồ", name=shortened(name))
        return file.finding("DV110", file.span(loc, key=True), message, help=hint)
    if kind == "missing":
        allowed = [
            one for kind in _plain(_kind_at(model, loc)) if get_origin(kind) is Literal for one in get_args(kind)
        ]
        value = _EXAMPLES.get(name, "…")
        value = allowed[0] if allowed and value not in allowed else value
        hint = _("thêm dòng «{example}»", example=f"{name}: {value}")
        return file.finding("DV111", _head(file, loc[:-1]), _("thiếu khóa «{name}»", name=name), help=hint)
    rule, message, how = _explain(kind, context, error.get("input"))
    place = file.span(loc[:-1], key=True) if name == _KEY else file.span(loc)
    fix = as_iso(error.get("input")) if kind == "day_form" and name != _KEY else None
    return file.finding(rule, place, message, help=how, fix=fix)


def _head(file: YamlFile, loc: Loc) -> tuple[int, int]:
    """Give the place of a mapping that lacks something: its key, or the first line of a list's item."""
    key = bool(loc) and isinstance(loc[-1], str)
    start, end = file.span(loc, key=key)
    stop = file.text.find("\n", start)
    return start, min(end, stop if stop >= 0 else end)


_EXAMPLES = {
    "id": "II.1.1",
    "owners": "[all]",
    "year": "2023",
    "state": "issued",
    "kind": "report",
    "block": "so-ban-nganh",
    "abbr": "SYT",
    "reason": '"…"',
}
"""What may stand for a key; where a model allows few values only, one of them."""


@rule(
    "DV112", "Sai kiểu giá trị", "error",
    "Chỗ cần danh sách lại là chữ, chỗ cần số lại là chữ: không đoán thay người soạn.", wrong="owners: all",
    right="owners: [all]",
)  # fmt: skip
@rule(
    "DV113", "Giá trị không hợp lệ", "error",
    "Giá trị không nằm trong những giá trị được phép.", wrong="state: phat-hanh", right="state: issued",
)  # fmt: skip
@rule(
    "DV114", "Ngày không đúng dạng hoặc không có thật", "error",
    "Trong YAML ngày luôn viết NĂM-THÁNG-NGÀY để không ai đọc nhầm ngày với tháng.", wrong="before: 10/5/2023",
    right="before: 2023-05-10",
)  # fmt: skip
@rule(
    "DV115", "Phiên bản định dạng không đọc được", "error",
    "Tệp của phiên bản khác có thể có nghĩa khác; danvan không đoán.", wrong="format: danvan-plan/9",
    right="format: danvan-plan/2",
)  # fmt: skip
def _explain(  # noqa: C901, PLR0912 - one case for each type of error, no logic between them
    kind: str, context: dict[str, Any], value: object
) -> tuple[str, str, str | None]:
    """Give rule, message and help for a type of pydantic's errors."""
    shown = shortened(value)
    match kind:
        case "day_form":
            iso = as_iso(value)
            how = _("viết {date}", date=iso) if iso else _("viết NĂM-THÁNG-NGÀY, ví dụ 2023-05-10")
            return "DV114", _("«{value}» không phải ngày đúng dạng", value=shown), how
        case "day_unreal":
            return "DV114", _("không có ngày {value}", value=shown), _("xem lại ngày và tháng")
        case "points_type" | "int_type" | "int_from_float" | "decimal_type":
            said = _("chỗ này phải là số, đang là {what}", what=_what(value))
            return "DV112", said, _("viết số không có dấu nháy, phần lẻ sau dấu chấm, ví dụ 87.5")
        case "string_type":
            return "DV112", _("chỗ này phải là chữ, đang là {what}", what=_what(value)), _string_help(value)
        case "list_type":
            said = _("chỗ này phải là danh sách, đang là {what}", what=_what(value))
            item = shown if isinstance(value, str) else "…"
            return "DV112", said, _("đặt trong dấu ngoặc vuông: [{value}], hoặc mỗi mục một dòng «- …»", value=item)
        case "model_type" | "dict_type" | "model_attributes_type":
            return "DV112", _("chỗ này phải là một mục có các khóa, đang là {what}", what=_what(value)), None
        case "bool_type":
            return "DV112", _("chỗ này chỉ nhận true hoặc false"), None
        case "literal_error" if _FORMAT.fullmatch(str(value)) and "danvan-" in str(context.get("expected")):
            wanted = str(context["expected"]).strip("'")
            said = _(
                "tệp viết theo định dạng {given} của bản danvan khác; bản này đọc {wanted}", given=shown, wanted=wanted
            )
            return "DV115", said, _("sửa tệp theo định dạng {wanted}: danvan schema", wanted=wanted)
        case "literal_error" | "enum":
            wanted = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
            rule = "DV115" if "danvan-" in wanted else "DV113"
            said = _("giá trị «{value}» không dùng được; các giá trị được dùng: {wanted}", value=shown, wanted=wanted)
            return rule, said, perhaps(value, wanted.split(", ")) if isinstance(value, str) else None
        case "string_pattern_mismatch":
            how = _("mã chỉ gồm chữ không dấu, chữ số, dấu chấm và dấu gạch nối; tên thư mục chỉ dùng chữ thường")
            return "DV113", _("mã «{value}» không hợp lệ", value=shown), how
        case "string_too_short" | "too_short":
            return "DV113", _("chỗ này không được để trống"), None
        case "string_too_long" | "too_long":
            return "DV113", _("chỗ này dài quá"), None
        case "greater_than_equal":
            words = _("không được nhỏ hơn {bound}", bound=context["ge"])
            return "DV113", _("{value}: {words}", value=shown, words=words), None
        case "less_than_equal":
            words = _("không được lớn hơn {bound}", bound=context["le"])
            return "DV113", _("{value}: {words}", value=shown, words=words), None
        case _ if kind.startswith("danvan_"):
            return context["rule"], str(context["message"]), context.get("help")
    return "DV113", _("giá trị không hợp lệ: {value}", value=shown), None


def problem(rule: str, message: str, help: str | None = None) -> PydanticCustomError:
    """Make an error that a model's own validator raises: it becomes a finding of that rule at the model's place."""
    return PydanticCustomError("danvan_rule", "{message}", {"rule": rule, "message": message, "help": help})


def as_iso(value: object) -> str | None:
    """Write a day that was written as Vietnamese do (10/5/2023) as YAML has it; None where it is no real day."""
    with suppress(MistypedError):
        return typed_day(str(value)).isoformat()
    return None


def _string_help(value: object) -> str | None:
    if isinstance(value, (bool, int, Decimal)):
        return _('đặt trong dấu nháy: "{value}"', value=str(value).lower() if isinstance(value, bool) else value)
    if value is None:
        return _("điền chữ vào, hoặc bỏ cả khóa")
    return None


def _what(value: object) -> str:
    match value:
        case None:
            return _("chỗ trống")
        case bool():
            return _("giá trị đúng/sai")
        case int() | Decimal():
            return _("số")
        case str():
            return _("chữ")
        case list():
            return _("danh sách")
    return _("một mục có các khóa")


def fields(model: type[BaseModel], loc: Loc) -> list[str]:
    """Name the keys that a model knows at a place of its tree; none where it takes any key."""
    models = (one for one in _plain(_kind_at(model, loc)) if isinstance(one, type) and issubclass(one, BaseModel))
    known = next((one.model_fields for one in models), {})
    return [field.alias or name for name, field in known.items()]


def _kind_at(model: type[BaseModel], loc: Loc) -> Any:
    """Give the type of what stands at a place; None where the model knows no such place."""
    kind: Any = model
    for part in loc:
        below = (_below(one, part) for one in _plain(kind))
        kind = next((one for one in below if one is not None), None)
    return kind


def _below(kind: Any, part: str | int) -> Any:
    """Give the type of what stands under a key, or of a list's items; None where there is no such key."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        named = (field.annotation for name, field in kind.model_fields.items() if part == (field.alias or name))
        return next(named, None)
    return get_args(kind)[-1] if get_origin(kind) in {list, dict} else None


def _plain(kind: Any) -> list[Any]:
    """Take Annotated, Optional and unions off a type."""
    origin = get_origin(kind)
    if origin is Annotated:
        return _plain(get_args(kind)[0])
    if origin in {Union, UnionType}:
        return [plain for arg in get_args(kind) for plain in _plain(arg)]
    return [kind]
