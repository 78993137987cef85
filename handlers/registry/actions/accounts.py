"""Importing accounts that an administration knows: WeCom's user ids, bound without a code."""

from bot.files.tables import Table
from handlers.registry.actions.plans import Change, Draft, Entry, Faulty, Plan
from handlers.registry.rules import accounts as rules
from handlers.registry.rules.troubles import Trouble
from storage import roster
from storage.database import Session
from storage.members import Account, Member


def plan(db: Session, table: Table, draft: Draft) -> Plan | Faulty:
    lines, faults, unused = rules.read(table)
    draft.faults += faults
    members = {each.id: each for each in roster.every(db, Member)}
    owners = {(each.platform, each.user): each.member_id for each in roster.every(db, Account)}
    for line in lines:
        member = members.get(line.member_id)
        owner = owners.get((line.platform, line.user))
        if member is None:
            draft.wrong(line.row, "member_id", Trouble.NO_SUCH_MEMBER, line.member_id)
        elif member.erased_at:
            draft.wrong(line.row, "member_id", Trouble.ERASED, line.member_id)
        elif owner is None:
            insert(draft, line)
            change = Change(line.platform, "", line.user)
            draft.count(Entry(member.id, member.name, (change,)), is_new=True)
        elif owner != member.id:
            draft.wrong(line.row, "user", Trouble.ACCOUNT_OF_OTHER, owner)
        else:
            draft.unchanged += 1
    return draft.ready(len(lines), unused)


def insert(draft: Draft, line: rules.AccountLine) -> None:
    draft.insert(
        Account,
        platform=line.platform,
        user=line.user,
        member_id=line.member_id,
        bound_at=draft.now,
        via="import",
        consent="",
        unreachable="",
    )
