"""A new capability is one folder: it passes the contract tests without an edit elsewhere; one with faults does not."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from huiguan.texts.catalogues import Catalogue
from huiguan.texts.checking import problems_of
from huiguan.texts.compiling import compile_catalogues

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHOSEN = "library or every_address"  # the new folder's own tests, and the one that walks all addresses

SLOW = "    def shelf_name(self) -> str:\n        return Shelf.objects.get(pk=self.shelf_id).name\n\n"

# A view that says nothing of what it needs; a column that asks the database for each row.
BREAKS = {
    "views.py": ('@page("library.view")\n', ""),
    "capability.py": ('"shelf__name", "borrower"', '"shelf_name", "borrower"'),
    "models.py": ("    @move(Status.HERE", f"{SLOW}    @move(Status.HERE"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The library, where Python finds it and the house has never been."""
    made = tmp_path / "library"
    shutil.copytree(HERE / "library", made, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    return made


def contract_tests(folder: Path) -> tuple[int, set[str], str]:
    """Runs them in a process that has the folder: how many passed, the names of those that failed, what was printed."""
    python_path = [str(folder.parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "EXTRA_CAPABILITIES": "library", "PYTHONPATH": os.pathsep.join(python_path)}
    arguments = ["-m", "pytest", "tests/contract", "-k", CHOSEN, "--tb=line", "-p", "no:cacheprovider"]
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    said = done.stdout + done.stderr
    passed = re.search(r"(\d+) passed", said)
    return int(passed.group(1)) if passed else 0, set(re.findall(r"^FAILED \S+::(\S+)", said, re.MULTILINE)), said


def test_a_new_folder_needs_no_edit_elsewhere(folder: Path) -> None:
    texts = Catalogue("library", (folder,), folder / "locale")
    assert problems_of(texts) == []
    assert len(compile_catalogues([texts])) == 2
    passed, failed, said = contract_tests(folder)
    assert failed == set(), said
    assert passed > 25, said


def test_a_folder_with_an_open_door_and_a_slow_list_is_found(folder: Path) -> None:
    for name, (right, wrong) in BREAKS.items():
        text = (folder / name).read_text()
        assert right in text
        (folder / name).write_text(text.replace(right, wrong))
    _passed, failed, said = contract_tests(folder)
    assert failed == {
        "test_every_address_says_what_it_needs[chamber]",
        "test_a_list_costs_the_same_queries_at_any_length[chamber-library-book]",
    }, said
