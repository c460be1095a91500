"""`pip install` alone is enough: the wheel carries what the commands need."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import warnings
import zipfile
from contextlib import chdir
from hashlib import sha256
from pathlib import Path

import pytest
from hatchling.build import build_sdist, build_wheel

import checksums
from commands import environment

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(not (ROOT / "pyproject.toml").exists(), reason="only a checkout can build a wheel")


def tools() -> dict[str, str]:
    """Give the environment of pip: its warnings are not ours to fail for."""
    return environment(PYTHONWARNINGS="default")


def built(source: Path, target: Path) -> tuple[Path, Path]:
    """Build the sdist and the wheel of a source as any front end asks for them."""
    with chdir(source), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return target / build_sdist(str(target)), target / build_wheel(str(target))


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Build what is released: sdist and wheel."""
    return built(ROOT, tmp_path_factory.mktemp("release"))


@pytest.fixture(scope="module")
def unpacked(release: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack the sdist where nothing of the checkout is."""
    folder = tmp_path_factory.mktemp("sdist")
    careful = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # Python 3.11.2 of Debian 12 has none
    with tarfile.open(release[0]) as packed:
        packed.extractall(folder, **careful)  # noqa: S202 - our own
    [source] = folder.iterdir()
    return source


@pytest.fixture(scope="module")
def installed(release: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install from an index into a new environment, and give that environment's command.

    The dependencies are lent by this environment, so that nothing is downloaded.
    """
    folder = tmp_path_factory.mktemp("wheel")
    index = folder / "kho gói" / "danvan"
    index.mkdir(parents=True)
    wheel = Path(shutil.copy(release[1], index))
    index.joinpath("index.html").write_text(f'<a href="{wheel.name}">{wheel.name}</a>', encoding="utf-8")

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
        "--no-compile",
        "-i",
        index.parent.as_uri(),
        "danvan",
    ]
    subprocess.run(pip, check=True, env=tools())
    where = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, check=True, env=environment(), text=True, encoding="utf-8",
    )  # fmt: skip
    lent = {path for path in sys.path if Path(path).name in {"site-packages", "dist-packages"}}
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


def test_the_same_source_gives_the_same_bytes_and_the_sdist_builds_itself(
    release: tuple[Path, Path], unpacked: Path, tmp_path: Path
) -> None:
    for path in unpacked.rglob("*.py"):
        os.utime(path, (0, 0))  # when a file was written is no part of what it is
    again = built(unpacked, tmp_path)
    assert [path.name for path in again] == [path.name for path in release]
    for one, other in zip(release, again, strict=True):
        assert one.read_bytes() == other.read_bytes(), one.name


def test_the_sdist_has_what_its_own_tests_ask_for_and_nothing_else(unpacked: Path) -> None:
    there = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    kept = [
        path.relative_to(ROOT).as_posix()
        for folder in ("tests", "docs", "plans", "templates", "samples", "tools", "benchmarks", "src")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and not {"__pycache__", "node_modules"} & set(path.parts) and path.suffix != ".pyc"
    ]
    assert set(kept) <= there
    assert not [name for name in there if re.search(r"node_modules|__pycache__|\.venv|(?:^|/)build/", name)]
    assert {"README.md", "README.en.md", "CHANGELOG.md", "LICENSE", "Makefile", ".ci/run", "constraints.txt"} <= there


def test_the_documentation_in_the_wheel_is_whole(release: tuple[Path, Path], tmp_path: Path) -> None:
    shutil.unpack_archive(release[1], tmp_path, "zip")
    with zipfile.ZipFile(release[1]) as packed:
        assert sum(it.compress_size for it in packed.infolist() if "/shipped/docs/" in it.filename) < 400_000
    shipped = tmp_path / "danvan_cli" / "shipped"
    pages = list(shipped.rglob("*.md"))
    assert len(pages) > 20
    for page in pages:
        for link in re.findall(r"\]\(([^()#\s]+)", page.read_text(encoding="utf-8")):
            assert "://" in link or (page.parent / link).exists(), (page.name, link)


def test_checksums_are_those_of_the_files(release: tuple[Path, Path], tmp_path: Path) -> None:
    for path in release:
        shutil.copy(path, tmp_path)
    checksums.main(tmp_path)
    checksums.main(tmp_path)
    lines = (tmp_path / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert sorted(lines) == sorted(f"{sha256(path.read_bytes()).hexdigest()}  {path.name}" for path in release)


@pytest.mark.office
def test_the_installed_package_is_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    python = installed.with_name(Path(sys.executable).name)
    code = "import json, sys, danvan_cli; print(json.dumps([danvan_cli.__file__, sys.path]))"
    told = call(python, tmp_path, "-c", code)
    where, search = json.loads(told.stdout)
    assert Path(where).is_relative_to(installed.parents[1])
    assert str(ROOT / "src") not in search
    documents = Path(call(installed, tmp_path, "--help").stdout.splitlines()[-1].strip())
    assert documents.is_relative_to(installed.parents[1])
    assert documents.read_bytes() == (ROOT / "docs" / "index.md").read_bytes()


@pytest.mark.office
def test_init_in_an_empty_folder_makes_a_workspace_that_check_takes(installed: Path, tmp_path: Path) -> None:
    made = call(installed, tmp_path, "init", "--sample")
    assert made.returncode == 0, made.stderr
    assert (tmp_path / "plans" / "2023.yaml").is_file()
    checked = call(installed, tmp_path, "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.office
def test_demo_in_an_empty_folder_makes_the_documents(installed: Path, tmp_path: Path) -> None:
    done = call(installed, tmp_path, "demo", "thử")
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (tmp_path / "thử").rglob("*.docx")}
    assert {"ke-hoach-trien-khai.docx", "bao-cao-6m.docx", "bao-cao-1y.docx"} <= made
