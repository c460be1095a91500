"""`danvan check --fix`: what is mechanical is mended in its place, all else stays byte for byte."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from commands import environment
from danvan_cli.findings.rule import MENDED, catalogue
from danvan_cli.plan.calendar import Calendar
from danvan_cli.plan.model import Plan
from danvan_cli.rules.check import check_plan
from danvan_cli.rules.mend import mended
from danvan_cli.yaml import held
from danvan_cli.yaml.read import as_read
from danvan_cli.yaml.yamlfile import YamlFile

if TYPE_CHECKING:
    from commands import Run
    from danvan_cli.findings.finding import Finding

BASE = (Path(__file__).parent / "examples" / "base.plan.yaml").read_text(encoding="utf-8")
CALENDAR = Calendar(format="danvan-calendar/1")
# What is put in place of what, and how it is mended: None stays as it is.
SPOILT = [
    ("before: 2023-06-20", "before: 20/6/2023", "before: 2023-06-20"),
    ("before: 2023-06-20", 'before: "ngày 20-6-2023"  # hạn', "before: 2023-06-20  # hạn"),
    ("before: 2023-06-20", "before: 31/6/2023", None),
    ("before: 2023-06-20", "before: 20/6/23", None),
    ("2685/QĐ-UBND ngày", "2685/QĐ-UBNB ngày", "2685/QĐ-UBND ngày"),
    ("label: Đổi mới\n", "label: Đổi  mới  \n", "label: Đổi mới\n"),
    ("của Ban Dân vận\n", "của   Ban Dân vận \t\n", "của Ban Dân vận\n"),
    ("title: Công tác dân vận", unicodedata.normalize("NFD", "title: Công tác dân vận"), "title: Công tác dân vận"),
    ("Sở Y tế", "Sở\u200b Y tế", "Sở Y tế"),
    ("- id: II.1.1\n            label: Quán triệt\n", "- label: Quán triệt  # ngắn\n            id: II.1.1\n",
     "- id: II.1.1\n            label: Quán triệt  # ngắn\n"),
    ("    to: so-noi-vu\n    duty: III.1\n", "    duty: III.1\n    # nơi gửi\n    to: so-noi-vu\n", None),
    ("year: 2023\n", "year: 2023  # hai  khoảng, giữ\n", None),
    ("before: 2023-06-20", "before: 20/6/2023  # danvan: ignore DV114 còn hỏi", None),
]  # fmt: skip


def found(data: bytes) -> list[Finding]:
    return check_plan(as_read(Plan, YamlFile("a.yaml", data)), CALENDAR, {})


def fixed(data: bytes) -> bytes:
    for _round in range(6):
        after = mended("a.yaml", data, found(data))
        if after == data:
            break
        data = after
    return data


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize(("right", "wrong", "wanted"), SPOILT)
def test_each_kind_is_mended_where_it_stands(right: str, wrong: str, wanted: str | None, ends: str) -> None:
    assert BASE.count(right) == 1
    spoilt = BASE.replace(right, wrong).replace("\n", ends).encode()
    hoped = BASE.replace(right, wrong if wanted is None else wanted).replace("\n", ends).encode()
    assert fixed(spoilt) == hoped


def test_a_byte_order_mark_goes() -> None:
    assert fixed(b"\xef\xbb\xbf" + BASE.encode()) == BASE.encode()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(SPOILT), max_size=5, unique_by=lambda one: one[0]), st.booleans(), st.booleans())
def test_several_at_once_and_twice_is_as_once(
    several: list[tuple[str, str, str | None]], bom: bool, windows: bool
) -> None:
    spoilt = hoped = BASE
    for right, wrong, wanted in several:
        spoilt = spoilt.replace(right, wrong)
        hoped = hoped.replace(right, wrong if wanted is None else wanted)
    if windows:
        spoilt, hoped = spoilt.replace("\n", "\r\n"), hoped.replace("\n", "\r\n")
    data = b"\xef\xbb\xbf" * bom + spoilt.encode()
    once = fixed(data)
    assert once == hoped.encode()
    assert fixed(once) == once
    errors = [{one.rule for one in found(each) if one.severity == "error"} for each in (data, once)]
    assert errors[1] <= errors[0]


@given(st.binary(max_size=60), st.integers(0, len(BASE)))
@example(b"\x00-", 300)  # without what is unseen, another id stands there
@example(b"A\x00", 553)
def test_a_broken_file_is_never_made_worse(junk: bytes, place: int) -> None:
    data = BASE[:place].encode() + junk + BASE[place:].encode()
    before, after = found(data), found(fixed(data))
    errors = [{one.rule for one in each if one.severity == "error"} for each in (before, after)]
    assert errors[1] <= errors[0] | {"DV405", "DV404"}


def test_a_broken_file_is_left_alone(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    plan.write_bytes(plan.read_bytes() + b"x: [\n")
    before = plan.read_bytes()
    assert run("check", "--fix", cwd=workspace).code == 1
    assert plan.read_bytes() == before


def test_the_command_says_how_much_it_mended(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    right = plan.read_bytes()
    assert "đã sửa 0 chỗ trong 0 tệp" in run("check", "--fix", cwd=workspace).stderr
    assert plan.read_bytes() == right
    plan.write_bytes(
        right.replace(b"before: 2023-05-10", b"before: 10/5/2023", 1).replace(b"year: 2023\n", b"year: 2023 \n", 1)
    )
    done = run("check", "--fix", cwd=workspace)
    assert done.code == 0
    assert "đã sửa 2 chỗ trong 1 tệp" in done.stderr
    assert plan.read_bytes() == right


def test_the_catalogue_says_what_mends_itself(run: Run) -> None:
    assert set(catalogue()) >= MENDED
    assert "danvan check --fix" in run("rule", "DV114").stdout
    assert "danvan check --fix" not in run("rule", "DV201").stdout


def test_only_rules_that_mend_give_a_fix() -> None:
    spoilt = BASE
    for right, wrong, _wanted in SPOILT[:8]:
        spoilt = spoilt.replace(right, wrong)
    with_fix = {one.rule for one in found(spoilt.encode()) if one.fix is not None}
    assert with_fix
    assert with_fix <= MENDED
    assert re.search(r"\d", str(with_fix))


IMPATIENT = """
import sys
from danvan_cli.__main__ import main
from danvan_cli.yaml import held
held.LOCK_SECONDS = 0.1
sys.exit(main())
"""


def test_nothing_is_mended_while_somebody_else_writes(run: Run, workspace: Path) -> None:
    plan = workspace / "plans" / "2023.yaml"
    right = plan.read_bytes()
    plan.write_bytes(wrong := right.replace(b"\nyear: 2023", b"\nyear: 2023  ", 1))
    assert wrong != right
    with held.locked(plan):  # who holds the lock may ask again, so the other must be another process
        refused = subprocess.run(
            [sys.executable, "-c", IMPATIENT, "check", "--fix", str(plan)],
            cwd=workspace, env=environment(), check=False, capture_output=True, encoding="utf-8",
        )  # fmt: skip
    assert refused.returncode == 1
    assert "đang ghi vào" in refused.stderr
    assert plan.read_bytes() == wrong
    assert run("check", "--fix", plan, cwd=workspace).code == 0
    assert plan.read_bytes() == right
