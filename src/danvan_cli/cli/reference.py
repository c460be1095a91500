"""What danvan tells of itself: `danvan rule`, `schema`."""

from typing import TYPE_CHECKING, Literal

from danvan_cli.cli import as_json, screen
from danvan_cli.cli.options import argument, help_page
from danvan_cli.errors import UsageError
from danvan_cli.findings.finding import severity_name
from danvan_cli.lang import _
from danvan_cli.text import nearest

if TYPE_CHECKING:
    from danvan_cli.findings.rule import Rule


@help_page(
    ("danvan rule", _("liệt kê mọi quy tắc")),
    ("danvan rule DV302", _("vì sao có quy tắc, viết sai và viết đúng")),
    about=_(
        "Mã quy tắc đứng sau chỗ sai trong kết quả của «danvan check» và «danvan format-check». Mã không bao giờ đổi nghĩa."
    ),
)
def rule(
    code: str | None = argument(_("MÃ"), _("mã của quy tắc, ví dụ DV302")),
) -> None:
    """Print one rule, or the list of all."""
    import dataclasses

    from danvan_cli.findings.rule import catalogue, group

    chosen = list(catalogue().values()) if code is None else [_find(code)]
    as_json.add("", *(dataclasses.asdict(each) | {"mends": each.mends} for each in chosen))
    if code is None:
        rows = [(each.code, severity_name(each.severity), _(each.name), group(each.code)) for each in chosen]
        screen.table([_("Mã"), _("Mức"), _("Quy tắc"), _("Nhóm")], rows, whole=[0, 1])
    else:
        screen.copied(_explained(chosen[0]))


def _find(code: str) -> "Rule":
    from danvan_cli.findings.rule import catalogue

    known = catalogue().get(code.upper().strip(". "))
    if known is None:
        near = nearest(code.upper(), catalogue(), most=3)
        raise UsageError(
            _("không có quy tắc «{code}»", code=code),
            help=_("có phải {near}?", near=", ".join(near)) if near else _("xem mọi quy tắc: danvan rule"),
        )
    return known


def _explained(explained: "Rule") -> str:
    """Lay one rule out; examples stay as they are to be typed."""
    parts = [
        f"{explained.code} {severity_name(explained.severity)}: {_(explained.name)}",
        screen.wrapped(_(explained.why)),
    ]
    for heading, example in ((_("Sai:"), explained.wrong), (_("Đúng:"), explained.right)):
        if example:
            parts.append("\n".join([heading, *(f"    {line}" for line in _(example).splitlines())]))
    if explained.mends:
        parts.append(_("Máy sửa được: danvan check --fix"))
    if explained.source:
        parts.append(screen.wrapped(_("Nguồn: {source}", source=_(explained.source))))
    return "\n\n".join(parts)


@help_page(
    ("danvan schema plan", _("lược đồ của kế hoạch")),
    ("danvan schema unit > unit.json", _("ghi lược đồ tệp đơn vị ra một tệp")),
)
def schema(
    kind: Literal["plan", "unit", "rubric", "score", "calendar", "register", "functions"] = argument(
        "plan|unit|rubric|score|calendar|register|functions", _("loại tệp"), default=...
    ),
) -> None:
    """Print the JSON Schema of a kind of file."""
    from json import dumps

    from danvan_cli.desk.schema import schema_of

    made = schema_of(kind)
    if as_json.wanted():
        as_json.give(**made)
    else:
        screen.for_machines(dumps(made, ensure_ascii=False, indent=2))
