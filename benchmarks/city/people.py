"""Who lives there, on which platform, with which posts."""

from sqlalchemy import insert, text

from benchmarks.town import SINCE
from storage import members, organisation
from storage.database import Session, table
from storage.members import Appointment, Role
from storage.organisation import Organisation, OrgKind, Placement

PEOPLE, BRANCHES, COMMITTEES, GROUPS = 13_000, 229, 20, 30
"""With the supervising committee itself these are 280 organisations."""
OFFICE = f"M{BRANCHES * 3 + 5}"
COMMITTEE = f"M{BRANCHES * 3 + 6}"
SECRETARY, GROUP_LEADER = "M0", f"M{BRANCHES * 2}"
ROLES = {"office": OFFICE, "committee": COMMITTEE, "secretary": SECRETARY, "leader": GROUP_LEADER}
"""Who logs in: of everything, of twelve branches, of one, and of a group: a member who has
nothing but this."""


def live(db: Session) -> None:
    """What a town lacks that is one size smaller: a level between, groups, other platforms."""
    between(db)
    posts(db)
    for words in (
        "UPDATE organisation SET name = '市直机关第' || substr(id, 2) || '党支部' "
        "WHERE kind = 'branch'",
        "UPDATE organisation SET name = '市直机关工委' WHERE id = 'WC'",
        f"UPDATE membership SET group_id = 'G' || substr(branch_id, 2) WHERE {of_member('/229')} "
        "% 2 = 0 AND branch_id IN (SELECT 'B' || substr(id, 2) FROM organisation "
        "WHERE kind = 'party_group')",
        f"DELETE FROM account WHERE {of_member('')} % 61 = 60",
        f"UPDATE account SET platform = 'wecom' WHERE {of_member('')} % 100 < 60",
        f"UPDATE account SET platform = 'telegram' WHERE {of_member('')} % 100 >= 85",
        f"UPDATE account SET unreachable = 'blocked' WHERE {of_member('')} % 97 = 3",
        f"UPDATE member SET retired = true WHERE {number('id')} % 5 = 4",
        f"UPDATE member SET chase_exempt = 'aged_or_infirm' WHERE {number('id')} % 71 = 70",
    ):
        db.run(text(words))
    members.changed(db)
    organisation.changed(db)


def number(column: str) -> str:
    return f"CAST(substr({column}, 2) AS integer)"


def of_member(then: str) -> str:
    return f"({number('member_id')}{then})"


def between(db: Session) -> None:
    blank = {"leading_group": "", "has_committee": False, "note": ""}
    kinds = {
        **{f"O{n}": (f"市第{n + 1}局机关党委", OrgKind.ORGAN_COMMITTEE) for n in range(COMMITTEES)},
        **{f"G{n}": (f"第{n + 1}党小组", OrgKind.PARTY_GROUP) for n in range(GROUPS)},
    }
    rows = [{"id": id, "name": name, "kind": kind} | blank for id, (name, kind) in kinds.items()]
    db.run(insert(table(Organisation)), rows)
    since = {"since": SINCE, "approval": ""}
    places = [
        {"org_id": id, "parent_id": "WC" if id[0] == "O" else f"B{id[1:]}"} | since for id in kinds
    ]
    db.run(insert(table(Placement)), places)
    db.run(
        text(
            f"UPDATE placement SET parent_id = 'O' || ({number('org_id')} % {COMMITTEES}) "
            "WHERE org_id LIKE 'B%'"
        )
    )


def posts(db: Session) -> None:
    more = [(OFFICE, "WC", Role.COMMITTEE_OFFICE), (COMMITTEE, "O0", Role.ORGAN_COMMITTEE)]
    more += [(f"M{BRANCHES * 4 + n}", f"O{n}", Role.ORGAN_COMMITTEE) for n in range(1, COMMITTEES)]
    more += [(f"M{BRANCHES * 2 + n}", f"G{n}", Role.GROUP_LEADER) for n in range(GROUPS)]
    more += [(f"M{BRANCHES + n}", f"B{n}", Role.ORG_COMMISSIONER) for n in range(BRANCHES)]
    how = {"since": SINCE, "full_time": False, "approval": ""}
    rows = [{"member_id": who, "org_id": org, "role": role} | how for who, org, role in more]
    db.run(insert(table(Appointment)), rows)
