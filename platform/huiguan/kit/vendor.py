"""Fetches the browser libraries with npm and records what was fetched: `python -m huiguan.kit.vendor`.

Nothing is loaded from another host at run time, and there is no build step: the files are committed, with their
versions and hashes in `static/vendor/manifest.json`. Run it again after changing a version below or when a page
asks for an icon that is not in `icons.json` yet.
"""

import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
VENDOR = ROOT / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"
ICONS = Path(__file__).with_name("icons.json")
ICON_NAMES = Path(__file__).with_name("icon_names.txt")
ICON_USES = re.compile(r"""(?:\{% icon |\bicon=|\bicon: str = )["']([a-z][a-z0-9-]+)["']""")
SOURCE_MAP = re.compile(rb"\s*(?://|/\*)# sourceMappingURL=\S+(?:\s*\*/)?\s*$")


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    licence: str
    files: tuple[str, ...] = ()

    @property
    def spec(self) -> str:
        return f"{self.name}@{self.version}"


TABLER_ICONS = Package("@tabler/icons", "3.51.0", "MIT")
PACKAGES = (
    Package("@tabler/core", "1.6.1", "MIT", ("dist/css/tabler.min.css", "dist/js/tabler.min.js")),
    Package("htmx.org", "2.0.11", "0BSD", ("dist/htmx.min.js",)),
    Package("@alpinejs/csp", "3.17.4", "MIT", ("dist/cdn.min.js",)),
    Package("echarts", "6.1.0", "Apache-2.0", ("dist/echarts.common.min.js", "NOTICE")),
    Package(
        "tom-select",
        "2.6.2",
        "Apache-2.0",
        ("dist/css/tom-select.bootstrap5.min.css", "dist/js/tom-select.popular.min.js"),
    ),
)
RENAMED = {"dist/cdn.min.js": "alpine-csp.min.js", "NOTICE": "echarts-NOTICE.txt"}


def main() -> None:
    entries = [entry for package in PACKAGES for entry in _vendor(package)]
    entries.append(_vendor_icons())
    MANIFEST.write_text(json.dumps(entries, indent=2) + "\n")
    total = sum((ROOT / entry["file"]).stat().st_size for entry in entries)
    print(f"{len(entries)} files, {total / 1e6:.2f} MB")


def used_icons() -> set[str]:
    """Names of the icons that the pages and capabilities of this repository ask for."""
    sources = (path.read_text() for path in _sources())
    return {name for source in sources for name in ICON_USES.findall(source)}


def _sources() -> Iterator[Path]:
    for folder in ("templates", "platform", "tenants", "federation", "billing", "api"):
        for suffix in ("html", "py"):
            yield from (ROOT / folder).rglob(f"*.{suffix}")


def _vendor(package: Package) -> list[dict[str, str]]:
    with fetched(package) as archive:
        return [_write(package, source, read(archive, source)) for source in package.files]


def _vendor_icons() -> dict[str, str]:
    with fetched(TABLER_ICONS) as archive:
        nodes = json.loads(read(archive, "tabler-nodes-outline.json"))
    wanted = used_icons() | set(ICON_NAMES.read_text().split())
    if unknown := sorted(wanted - set(nodes)):
        print("no such icon:", ", ".join(unknown))
    drawn = {name: "".join(map(_element, nodes[name])) for name in sorted(wanted & set(nodes))}
    ICONS.write_text(json.dumps(drawn, indent=0) + "\n")
    return _entry(TABLER_ICONS, ICONS)


def fetched(package: Package) -> tarfile.TarFile:
    """The package as npm keeps it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", package.spec], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return tarfile.open(next(Path(folder).glob("*.tgz")))


def read(archive: tarfile.TarFile, name: str) -> bytes:
    member = archive.extractfile(f"package/{name}")
    if member is None:
        raise FileNotFoundError(name)
    return member.read()


def _write(package: Package, source: str, content: bytes) -> dict[str, str]:
    # The maps are not vendored, and hashed static files refuse a reference to a file that is not there.
    path = VENDOR / RENAMED.get(source, Path(source).name)
    path.write_bytes(SOURCE_MAP.sub(b"\n", content))
    return _entry(package, path)


def _entry(package: Package, path: Path) -> dict[str, str]:
    return {
        "name": package.name,
        "version": package.version,
        "licence": package.licence,
        "file": path.relative_to(ROOT).as_posix(),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def _element(node: tuple[str, dict[str, str]]) -> str:
    tag, attributes = node
    return f"<{tag} " + " ".join(f'{key}="{value}"' for key, value in attributes.items()) + "/>"


if __name__ == "__main__":
    main()
