"""The hidden baseline of a workbook: what each cell held when it was sent, written out and read again."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from danvan_cli.errors import UsageError
from danvan_cli.excel.form import BASE, FORMAT, Formula, Path
from danvan_cli.lang import _
from danvan_cli.text import clean, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from danvan_cli.excel.form import Form
    from danvan_cli.ooxml.xlsx import XlsxSheet

_CHUNK: Final = 30_000
"""So many characters go into one cell."""

BaselineRows = dict[str, dict[str, tuple[Path, str]]]
"""The cells of a sheet by row and column: each with its path and what it held."""


class Baseline(NamedTuple):
    """The hidden baseline: of what the workbook is, and each cell by sheet, row and column."""

    about: dict[str, Any]
    cells: dict[str, BaselineRows]


def baseline_lines(form: Form, about: Mapping[str, object]) -> list[str]:
    """Give the lines of the hidden sheet: of every cell that may be typed its path and its value, in one JSON text.

    Args:
        form: what stands in the workbook.
        about: of which unit, plan and rubric it is.
    """
    cells: dict[str, dict[str, dict[str, list[str]]]] = {}
    for sheet, i, key, cell in form.cells():
        rows = cells.setdefault(sheet.key, {})
        rows.setdefault(sheet.rows[i].key, {})[key] = ["\t".join(cell.path), str(cell.value)]
    fixed = {
        sheet.key: fixed_print(
            (row.key, key, cell.value)
            for row in sheet.rows
            for key, cell in row.cells.items()
            if cell.kind is None and not isinstance(cell.value, Formula)
        )
        for sheet in form.sheets
    }
    text = json.dumps({**about, "fixed": fixed, "cells": cells}, ensure_ascii=True, separators=(",", ":"))
    pieces = [text[i : i + _CHUNK] for i in range(0, len(text), _CHUNK)]
    head = f"{FORMAT} {len(pieces)} {sha256(text.encode()).hexdigest()}"
    return [head, *(f"|{piece}" for piece in pieces)]  # never begins like a number or a formula


def fixed_print(cells: Iterable[tuple[str, str, object]]) -> str:
    """Give a fingerprint of what a sheet says beside what is typed, in whatever order: row, column and value of each cell."""
    told = sorted("\t".join((row, key, flat(value))) for row, key, value in cells if str(value) != "")
    return sha256("\n".join(told).encode()).hexdigest()[:12]


def flat(value: object) -> str:
    """Give what a cell says, in one line; figures alike, however they are written."""
    text = squeeze(clean(str(value)))
    try:
        return str(float(text))
    except ValueError:
        return text


def sent(pages: Iterable[XlsxSheet], path: str) -> Baseline:
    """Find the baseline of a workbook.

    Raises:
        UsageError: if there is none, or it is not as danvan wrote it.
    """
    for page in pages:
        head = page.cells.get((0, 0))
        if head is None or not isinstance(head.value, str) or not head.value.startswith("danvan-workbook/"):
            continue
        form, _space, rest = head.value.partition(" ")
        if form != FORMAT:
            raise UsageError(
                _("{path} là sổ của một bản danvan khác ({form})", path=path, form=form[:40]),
                help=_("cập nhật danvan, hoặc tạo sổ mới: danvan workbook"),
            )
        try:
            return _baseline(page, rest)
        except (ValueError, KeyError, AttributeError, IndexError, TypeError, RecursionError):
            raise UsageError(
                _("{path}: trang ẩn «{sheet}» đã bị sửa nên không biết ô nào đã đổi", path=path, sheet=BASE),
                help=_("tạo sổ mới rồi chép phần đã điền sang: danvan workbook"),
            ) from None
    raise UsageError(
        _("{path} không phải sổ do danvan tạo", path=path),
        help=_("tạo sổ: danvan workbook ĐƠN-VỊ; sổ chép tay sang tệp khác thì mất trang ẩn"),
    )


def _baseline(page: XlsxSheet, head: str) -> Baseline:
    """Read the hidden sheet.

    Raises:
        ValueError: or another, if it is not as danvan wrote it.
    """
    count, digest = head.split()
    text = "".join(str(page.cells[i, 0].value)[1:] for i in range(1, int(count) + 1))
    if sha256(text.encode()).hexdigest() != digest:
        raise ValueError(digest)
    tree = json.loads(text)
    cells = {
        str(sheet): {
            str(row): {str(key): (tuple(one[0].split("\t")), str(one[1])) for key, one in columns.items()}
            for row, columns in rows.items()
        }
        for sheet, rows in tree.pop("cells").items()
    }
    return Baseline(dict(tree), cells)
