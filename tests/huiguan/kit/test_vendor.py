"""The vendored files are the ones that were fetched, and pages ask only for icons that exist."""

import hashlib
import json

import pytest

from huiguan.kit.vendor import ICONS, MANIFEST, PACKAGES, ROOT, VENDOR, used_icons

ENTRIES = json.loads(MANIFEST.read_text())


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_the_one_that_was_fetched(entry):
    assert hashlib.sha256((ROOT / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def test_nothing_lies_in_the_folder_without_a_line_in_the_manifest():
    listed = {ROOT / entry["file"] for entry in ENTRIES} - {ICONS}
    assert set(VENDOR.iterdir()) - {MANIFEST} == listed


def test_the_manifest_names_the_versions_that_the_script_would_fetch():
    pinned = {package.name: package.version for package in PACKAGES}
    assert pinned.items() <= {entry["name"]: entry["version"] for entry in ENTRIES}.items()


def test_the_browser_gets_less_than_three_megabytes():
    assert sum((ROOT / entry["file"]).stat().st_size for entry in ENTRIES) < 3_000_000


def test_every_icon_that_a_page_or_a_capability_asks_for_exists():
    assert used_icons() - json.loads(ICONS.read_text()).keys() == set()


def test_no_vendored_file_points_to_a_map_that_is_not_there():
    assert [path.name for path in VENDOR.iterdir() if b"sourceMappingURL" in path.read_bytes()] == []
