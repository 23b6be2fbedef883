"""Who paid: the member itself, under this or a former, cut or shortened name, or a person who speaks for it."""

import re
from dataclasses import dataclass, replace

from huiguan.names.organisations import is_full_company_name, plain_name
from huiguan.spreadsheets.characters import fold
from tenants.dues.statements.lines import Line
from tenants.dues.statements.naming import OrgName
from tenants.dues.statements.roster import Keys, Roster

SHORTEST_CUT = 4
_NOTE = re.compile(r"[(（](?:个人|个体|微信|支付宝|.*?户)[)）]$")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]$")  # 许晓福(常泓贸易)
_COMPANY = frozenset(("company", "joint", "group"))


@dataclass(frozen=True, slots=True)
class Payer:
    """`keys` are the members the payer can be or speak for; `is_part`: only part of the name agrees."""

    name: str
    keys: Keys = ()
    how: str = ""
    is_part: bool = False

    @property
    def member(self) -> str:
        """The only member it can be; empty where there are several or none."""
        return self.keys[0] if len(self.keys) == 1 else ""


class Payers:
    """Knows payers by the roster, and by the accounts of lines that were matched before."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._accounts: dict[str, Keys] = {}

    def find(self, line: Line) -> Payer:
        name = _NOTE.sub("", line.party)
        plain = plain_name(name)
        front = _IN_BRACKETS.sub("", name)
        found = (self._by_name(name, plain) or self._by_name(front, plain_name(front))) if plain else None
        found = found or self._by_habit(name, plain, line.party_account) or self._by_part(name, plain) or Payer(name)
        return replace(found, keys=self._roster.staying(found.keys, line.booked_on))

    def learn(self, line: Line, payer: Payer) -> None:
        """An account whose holder is certain says who pays even where a later line cuts the name."""
        if line.party_account and len(payer.keys) == 1 and not payer.is_part:
            self._accounts.setdefault(line.party_account, payer.keys)

    def _by_name(self, name: str, plain: str) -> Payer | None:
        roster = self._roster
        present, former = roster.by_name.get(plain, ()), roster.by_former.get(plain, ())
        if present:
            keys = roster.spelt(present, plain, name) if len(present) > 1 else present
            return Payer(name, tuple(dict.fromkeys((*keys, *former))), "payer_is_member")
        if former:
            return Payer(name, former, "payer_former")
        people = roster.by_person.get(fold(name), ())
        is_own = len(people) == 1 and roster.members[people[0]].kind == "individual"
        return Payer(name, people, "payer_is_member" if is_own else "payer_person") if people else None

    def _by_habit(self, name: str, plain: str, account: str) -> Payer | None:
        """Who paid once for a member may pay for another now, unless it is the member's own account."""
        if keys := self._accounts.get(account):
            return Payer(name, keys, "payer_known")
        keys = self._roster.by_account.get(account) or self._roster.by_known_name.get(plain, ())
        return Payer(name, keys, "payer_known", is_part=True) if keys else None

    def _by_part(self, name: str, plain: str) -> Payer | None:
        if len(plain) < 2:
            return None
        if "*" in name:
            keys = self._roster.masked(fold(name))
            return Payer(name, keys, "payer_person", is_part=True) if keys else None
        org = self._roster.parse(name)
        return self._cut(name, org) or self._short(name, org) or self._abbreviated(name, org)

    def _cut(self, name: str, org: OrgName) -> Payer | None:
        """Banks cut names; what is left must reach beyond the place. Cut inside the core, it is only a part."""
        keys = self._roster.begun(org.plain) if len(org.plain) >= max(SHORTEST_CUT, len(org.place) + 3) else ()
        if not keys:
            return None
        cores = [self._roster.names[key].core for key in keys if key in self._roster.names]
        return Payer(name, keys, "payer_cut", is_part=not all(core in org.plain for core in cores))

    def _short(self, name: str, org: OrgName) -> Payer | None:
        """The same brand and trade without place or legal form; another place or form is somebody else."""
        keys = tuple(key for key in self._roster.by_core.get(org.core, ()) if self._may_be(org, key))
        forms = {self._roster.names[key].form for key in keys if key in self._roster.names}
        return (
            Payer(name, keys, "payer_abbreviated", is_part=bool(org.form) and org.form not in forms) if keys else None
        )

    def _may_be(self, org: OrgName, key: str) -> bool:
        return key not in self._roster.names or self._roster.names[key].agrees(org)

    def _abbreviated(self, name: str, org: OrgName) -> Payer | None:
        """Whoever gives a full registered name is not shortening it."""
        if is_full_company_name(name) or org.form in _COMPANY:
            return None
        keys = self._roster.abbreviated(org.core)
        return Payer(name, keys, "payer_abbreviated", is_part=True) if keys else None
