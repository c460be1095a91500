"""The sample's plan as one of 2026, for the units of a province of two tiers."""

from __future__ import annotations

import re
from pathlib import Path

SHIPPED = Path(__file__).parents[1] / "plans"


def adapted(draft: str) -> str:
    """Give the sample's text as a plan of 2026 for the units of a draft."""
    sample = (
        (SHIPPED / "2023.yaml").read_text("utf-8").replace("2023", "2026").replace("dai-ptth-bao", "van-phong-ubnd")
    )
    sample = sample.replace("UBND các huyện, thị xã, thành phố", "UBND các xã, phường")
    sample = sample.replace("tỉnh Bình Phước", "thành phố Đồng Nai")
    sample = re.sub(r"from: 2022-12-15", "from: 2025-12-15", sample)
    sample = re.sub(
        r"\nissuer:\n.*?\n\n",
        lambda _: re.search(r"\nissuer:\n.*?\n\n", draft, re.DOTALL)[0],
        sample,
        count=1,
        flags=re.DOTALL,
    )  # type: ignore[index]
    sample = re.sub(r", previous: (?:6m|1y)-2022", "", sample)
    sample = re.sub(r"\n  - \{id: (?:6m|1y)-2022,[^\n]*", "", sample)
    return sample[: sample.index("\nblocks:\n")] + "\n" + draft[draft.index("blocks:\n") :]
