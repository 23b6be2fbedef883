"""Which folders keep texts, and the `.po` file of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[3]
SOURCE = "zh_Hans"

# Without the dates and names that gettext writes: two people who extract the same code get the same file.
HEADER = """\
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


@dataclass(frozen=True)
class Catalogue:
    """The texts of one capability, or of everything that has no catalogue of its own (`platform`)."""

    name: str
    sources: tuple[Path, ...]
    locale: Path
    without: tuple[Path, ...] = ()

    @property
    def po(self) -> Path:
        return self.locale / SOURCE / "LC_MESSAGES" / "django.po"

    def mo(self, language: str) -> Path:
        return self.locale / language / "LC_MESSAGES" / "django.mo"

    def read(self) -> Catalog:
        if not self.po.exists():
            return Catalog(locale=SOURCE)
        with self.po.open("rb") as file:
            return read_po(file, locale=SOURCE, abort_invalid=True)

    def write(self, catalog: Catalog) -> bool:
        """Returns whether the file changed."""
        text = po_text(catalog)
        if self.po.exists() and self.po.read_text("utf-8") == text:
            return False
        self.po.parent.mkdir(parents=True, exist_ok=True)
        self.po.write_text(text, "utf-8")
        return True

    def files(self) -> Iterator[Path]:
        """Every Python file and template whose texts are this catalogue's."""
        for source in self.sources:
            yield from (path for path in sorted(source.rglob("*")) if is_source(path) and not self._leaves_out(path))

    def _leaves_out(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self.without)


def find_catalogues(root: Path = ROOT) -> list[Catalogue]:
    """One for each capability, and one for the platform and the shared templates."""
    owners = [*_folders_of(root, "tenants"), *_folders_of(root, "federation"), *_existing(root, "billing", "api")]
    apart = [folder.parent for folder in sorted((root / "platform" / "huiguan").glob("*/locale"))]
    own = [Catalogue(_name(folder, root), (folder,), folder / "locale") for folder in [*owners, *apart]]
    rest = (root / "platform" / "huiguan", root / "templates")
    return [*own, Catalogue("platform", rest, root / "locale", without=tuple(apart))]


def po_text(catalog: Catalog) -> str:
    buffer = BytesIO()
    write_po(buffer, catalog, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return (HEADER + buffer.getvalue().decode("utf-8")).rstrip("\n") + "\n"


def is_source(path: Path) -> bool:
    if path.suffix == ".py":
        return "migrations" not in path.parts
    return path.suffix in {".html", ".txt"} and "templates" in path.parts


def _folders_of(root: Path, layer: str) -> list[Path]:
    return sorted(path.parent for path in (root / layer).glob("*/__init__.py"))


def _existing(root: Path, *names: str) -> list[Path]:
    return [root / name for name in names if (root / name).is_dir()]


def _name(folder: Path, root: Path) -> str:
    return folder.relative_to(root).as_posix().removeprefix("platform/huiguan/")
