"""The screen in English: every message of the code has its translation, and none is left over."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from danvan_cli import lang
from danvan_cli.findings.rule import GROUPS, catalogue

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "src" / "danvan_cli" / "locale" / "en.json"
SOURCES = sorted((ROOT / "src" / "danvan_cli").rglob("*.py"))
TEMPLATES = sorted((ROOT / "src" / "danvan_cli" / "page").glob("*.j2"))
FIELD = re.compile(r"\{(\w+)[^}]*\}")


@cache
def literals() -> dict[str, str]:
    """Collect the literals that pass through `_()`, and where each stands."""
    found: dict[str, str] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_" and node.args:
                argument = node.args[0]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    found[argument.value] = f"{path.name}:{node.lineno}"
    for path in TEMPLATES:
        for line, _name, message in extract_from_ast(
            Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
        ):
            text = message if isinstance(message, str) else message[0]
            assert text, f"{path}:{line}: not a literal"
            found[text] = f"{path.name}:{line}"
    return found


@cache
def data() -> dict[str, str]:
    """Collect the texts that stand in tables and pass through `_()` when they are shown."""
    from danvan_cli.desk.taking_back import KIND_NAMES
    from danvan_cli.inbox.model import LACKS
    from danvan_cli.nd30.remark import NAMES
    from danvan_cli.page.words import WORDS
    from danvan_cli.pdf.signatures import FOUND
    from danvan_cli.rules.units import PERSONAL_KINDS
    from danvan_cli.unit.model import AD_HOC_SECTIONS, SECTIONS

    found = dict.fromkeys(GROUPS.values(), "findings/rule.py")
    found |= dict.fromkeys(PERSONAL_KINDS, "rules/units.py")
    found |= dict.fromkeys((*SECTIONS.values(), *AD_HOC_SECTIONS.values()), "unit/model.py")
    found |= dict.fromkeys(KIND_NAMES.values(), "desk/taking_back.py")
    found |= dict.fromkeys(NAMES.values(), "nd30/remark.py")
    found |= dict.fromkeys((*FOUND.values(), *LACKS.values()), "pdf/, inbox/")
    found |= {words: "page/words.py" for table in WORDS.values() for words in table.values()}
    for rule in catalogue().values():
        for value in (rule.name, rule.why, rule.wrong, rule.right, rule.source):
            if value:
                found[value] = rule.code
    return found


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return dict(json.loads(CATALOGUE.read_text(encoding="utf-8")))


def test_no_message_is_translated_twice() -> None:
    pairs = json.loads(CATALOGUE.read_text(encoding="utf-8"), object_pairs_hook=list)
    assert not [text for text, times in Counter(text for text, _english in pairs).items() if times > 1], "the last wins"


def test_every_message_has_its_translation(english: dict[str, str]) -> None:
    wanted = literals() | data()
    missing = {text: where for text, where in wanted.items() if text not in english}
    assert not missing, "to be written in locale/en.json: " + "; ".join(f"{one!r} ({missing[one]})" for one in missing)


def test_no_translation_is_left_over(english: dict[str, str]) -> None:
    assert not set(english) - set(literals()) - set(data())


def test_translations_fill_in_the_same_names(english: dict[str, str]) -> None:
    wrong = {
        t: e for t, e in english.items() if t in literals() and sorted(FIELD.findall(t)) != sorted(FIELD.findall(e))
    }
    assert not wrong


def test_translations_are_english(english: dict[str, str]) -> None:
    names = re.compile(r"«[^»]*»|`[^`]*`")
    tones = re.compile("[ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
    prose = {t: e for t, e in english.items() if t in literals() and tones.search(names.sub("", e))}
    allowed = re.compile(
        r"Sở|Nội vụ|trước ngày|Kính gửi|dân vận|MẬT|Nghị định|Phụ lục|Căn cứ|Lưu|thường xuyên|Dân chủ|cơ sở|Công văn|số"
    )
    assert not {t: e for t, e in prose.items() if tones.search(allowed.sub("", names.sub("", e)))}


def test_the_language_is_set_and_taken_back() -> None:
    try:
        lang.use("en")
        assert lang._("lỗi") == "error"
    finally:
        lang.use("vi")
    assert lang._("lỗi") == "lỗi"
