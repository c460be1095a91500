"""`pip install` alone is enough: the wheel carries what the commands need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from commands import environment

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="only a checkout can build a wheel")


def tools() -> dict[str, str]:
    """Give the environment of pip and build: their warnings are not ours to fail for."""
    return environment(PYTHONWARNINGS="default")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it into a new environment, and give that environment's command.

    The dependencies are lent by this environment, so that nothing is downloaded.
    """
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(build, capture_output=True, check=False, env=tools(), text=True, encoding="utf-8")
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = folder.glob("danvan-*.whl")

    fresh = folder / "môi trường"
    venv.create(fresh, symlinks=os.name != "nt")
    bin_folder = fresh / ("Scripts" if os.name == "nt" else "bin")
    python = bin_folder / Path(sys.executable).name
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(pip, check=True, env=tools())
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, check=True, env=environment(), text=True, encoding="utf-8",
    )  # fmt: skip
    lent = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    # A folder lent this way does not pass on its own .pth files: the editable checkout stays out of reach.
    Path(where.stdout.strip(), "lent.pth").write_text("\n".join(sorted(lent)) + "\n", encoding="utf-8")
    return bin_folder / ("danvan.exe" if os.name == "nt" else "danvan")


def call(command: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = environment()
    env.pop("PYTHONPATH", None)
    return subprocess.run(
        [command, *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    python = installed.with_name(Path(sys.executable).name)
    code = "import json, sys, danvan_cli; print(json.dumps([danvan_cli.__file__, sys.path]))"
    told = call(python, tmp_path, "-c", code)
    where, search = json.loads(told.stdout)
    assert Path(where).is_relative_to(installed.parents[1])
    assert str(ROOT / "src") not in search


def test_init_in_an_empty_folder_makes_a_workspace_that_check_takes(installed: Path, tmp_path: Path) -> None:
    made = call(installed, tmp_path, "init", "--sample")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "plans" / "2023.yaml").is_file()
    checked = call(installed, tmp_path, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_demo_in_an_empty_folder_makes_the_documents(installed: Path, tmp_path: Path) -> None:
    done = call(installed, tmp_path, "demo", "thử")
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (tmp_path / "thử").rglob("*.docx")}
    assert {"ke-hoach-trien-khai.docx", "bao-cao-6m.docx", "bao-cao-1y.docx"} <= made
