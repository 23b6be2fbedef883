"""For which members a payment is: by its code, by whom the remark names, else by who paid."""

from dataclasses import dataclass

from huiguan.spreadsheets.characters import fold
from tenants.dues.statements.codes import shown_code, year_of
from tenants.dues.statements.payers import Payer
from tenants.dues.statements.reasons import Reason, because
from tenants.dues.statements.remarks import Named, Remark, reads_like_name, reads_like_organisation
from tenants.dues.statements.roster import Keys, Roster


@dataclass(frozen=True, slots=True)
class Who:
    """`keys` are certain, all of them together; without keys, `rivals` are who it may be. `reason` says why.

    `stranger` is a name in the remark that is nobody's: then only an exact amount is believed. `is_unexplained`: there
    are words that nobody understands, so that a remark without the word dues may mean something else.
    """

    reason: Reason
    keys: Keys = ()
    rivals: Keys = ()
    is_part: bool = False
    stranger: str = ""
    is_unexplained: bool = False
    years: tuple[int, ...] = ()


def who_is_meant(remark: Remark, payer: Payer, roster: Roster) -> Who:
    for find in (_by_code, _by_organisations, _by_numbers, _by_people, _by_stranger):
        if found := find(remark, payer, roster):
            return found
    return _by_payer(remark, payer, roster)


def _by_code(remark: Remark, payer: Payer, roster: Roster) -> Who | None:
    keys = tuple(dict.fromkeys(roster.by_code[code] for code in remark.codes))
    if not keys:
        return None
    others = [named for named in remark.organisations if not set(named.keys) & set(keys)]
    if others:
        return Who(because("contradicts"), rivals=tuple(dict.fromkeys((*keys, *others[0].keys))))
    codes = ", ".join(shown_code(code) for code in remark.codes)
    years = tuple(sorted({year_of(code) for code in remark.codes}))
    return Who(because("code", code=codes, members=roster.called(keys)), keys, years=years)


def _by_organisations(remark: Remark, payer: Payer, roster: Roster) -> Who | None:
    """All that are named; a name of several is settled by the payer, if it is one of them."""
    chosen: list[str] = []
    for named in remark.organisations:
        keys = _settled(named, remark, payer, roster)
        if len(keys) != 1:
            reason = because("several_called", words=named.words, members=roster.called(keys))
            return Who(reason, rivals=keys)
        chosen += keys
    if not chosen:
        return None
    chosen += [key for named in remark.people for key in _individual(named, remark, roster)]
    own = payer.keys if len(payer.keys) == 1 and remark.says("itself") else ()
    keys = tuple(dict.fromkeys((*own, *chosen)))
    words = "、".join(named.words for named in remark.organisations)
    is_part = any(named.is_part and not set(named.keys) & set(payer.keys) for named in remark.organisations)
    reason = because("named", members=roster.called(keys), words=words)
    unknown = _unknown(remark, keys, roster)
    stranger = next((token for token in unknown if reads_like_organisation(token)), "")
    return Who(reason, keys, is_part=is_part, stranger=stranger)


def _settled(named: Named, remark: Remark, payer: Payer, roster: Roster) -> Keys:
    """The payer's own member where the words may mean it."""
    own = tuple(key for key in named.keys if key in payer.keys)
    if named.is_part and not own:
        own = tuple(key for key in payer.keys if roster.is_part_of(named.words, key))
    keys = own or named.keys
    return roster.spelt(keys, named.words, remark.written) if len(keys) > 1 else keys


def _individual(named: Named, remark: Remark, roster: Roster) -> Keys:
    """A person beside organisations counts where the person is an individual member and the remark says so."""
    own = tuple(key for key in named.keys if roster.members[key].kind == "individual")
    return own if "个人" in remark.text or "本人" in remark.text else ()


def _by_numbers(remark: Remark, payer: Payer, roster: Roster) -> Who | None:
    keys = tuple(dict.fromkeys(key for named in remark.numbers for key in named.keys))
    if len(keys) != 1:
        return None
    return Who(because("number_named", members=roster.called(keys), words=remark.numbers[0].words), keys)


def _by_people(remark: Remark, payer: Payer, roster: Roster) -> Who | None:
    chosen: list[str] = []
    own = fold(payer.name)
    others = [named for named in remark.people if named.words != own or _individual(named, remark, roster)]
    for named in others:
        keys = _individual(named, remark, roster) or _settled(named, remark, payer, roster)
        if len(keys) != 1:
            return Who(because("namesakes", words=named.words, members=roster.called(keys)), rivals=keys)
        chosen += keys
    keys = tuple(dict.fromkeys(chosen))
    if not keys:
        return None
    words = "、".join(named.words for named in others)
    return Who(because("person_named", words=words, members=roster.called(keys)), keys)


def _by_stranger(remark: Remark, payer: Payer, roster: Roster) -> Who | None:
    """Money for a name that is nobody's: that of an organisation, or of whoever somebody pays for."""
    names = [
        token
        for token in _unknown(remark, payer.keys, roster)
        if remark.says("behalf") or reads_like_organisation(token)
    ]
    if not names:
        return None
    rivals = tuple(dict.fromkeys((*roster.look_alikes(names[0]), *payer.keys)))
    return Who(because("nobody_named", words=names[0]), rivals=rivals)


def _by_payer(remark: Remark, payer: Payer, roster: Roster) -> Who:
    keys = payer.keys if len(payer.keys) == 1 else _individual(Named(payer.name, payer.keys), remark, roster)
    if len(keys) == 1:
        reason = because(payer.how, members=roster.called(keys), words=payer.name)
        unknown = _unknown(remark, keys, roster)
        stranger = next((token for token in unknown if reads_like_name(token)), "")
        return Who(reason, keys, is_part=payer.is_part, stranger=stranger, is_unexplained=bool(unknown))
    if payer.keys:
        return Who(because("namesakes", words=payer.name, members=roster.called(payer.keys)), rivals=payer.keys)
    if not payer.name:
        return Who(because("no_payer"))
    alike = roster.look_alikes(payer.name)
    reason = because("looks_like", members=roster.called(alike)) if alike else because("nobody", words=payer.name)
    return Who(reason, rivals=alike)


def _unknown(remark: Remark, keys: Keys, roster: Roster) -> list[str]:
    """Words that are no part of the names of these members either."""
    return [token for token in remark.unknown if not any(roster.is_part_of(token, key) for key in keys)]
