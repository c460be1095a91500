"""One register of units, named by the plans of several workspaces."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from copies import copied
from danvan_cli.desk.schema import schema_of
from judged import refused
from repositories import committed, git

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Run

TODAY = "2026-11-27"
NAMED = "register: ../../don-vi.yaml"
CANARY = "mat-khau-cua-may"
TASK = (
    "    items:\n      - id: II.1\n        title: Chuyển đổi số\n        items:\n          - id: II.1.1\n"
    "            owners: [so-ban-nganh]\n            text: Công khai thủ tục hành chính.\n"
)
NO_TASK, WITH_TASK = '    labels: ["1.", ""]\n    items: []\n', f'    labels: ["1.", ""]\n{TASK}'
REPORT = (
    "deliverables:\n  - {id: nam, kind: report, name: Báo cáo năm, owners: [so-ban-nganh], by: 2026-12-10,"
    " to: so-noi-vu}"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from commands import called, environment

    office = tmp_path_factory.mktemp("so") / "phòng"
    office.mkdir()
    for name, subject in (("dan-van", "công tác dân vận"), ("cchc", "cải cách hành chính")):
        done = called(["init", name, "--province", "75", "--year", "2026", "--subject", subject, "--register",
                       "don-vi.yaml"], office, environment(TODAY))  # fmt: skip
        assert done.code == 0, done.stderr
        assert ("đã tạo don-vi.yaml" in done.stdout) == (name == "dan-van")
        assert ("1 tệp đã có, giữ nguyên" in done.stderr) == (name == "cchc")
        edit(office / name / "plans" / "2026.yaml", ("deliverables: []", REPORT))
    return office


@pytest.fixture
def office(made: Path, tmp_path: Path) -> Path:
    """Give a repository of two workspaces whose plans share one register."""
    return committed(copied(made, tmp_path / "phòng"))


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def plan_of(workspace: Path) -> Path:
    return workspace / "plans" / "2026.yaml"


def found(run: Run, cwd: Path, *arguments: object) -> list[tuple[str, str, int]]:
    """Check, and give of each finding its rule, its file and its line."""
    told = json.loads(run("check", *arguments, "--json", cwd=cwd, today=TODAY).stdout)
    return [(one["rule"], one["path"], one["line"]) for one in told["findings"] if one["severity"] != "note"]


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(i for i, line in enumerate(lines, start=1) if text in line)


def test_two_workspaces_work_with_the_units_of_one_register(run: Run, office: Path) -> None:
    register = office / "don-vi.yaml"
    for name in ("dan-van", "cchc"):
        plan = plan_of(office / name).read_text(encoding="utf-8")
        assert (NAMED in plan, "\nunits:" in plan, "\nblocks:" in plan) == (True, False, False)
        assert found(run, office / name) == []
        done = run("init-unit", "so-y-te", "xa-dak-o", cwd=office / name, today=TODAY)
        assert done.code == 0, done.stderr
        status = json.loads(run("status", "--as-of", "1/12/2026", "--json", cwd=office / name).stdout)
        assert "so-y-te" in json.dumps(status)
        assert found(run, office / name) == []
    edit(register, ("name: Sở Y tế,", "name: Sở Y tế và Dân số,"))
    for name in ("dan-van", "cchc"):
        assert "Sở Y tế và Dân số" in run("show", "--units", cwd=office / name).stdout


def test_a_changed_register_is_a_change_of_units_against_its_revision(run: Run, office: Path) -> None:
    w, register = office / "cchc", office / "don-vi.yaml"
    nothing = "không có gì thay đổi"
    assert run("diff", "HEAD", cwd=w, today=TODAY).stdout.startswith(nothing)
    edit(register, ("\n", "\n# ghi chú\n"))
    assert run("diff", "HEAD", cwd=w, today=TODAY).stdout.startswith(nothing)
    edit(register, ("name: Sở Y tế,", "name: Sở Y tế và Dân số,"))
    assert plan_of(w).read_bytes() == git_bytes(office, "HEAD:cchc/plans/2026.yaml")
    assert nothing not in run("diff", "HEAD", cwd=w, today=TODAY).stdout
    told = json.loads(run("diff", "HEAD", "--json", cwd=w, today=TODAY).stdout)
    assert [(one["kind"], one["id"]) for one in told["changes"]] == [("unit-name", "so-y-te")]
    git(office, "commit", "-qam", "2")
    assert json.loads(run("diff", "HEAD", "--json", cwd=w, today=TODAY).stdout)["changes"] == []
    assert len(json.loads(run("diff", "HEAD~1", "HEAD", "--json", cwd=w, today=TODAY).stdout)["changes"]) == 1


def git_bytes(folder: Path, name: str) -> bytes:
    import subprocess

    return subprocess.run(["git", "show", name], cwd=folder, check=True, capture_output=True).stdout


def test_units_that_were_written_in_the_plan_and_moved_to_a_register_are_no_change(run: Run, office: Path) -> None:
    w, register = office / "dan-van", office / "don-vi.yaml"
    plan, text = plan_of(w), register.read_text(encoding="utf-8")
    named = plan.read_text(encoding="utf-8")
    plan.write_text(named.replace(NAMED, text[text.index("blocks:") :]), encoding="utf-8")
    assert found(run, w) == []
    git(office, "commit", "-qam", "2")
    plan.write_text(named, encoding="utf-8")
    assert json.loads(run("diff", "HEAD", "--json", cwd=w, today=TODAY).stdout)["changes"] == []


def test_a_unit_with_a_file_that_goes_from_the_register_is_told_there(run: Run, office: Path) -> None:
    w, register = office / "dan-van", office / "don-vi.yaml"
    edit(plan_of(w), (NO_TASK, WITH_TASK), ("state: draft ", "state: issued"))
    assert run("init-unit", "so-tu-phap", cwd=w, today=TODAY).code == 0
    git(office, "add", "-A")
    git(office, "commit", "-qm", "2")
    edit(register, ("- {id: so-tu-phap, name: Sở Tư pháp,", "- {id: so-khac, name: Sở Khác,"))
    assert ("DV604", str(register), line_of(register, "units:")) in found(
        run, w, "--against", "HEAD", "plans/2026.yaml"
    )


def test_tasks_of_revisions_that_units_adopted_are_known_without_their_register(run: Run, office: Path) -> None:
    w = office / "dan-van"
    edit(plan_of(w), (NO_TASK, WITH_TASK), ("state: draft ", "state: issued"))
    assert run("init-unit", "so-y-te", cwd=w, today=TODAY).code == 0
    edit(plan_of(w), ("Công khai thủ tục hành chính.", "Công khai mọi thủ tục hành chính."))
    told = run("update-unit", "so-y-te", "--dry-run", cwd=w, today=TODAY).stdout
    assert "Công khai {+mọi+} thủ tục" in told, told
    edit(plan_of(w), (TASK.replace("Công khai", "Công khai mọi"), "    items: []\n"))
    git(office, "commit", "-qam", "2")
    edit(plan_of(w), (NO_TASK, WITH_TASK.replace("Công khai thủ tục", "Rà soát đất đai")))
    assert "DV603" in [one[0] for one in found(run, w, "--against", "HEAD", "plans/2026.yaml")]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("id: so-y-te, name: Sở Y tế, abbr: SYT,", "id: so-y-te, name: Sở Y tế,", "DV111"),
        ("id: so-y-te,", "id: so-y-te, ma: 5,", "DV110"),
        ("abbr: SYT, block: so-ban-nganh", "abbr: SYT, block: so-nganh", "DV202"),
        ("id: so-y-te, name: Sở Y tế,", "id: so-tu-phap, name: Sở Y tế,", "DV205"),
        ("id: so-y-te,", "id: ubnd-tinh,", "DV205"),
        ("id: so-y-te,", "id: so-y-te, parent: so-khong-co,", "DV210"),
        ("name: Sở Y tế,", "name: UBND huyện Bù Đăng,", "DV212"),
        ("name: Sở Y tế,", "name: Sở Y tế  ,", ""),
    ],
)
def test_what_is_wrong_in_the_register_is_told_at_its_place_there(
    run: Run, office: Path, old: str, new: str, rule: str
) -> None:
    w, register = office / "dan-van", office / "don-vi.yaml"
    edit(register, (old, new))
    expected = [(rule, str(register), line_of(register, new))] if rule else []
    assert found(run, w) == expected
    assert found(run, w) == expected, "as it is kept"
    alone = [one for one in found(run, office, "don-vi.yaml", "--strict") if one[0] != "DV212"]
    if new != "id: ubnd-tinh,":  # that is the plan's issuer
        assert alone == [(code, "don-vi.yaml", line) for code, _path, line in expected if code != "DV212"]


def test_the_line_and_the_excuse_are_the_register_s(run: Run, office: Path) -> None:
    w, register = office / "dan-van", office / "don-vi.yaml"
    edit(register, ("name: Sở Y tế,", "name: UBND huyện Bù Đăng,"))
    shown = run("check", cwd=w, today=TODAY).stdout
    assert "  - {id: so-y-te, name: UBND huyện Bù Đăng" in shown
    lines = register.read_text(encoding="utf-8").splitlines(keepends=True)
    at = line_of(register, "Bù Đăng") - 1
    lines[at] = lines[at].rstrip("\n") + "  # danvan: ignore DV212 để làm mẫu\n"
    register.write_text("".join(lines), encoding="utf-8")
    assert found(run, w) == []
    assert found(run, office, "don-vi.yaml") == [], "another plan's rule may need the excuse"
    edit(register, ("để làm mẫu", ""))
    assert [one[0] for one in found(run, w)] == ["DV212", "DV116"]


def test_a_mark_of_secrecy_in_the_register_is_told_there_and_not_shown(run: Run, office: Path) -> None:
    w, register = office / "dan-van", office / "don-vi.yaml"
    edit(register, ("name: Sở Y tế,", f'name: "Độ mật: TỐI MẬT {CANARY}",'))
    for cwd, arguments in ((w, ()), (w, ()), (office, ("don-vi.yaml",))):
        done = run("check", *arguments, cwd=cwd, today=TODAY)
        assert (done.code, CANARY in done.stdout + done.stderr) == (1, False)
        assert ("DV904", "don-vi.yaml", line_of(register, CANARY)) in [
            (rule, Path(path).name, line) for rule, path, line in found(run, cwd, *arguments)
        ]


def test_a_cached_check_sees_that_the_register_has_changed(run: Run, office: Path) -> None:
    w, register = office / "dan-van", office / "don-vi.yaml"
    assert run("init-unit", "so-y-te", cwd=w, today=TODAY).code == 0
    assert found(run, w) == []
    edit(register, ("- {id: so-y-te,", "- {id: so-y-te-2,"))
    assert [(one[0], Path(one[1]).name) for one in found(run, w)] == [("DV901", "unit.yaml")]
    register.rename(office / "khac.yaml")
    assert ("DV113", "plans/2026.yaml", line_of(plan_of(w), NAMED)) in found(run, w)
    assert ("DV113", "plans/2026.yaml", line_of(plan_of(w), NAMED)) in found(run, w), "as it is kept"


@pytest.mark.parametrize("key", ["register", '"reg\\x69ster"', "regi\u200bster"], ids=["as it is", "escaped", "unseen"])
def test_the_cache_sees_the_register_however_its_key_is_written(run: Run, office: Path, key: str) -> None:
    w, register = office / "dan-van", office / "don-vi.yaml"
    edit(plan_of(w), (NAMED, NAMED.replace("register", key)))
    assert {one[0] for one in found(run, w)} <= {"DV503"}
    edit(register, ("abbr: SYT, block: so-ban-nganh", "abbr: SYT, block: so-nganh"))
    assert ("DV202", str(register), line_of(register, "so-nganh")) in found(run, w)


def test_commands_that_edit_the_plan_leave_the_register_alone(run: Run, office: Path) -> None:
    w, register = office / "dan-van", office / "don-vi.yaml"
    before = register.read_bytes()
    document = ("--number", "1/UBND-NC", "--date", "2026-11-20")
    for command in (
        ("extend", "nam", "so-y-te", "--by", "2026-12-20", *document),
        ("exempt", "nam", "so-tu-phap", *document),
        ("request", "dot-xuat", "--name", "Báo cáo nhanh", "--owner", "so-y-te", "--by", "2026-12-01", *document),
    ):
        done = run(*command, cwd=w, today=TODAY)
        assert done.code == 0, (command, done.stderr)
    text = plan_of(w).read_text(encoding="utf-8")
    assert all(f"{key}:" in text for key in ("extensions", "exemptions", "requests", "register"))
    assert "\nunits:" not in text
    assert register.read_bytes() == before
    assert found(run, w) == []


def test_mending_touches_each_file_by_its_own_findings(run: Run, office: Path) -> None:
    w, register = office / "dan-van", office / "don-vi.yaml"
    edit(register, ("name: Sở Y tế,", 'name: "Sở  Y tế",'))
    before = plan_of(w).read_bytes()
    assert run("check", "--fix", cwd=w, today=TODAY).code == 0
    assert plan_of(w).read_bytes() == before
    assert run("check", "--fix", "don-vi.yaml", cwd=office, today=TODAY).code == 0
    assert 'name: "Sở Y tế",' in register.read_text(encoding="utf-8")


def outside(office: Path) -> str:
    (office.parent / "khac.yaml").write_text(f"format: danvan-register/1\n{CANARY}: 1\n", encoding="utf-8")
    return "../../../khac.yaml"


def linked(office: Path) -> str:
    outside(office)
    (office / "lien-ket.yaml").symlink_to(office.parent / "khac.yaml")
    return "../../lien-ket.yaml"


def linked_folder(office: Path) -> str:
    outside(office)
    (office / "chung").symlink_to(office.parent)
    return "../../chung/khac.yaml"


def gits(office: Path) -> str:
    (office / ".git" / "x.yaml").write_text(f"format: danvan-register/1\n{CANARY}: 1\n", encoding="utf-8")
    return "../../.git/x.yaml"


def linked_into_git(office: Path) -> str:
    gits(office)
    (office / "lien-ket.yaml").symlink_to(office / ".git" / "x.yaml")
    return "../../lien-ket.yaml"


def other_repository(office: Path) -> str:
    git(office, "init", "-q", "kho")
    (office / "kho" / "x.yaml").write_text(f"format: danvan-register/1\n{CANARY}: 1\n", encoding="utf-8")
    return "../../kho/x.yaml"


def pipe(office: Path) -> str:
    os.mkfifo(office / "ong.yaml")
    return "../../ong.yaml"


def device(office: Path) -> str:
    (office / "may.yaml").symlink_to("/dev/zero")
    return "../../may.yaml"


def no_yaml(office: Path) -> str:
    (office / "x.txt").write_text(f"format: danvan-register/1\n{CANARY}: 1\n", encoding="utf-8")
    return "../../x.txt"


def linked_no_yaml(office: Path) -> str:
    no_yaml(office)
    (office / "lien-ket.yaml").symlink_to(office / "x.txt")
    return "../../lien-ket.yaml"


def missing(office: Path) -> str:
    del office
    return "../../khong-co.yaml"


def folder(office: Path) -> str:
    (office / "thu-muc.yaml").mkdir()
    return "../../thu-muc.yaml"


def other_kind(office: Path) -> str:
    (office / "khac.yaml").write_text(f"format: cau-hinh/1\n{CANARY}: 1\n", encoding="utf-8")
    return "../../khac.yaml"


def no_format(office: Path) -> str:
    (office / "khac.yaml").write_text(f"token: [{CANARY}\n", encoding="utf-8")
    return "../../khac.yaml"


def itself(office: Path) -> str:
    del office
    return "2026.yaml"


def no_path(office: Path) -> str:
    del office
    return "x\\0/../../don-vi.yaml"


REFUSALS: list[tuple[Callable[[Path], str], str]] = [
    (outside, "nằm ngoài kho git"), (linked, "nằm ngoài kho git"), (linked_folder, "nằm ngoài kho git"),
    (gits, "nằm ngoài kho git"), (linked_into_git, "nằm ngoài kho git"), (other_repository, "nằm ngoài kho git"),
    (pipe, "không phải tệp thường"), (device, "không phải tệp .yaml"), (no_yaml, "không phải tệp .yaml"),
    (linked_no_yaml, "không phải tệp .yaml"), (missing, "không có tệp"), (folder, "là thư mục"),
    (other_kind, "không phải danh mục đơn vị"), (no_format, "không phải danh mục đơn vị"),
    (itself, "không phải danh mục đơn vị"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "told"), REFUSALS, ids=lambda one: getattr(one, "__name__", ""))
def test_what_is_no_register_of_the_plan_is_refused_and_not_shown(
    run: Run, office: Path, make: Callable[[Path], str], told: str
) -> None:
    w = office / "dan-van"
    edit(plan_of(w), (NAMED, f"register: {make(office)}"))
    place = [("DV113", "plans/2026.yaml", line_of(plan_of(w), "register:"))]
    assert found(run, w) == place
    for command in (("check",), ("show", "--units"), ("init-unit", "so-y-te"), ("diff", "HEAD"), ("diff", "HEAD", "--json"),
                    ("check", "--against", "HEAD", "plans/2026.yaml")):  # fmt: skip
        done = run(*command, cwd=w, today=TODAY)
        assert done.code in {1, 2}, command
        assert told in done.stdout + done.stderr
        assert CANARY not in done.stdout + done.stderr
        assert "help: " in done.stdout + done.stderr or "--json" in command or command[0] == "diff"


def test_no_system_s_path_is_told_as_one(run: Run, office: Path) -> None:
    w = office / "dan-van"
    edit(plan_of(w), (NAMED, 'register: "x\\0\\u0001/../../don-vi.yaml"'))
    assert ("DV113", "plans/2026.yaml", line_of(plan_of(w), "register:")) in found(run, w)


def test_a_register_and_units_of_the_plan_s_own_do_not_go_together(run: Run, office: Path) -> None:
    w = office / "dan-van"
    edit(plan_of(w), (NAMED, f"{NAMED}\nblocks:\n  - {{id: a, name: A}}"))
    assert found(run, w) == [("DV113", "plans/2026.yaml", line_of(plan_of(w), "register:"))]
    assert "bỏ «register»" in run("check", cwd=w, today=TODAY).stdout


def test_a_draft_may_lack_both_and_an_issued_plan_may_not(run: Run, office: Path) -> None:
    w = office / "dan-van"
    edit(plan_of(w), (NAMED, ""), (REPORT, "deliverables: []"))
    assert found(run, w) == []
    edit(plan_of(w), ("state: draft ", "state: issued"))
    assert [one[0] for one in found(run, w)] == ["DV111"]


def test_without_git_the_register_lies_in_the_workspace_or_right_above_it(run: Run, office: Path) -> None:
    w = office / "dan-van"
    shutil.rmtree(office / ".git")
    assert found(run, w) == []
    (w / "chung").mkdir()
    shutil.copy(office / "don-vi.yaml", w / "chung" / "x.yaml")
    edit(plan_of(w), (NAMED, "register: ../chung/x.yaml"))
    assert found(run, w) == []
    for place in (office / "cchc", office.parent):
        shutil.copy(office / "don-vi.yaml", place / "x.yaml")
        edit(plan_of(w), ("register: ", f"register: {os.path.relpath(place / 'x.yaml', w / 'plans')} # "))
        assert [one[0] for one in found(run, w)] == ["DV113"]
        assert "nằm ngoài thư mục làm việc" in run("check", cwd=w, today=TODAY).stdout


def test_a_link_within_the_repository_is_followed(run: Run, office: Path) -> None:
    w = office / "dan-van"
    (office / "chung").mkdir()
    (office / "don-vi.yaml").rename(office / "chung" / "don-vi.yaml")
    (office / "don-vi.yaml").symlink_to(Path("chung", "don-vi.yaml"))
    assert found(run, w) == []
    git(office, "add", "-A")
    git(office, "commit", "-qm", "2")
    edit(office / "chung" / "don-vi.yaml", ("name: Sở Y tế,", "name: Sở Y tế và Dân số,"))
    (office / "don-vi.yaml").unlink()
    (office / "don-vi.yaml").symlink_to(Path("chung", "..", "chung", "don-vi.yaml"))
    git(office, "tag", "tep", "HEAD~1")
    git(office, "tag", "lien-ket", "HEAD")
    for revision in ("tep", "lien-ket"):
        told = json.loads(run("diff", revision, "--json", cwd=w, today=TODAY).stdout)
        assert [one["id"] for one in told["changes"]] == ["so-y-te"]


def test_a_register_that_a_revision_lacks_is_named(run: Run, office: Path) -> None:
    w = office / "dan-van"
    shutil.copy(office / "don-vi.yaml", office / "moi.yaml")
    edit(plan_of(w), (NAMED, "register: ../../moi.yaml"))
    git(office, "commit", "-qam", "2")
    done = run("diff", "HEAD", cwd=w, today=TODAY)
    assert (done.code, "moi.yaml" in done.stdout + done.stderr) == (1, True)
    told = run("check", "plans/2026.yaml", "--against", "HEAD", cwd=w, today=TODAY).stdout
    assert ("DV610" in told, "không có tệp ../../moi.yaml" in " ".join(told.split())) == (True, True)


@pytest.mark.parametrize("where", ["../x.yaml", "x.txt", "dan-van/.git/x.yaml"])
def test_init_refuses_what_a_plan_may_not_name(run: Run, tmp_path: Path, where: str) -> None:
    (tmp_path / "a" / "dan-van" / ".git").mkdir(parents=True)
    done = run("init", "dan-van", "--province", "75", "--register", where, cwd=tmp_path / "a", today=TODAY)
    assert (done.code, done.stdout) == (2, "")
    assert [one.name for one in (tmp_path / "a").rglob("*")] == ["dan-van", ".git"]


def test_init_with_the_sample_has_no_register(run: Run) -> None:
    done = run("init", "w", "--sample", "--register", "x.yaml")
    assert (done.code, "--register" in done.stderr) == (2, True)


def test_a_register_beside_the_plan_is_no_second_plan(run: Run, tmp_path: Path) -> None:
    for _time in range(2):
        done = run("init", "w", "--province", "75", "--register", "w/plans/don-vi.yaml", today=TODAY)
        assert done.code == 0, done.stderr
    w = tmp_path / "w"
    assert "register: don-vi.yaml" in plan_of(w).read_text(encoding="utf-8")
    assert found(run, w) == []
    assert run("init-unit", "so-y-te", cwd=w, today=TODAY).code == 0


def test_the_shell_offers_the_register_s_units(run: Run, office: Path) -> None:
    offered = {"COMP_WORDS": "danvan init-unit so-y", "COMP_CWORD": "2", "_DANVAN_COMPLETE": "complete_bash"}
    assert "so-y-te" in run(cwd=office / "dan-van", env=offered).stdout


def test_editors_are_told_the_same(office: Path, tmp_path: Path) -> None:
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(schema_of("plan")), encoding="utf-8")
    plan = plan_of(office / "dan-van")
    assert not refused(schema, [plan])
    both = tmp_path / "both.yaml"
    both.write_text(plan.read_text(encoding="utf-8") + "blocks:\n  - {id: a, name: A}\n", encoding="utf-8")
    lacking = tmp_path / "lacking.yaml"
    text = plan.read_text(encoding="utf-8").replace("state: draft ", "state: issued ")
    lacking.write_text(text.replace(NAMED, ""), encoding="utf-8")
    issued = tmp_path / "issued.yaml"
    issued.write_text(text, encoding="utf-8")
    assert set(refused(schema, [both, lacking, issued])) == {str(both), str(lacking)}
    schema.write_text(json.dumps(schema_of("register")), encoding="utf-8")
    assert not refused(schema, [office / "don-vi.yaml"])


def test_a_link_of_today_does_not_change_what_a_revision_said(run: Run, office: Path) -> None:
    w = office / "dan-van"
    text = (office / "don-vi.yaml").read_text(encoding="utf-8")
    (office / "khac.yaml").write_text(text.replace("name: Sở Y tế,", "name: Sở Khác,"), encoding="utf-8")
    git(office, "add", "-A")
    git(office, "commit", "-qm", "2")
    (office / "don-vi.yaml").unlink()
    (office / "don-vi.yaml").symlink_to("khac.yaml")
    told = json.loads(run("diff", "HEAD", "--json", cwd=w, today=TODAY).stdout)
    assert [one["id"] for one in told["changes"]] == ["so-y-te"]


def test_links_that_go_round_or_out_of_a_revision_lead_nowhere(run: Run, office: Path) -> None:
    w = office / "dan-van"
    for name, target in (
        ("vong.yaml", "vong.yaml"),
        ("ngoai.yaml", "../ngoai.yaml"),
        ("goc.yaml", str(office / "don-vi.yaml")),
    ):
        (office / name).symlink_to(target)
        edit(plan_of(w), ("register: ", f"register: ../../{name} # "))
        git(office, "add", "-A")
        git(office, "commit", "-qm", "2")
        edit(plan_of(w), (f"../../{name} # ", ""))
        done = run("diff", "HEAD", cwd=w, today=TODAY)
        assert (done.code, f"không có tệp ../../{name}" in done.stdout + done.stderr) == (1, True), done
