"""Narrowing a directory by region and kind; a federation has dozens of chambers, so it happens in memory."""

from collections.abc import Iterable, Mapping
from typing import Any

from federation.registry.models import Profile
from huiguan.regions import name_of
from huiguan.tenancy.models import Chamber


def narrowed(profiles: Iterable[Profile], asked: Mapping[str, str]) -> dict[str, Any]:
    """The chosen profiles and the choices there are, for a directory's template."""
    found = list(profiles)
    region, kind, words = asked.get("region", ""), asked.get("kind", ""), asked.get("q", "").strip()[:100]
    shown = [p for p in found if _fits(p, region, kind, words)]
    provinces = {p.membership.home_region[:2] for p in found if p.membership.home_region}
    return {
        "profiles": shown,
        "total": len(found),
        "regions": [(code, name_of(code)) for code in sorted(provinces) if name_of(code)],
        "kinds": [(value, label) for value, label in Chamber.Kind.choices if value in {p.kind for p in found}],
        "region": region,
        "kind": kind,
        "words": words,
    }


def _fits(profile: Profile, region: str, kind: str, words: str) -> bool:
    member = profile.membership
    text = "\n".join([member.chamber_name, member.short_name, profile.introduction, *profile.strengths])
    is_here = not region or region in (member.region[:2], member.home_region[:2])
    return is_here and kind in ("", profile.kind) and words.casefold() in text.casefold()
