"""The Tab key: what it offers, by the protocols that the shells speak."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from commands import COMMAND, environment
from danvan_cli.cli.app import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

ENGLISH = re.compile(r"\b(completion|installed|shell|supported|restart)\b", re.IGNORECASE)


def offered(run: Run, line: str, cwd: Path | None = None) -> list[str]:
    """Press Tab behind a line, as bash tells it."""
    count = len(line.split()) - (not line.endswith(" "))
    env = {"_DANVAN_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(count)}
    told = run(cwd=cwd, env=env)
    assert (told.code, told.stderr) == (0, "")
    return told.stdout.split()


def test_commands_and_options_are_offered(run: Run) -> None:
    assert offered(run, "danvan ") == list(COMMANDS)
    assert offered(run, "danvan ru") == ["rule"]
    assert set(offered(run, "danvan rule --")) == {"--json", "--lang", "--color", "--help"}
    assert offered(run, "danvan rule --lang ") == ["vi", "en"]


@pytest.mark.parametrize("typed", ["so-y", "sở-y", "SO-Y"])
def test_a_unit_is_found_with_or_without_marks(run: Run, workspace: Path, typed: str) -> None:
    assert offered(run, f"danvan report {typed}", workspace) == ["so-y-te"]


@pytest.mark.parametrize(
    ("line", "some"),
    [
        ("danvan init-unit so-", {"so-y-te", "so-noi-vu"}),
        ("danvan init-unit so-y-te so-n", {"so-noi-vu"}),
        ("danvan show --owner so-", {"so-y-te"}),
        ("danvan report --period ", {"6m", "1y", "dai-6m", "ke-hoach", "chuyen-de"}),
        ("danvan log so-y-te II.1", {"II.1.1"}),
        ("danvan log so-y-te II.1.1 --period ", {"6m", "1y"}),
        ("danvan log so-y-te --issued ", {"6m", "ke-hoach", "tu-cham"}),
        ("danvan log so-y-te --indicator tin", {"tin-bai"}),
        ("danvan review ", {"show", "set", "take", "official"}),
        ("danvan review fi", {"final"}),
        ("danvan review show so-", {"so-y-te"}),
        ("danvan review notice --block ", {"huyen"}),
    ],
)
def test_names_of_the_plan_are_offered_where_they_belong(run: Run, workspace: Path, line: str, some: set[str]) -> None:
    names = offered(run, line, workspace)
    assert some <= set(names)
    typed = "" if line.endswith(" ") else line.rsplit(maxsplit=1)[-1]
    assert all(name.startswith(typed) for name in names)


def test_inside_a_units_folder_tasks_are_offered_without_a_unit(run: Run, workspace: Path) -> None:
    here = workspace / "units" / "dai-ptth-bao"
    here.mkdir(parents=True)
    assert "II.1.1" in offered(run, "danvan log II.1", here)


@pytest.mark.parametrize(
    ("shell", "said"),
    [("zsh", '"so-y-te":"Sở Y tế"'), ("fish", "so-y-te\tSở Y tế"), ("powershell", "so-y-te:::Sở Y tế")],
)
def test_shells_that_can_show_it_get_the_meaning_beside_the_name(
    process: Run, workspace: Path, shell: str, said: str
) -> None:
    env = {
        "_DANVAN_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": "danvan report so-y",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": "so-y",
    }
    told = process(cwd=workspace, env=env)
    assert (told.code, told.stderr) == (0, "")
    assert said in told.stdout


@pytest.mark.parametrize("line", ["danvan report so", "danvan log x II", "danvan report --period "])
def test_outside_a_workspace_nothing_is_offered_and_nothing_said(run: Run, line: str) -> None:
    assert offered(run, line) == []


@pytest.mark.parametrize("text", ["", "units: 3", "units: [x]", "a: [", "\x00", "units:\n  - {id: }\n"])
def test_a_broken_plan_offers_nothing_and_says_nothing(run: Run, workspace: Path, text: str) -> None:
    (workspace / "plans" / "2023.yaml").write_text(text, encoding="utf-8")
    assert offered(run, "danvan report so", workspace) == []


@pytest.mark.parametrize("index", ["", "x", "99"])
def test_a_shell_that_talks_nonsense_hears_nothing(process: Run, index: str) -> None:
    env = {"_DANVAN_COMPLETE": "complete_bash", "COMP_WORDS": "danvan report", "COMP_CWORD": index}
    told = process(env=env)
    assert (told.code, told.stdout.strip(), told.stderr) == (0, "", "")


def test_nothing_heavy_is_imported_for_an_answer(workspace: Path) -> None:
    env = {"_DANVAN_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "danvan report so"}
    imported = subprocess.run(
        [COMMAND.with_name("python"), "-X", "importtime", "-m", "danvan_cli"],
        cwd=workspace, env=environment(**env), capture_output=True, check=True, text=True, encoding="utf-8",
    ).stderr  # fmt: skip
    assert not re.search(r"\| +(pydantic|rich|jinja2)$", imported, re.MULTILINE)


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash to try")
def test_bash_takes_the_script_and_completes_with_it(process: Run, workspace: Path) -> None:
    script = process(env={"_DANVAN_COMPLETE": "source_bash"}).stdout
    ask = f"""{script}
    COMP_WORDS=(danvan report sở-y) COMP_CWORD=2
    _danvan_completion danvan
    echo "${{COMPREPLY[@]}}"
    complete -p danvan
    """
    path = {"PATH": f"{COMMAND.parent}:/usr/bin:/bin"}
    told = subprocess.run(
        ["bash", "-c", ask], cwd=workspace, env=environment(**path), capture_output=True, check=True, text=True,
        encoding="utf-8",
    )  # fmt: skip
    first, second = told.stdout.splitlines()
    assert first == "so-y-te"
    assert "-F _danvan_completion" in second


def test_setting_up_the_tab_key_is_told_in_vietnamese(process: Run, tmp_path: Path) -> None:
    told = process(
        "--install-completion",
        env={"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": ""},
    )
    assert not ENGLISH.findall(re.sub(r"--[a-z-]+|danvan[ -][a-z-]+|help:", "", told.stderr + told.stdout))
    assert told.code in {0, 2}  # 2: the shell that runs the tests is none that can
