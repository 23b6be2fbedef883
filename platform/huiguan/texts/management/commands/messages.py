"""`huiguan messages extract|fill|compile|check|stats [APP …]`: the texts of the house, without system gettext."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from django.core.management.base import BaseCommand, CommandError

from huiguan.texts.catalogues import Catalogue, find_catalogues
from huiguan.texts.checking import contradictions, problems_of
from huiguan.texts.compiling import compile_catalogues
from huiguan.texts.extracting import extract_catalogue
from huiguan.texts.merging import Key, fill, is_translated, known_words, merge, singular, texts


class Command(BaseCommand):
    """An APP is a folder such as `tenants/members` or `members`; without one, all of them."""

    help = "Extract, fill, compile, check or count the texts of the apps."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["extract", "fill", "compile", "check", "stats"])
        parser.add_argument("apps", nargs="*", metavar="APP")
        parser.add_argument("--from", dest="words", type=Path, help='fill: a JSON file {"English": "中文"}')
        parser.add_argument("--missing", action="store_true", help="stats: print what is not translated, as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        chosen = _chosen(options["apps"])
        match options["verb"]:
            case "extract":
                self._extract(chosen)
            case "fill":
                self._fill(chosen, options["words"])
            case "compile":
                self.stdout.write(f"{len(compile_catalogues(chosen))} files compiled")
            case "check":
                self._check(chosen)
            case "stats":
                self._stats(chosen, missing=options["missing"])

    def _extract(self, chosen: list[Catalogue]) -> None:
        for catalogue in chosen:
            if catalogue.write(merge(extract_catalogue(catalogue), catalogue.read())):
                self.stdout.write(f"{catalogue.name}: written")

    def _fill(self, chosen: list[Catalogue], words: Path | None) -> None:
        known = {**known_words(find_catalogues()), **(_words_in(words) if words else {})}
        for catalogue in chosen:
            content = merge(extract_catalogue(catalogue), catalogue.read())
            filled = fill(content, known)
            catalogue.write(content)
            self.stdout.write(f"{catalogue.name}: {filled} filled, {len(_gaps(content))} left")

    def _check(self, chosen: list[Catalogue]) -> None:
        problems = [problem for catalogue in chosen for problem in problems_of(catalogue)] + contradictions(chosen)
        if problems:
            raise CommandError("\n".join([*map(str, problems), f"{len(problems)} texts to put right"]))
        self.stdout.write("Every text is translated.")

    def _stats(self, chosen: list[Catalogue], *, missing: bool) -> None:
        merged = {each.name: merge(extract_catalogue(each), each.read()) for each in chosen}
        if missing:
            gaps = {gap: "" for content in merged.values() for gap in _gaps(content)}
            self.stdout.write(json.dumps(gaps, ensure_ascii=False, indent=2))
            return
        for name, content in merged.items():
            self.stdout.write(f"{name}: {len(texts(content))} texts, {len(_gaps(content))} not translated")


def _chosen(apps: list[str]) -> list[Catalogue]:
    every = find_catalogues()
    names = {name: each for each in every for name in (each.name, each.name.rsplit("/")[-1])}
    unknown = [app for app in apps if app.strip("/") not in names]
    if unknown:
        raise CommandError(f"No such app: {', '.join(unknown)}. Known: {', '.join(each.name for each in every)}")
    return [names[app.strip("/")] for app in apps] or every


def _words_in(path: Path) -> dict[Key, str]:
    """What `stats --missing` printed, with the right-hand sides written in."""
    given: dict[str, str] = json.loads(path.read_text("utf-8"))
    return {_key(written): word for written, word in given.items()}


def _key(written: str) -> Key:
    # Context and text are parted as gettext does it.
    context, bar, text = written.rpartition("\u0004")
    return (context if bar else None), text


def _gaps(content: Catalog) -> list[str]:
    gaps = (text for text in texts(content) if not is_translated(text))
    return [f"{text.context}\u0004{singular(text)}" if text.context else singular(text) for text in gaps]
