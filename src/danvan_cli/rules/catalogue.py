"""What all functions that find something declare, written for those who only want to be told of it.

`python -m danvan_cli.rules.catalogue` writes `findings/rules.json` and the documentation's page of rules.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Final

from danvan_cli.findings.rule import DECLARED, FILE, GROUPS

if TYPE_CHECKING:
    from danvan_cli.findings.rule import Rule

MODULES: Final = (
    "yaml.schema", "yaml.yamlfile", "plan.head", "unit.model", "scoring.model", "word.template", "word.naming",
    "word.source", "papers.trial", "nd30.judge", "rules.against", "rules.scores", "rules.edits", "rules.files",
)  # fmt: skip
"""Where rules are declared, or what imports that."""


def collected() -> dict[str, Rule]:
    """Give every rule that is declared anywhere, in the order of the codes."""
    for name in MODULES:
        import_module(f"danvan_cli.{name}")
    return dict(sorted(DECLARED.items()))


def rules_as_json() -> str:
    """Write the rules for `findings.rule`."""
    return json.dumps([asdict(one) for one in collected().values()], ensure_ascii=False, indent=1) + "\n"


def as_markdown() -> str:
    """Write the rules as the documentation's page."""
    lines = [
        "# Các quy tắc kiểm tra",
        "",
        "Trang này làm bằng `python -m danvan_cli.rules.catalogue`. Mỗi quy tắc xem được bằng `danvan rule MÃ`.",
        "Bỏ qua trên một dòng, kèm lý do: `# danvan: ignore DV303 lý do`.",
    ]
    levels = {"error": "lỗi", "warning": "cảnh báo", "note": "lưu ý"}
    for prefix, title in GROUPS.items():
        lines += ["", f"## {prefix}: {title}"]
        for rule in collected().values():
            if not rule.code.startswith(prefix):
                continue
            lines += ["", f"### {rule.code} {rule.name} ({levels[rule.severity]})", "", rule.why, ""]
            for label, example in (("Sai", rule.wrong), ("Đúng", rule.right)):
                if example:
                    lines += [f"{label}:", "", "```", example, "```", ""]
            if rule.mends:
                lines += ["Sửa được bằng máy: `danvan check --fix`.", ""]
            if rule.source:
                lines += [f"Nguồn: {rule.source}.", ""]
            lines.pop()
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    from pathlib import Path

    FILE.write_text(rules_as_json(), encoding="utf-8")
    Path("docs/rules.md").write_text(as_markdown(), encoding="utf-8")
