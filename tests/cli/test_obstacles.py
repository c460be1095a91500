"""`danvan obstacles`: what units are hindered by, and what became of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from commands import Run


def test_obstacles_and_what_became_of_them(run: Run, workspace: Path) -> None:
    assert "không có khó khăn" in run("obstacles", cwd=workspace).stdout
    assert run("init-unit", "so-y-te", "--from", workspace / "samples" / "so-y-te.unit.yaml", cwd=workspace).code == 0
    found = json.loads(run("obstacles", "--json", cwd=workspace).stdout)["obstacles"]
    assert {one["state"] for one in found} == {"open"}
    assert len(found) > 1
    id_ = found[0]["id"]
    done = run("obstacles", id_, "--kind", "tập huấn", "--answer", "Mở lớp trong quý III", "--document", "12/SNV-XDCQ",
               "--date", "1/6/2023", cwd=workspace)  # fmt: skip
    assert done.code == 0, done.stderr
    assert run("obstacles", id_, "--state", "forwarded", cwd=workspace).code == 0
    said = run("obstacles", id_, "--document", "13/SNV-XDCQ", cwd=workspace).stdout
    assert said.startswith("12/SNV-XDCQ → 13/SNV-XDCQ\n")
    again = json.loads(run("obstacles", "--kind", "tập huấn", "--json", cwd=workspace).stdout)["obstacles"]
    assert [(one["id"], one["state"], one["answer"], one["date"]) for one in again] == [
        (id_, "forwarded", "Mở lớp trong quý III", "2023-06-01")]  # fmt: skip
    shown = run("obstacles", cwd=workspace).stdout
    assert shown.index("tập huấn") < shown.index("chưa phân loại")
    assert run("obstacles", "so-y-te:00000000", "--answer", "x", cwd=workspace).code == 2
    assert run("obstacles", id_, "--answer", "TỐI MẬT", cwd=workspace).code == 2
    assert run("obstacles", "--answer", "x", cwd=workspace).code == 2
    assert run("obstacles", id_, cwd=workspace).code == 2


def test_a_unit_is_no_id_of_an_obstacle(run: Run, workspace: Path) -> None:
    done = run("obstacles", "so-y-te", cwd=workspace)
    assert (done.code, "danvan obstacles --unit so-y-te" in done.stderr) == (2, True)
