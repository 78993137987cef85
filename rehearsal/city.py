"""Who lives there: branches with secretaries, and members on three platforms."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert

from handlers.bank.actions import importing
from handlers.bank.actions.reading import findings
from rehearsal import text
from sandbox.people import name_on
from sandbox.transcript import Transcript
from storage import members, organisation, workdays
from storage.database import Database, Session, table
from storage.members import Account, Appointment, Member, Membership, Role
from storage.organisation import Organisation, Placement

SINCE = date(2020, 1, 1)
COMMITTEE = "WC"
A_HUNDRED = (("wecom", 60), ("telegram", 25), ("wechat", 15))
"""Where members are at home, of a hundred."""


def home_of(number: int) -> str:
    place = number * 37 % 100  # neighbours live apart
    for platform, share in A_HUNDRED:
        if place < share:
            return platform
        place -= share
    raise AssertionError("a hundred is a hundred")


@dataclass(frozen=True)
class City:
    members: int
    branches: int

    def branch_of(self, number: int) -> int:
        return number % self.branches

    def people_of(self, branch: int) -> range:
        return range(branch, self.members, self.branches)

    def secretary_of(self, branch: int) -> int:
        """The first of them who is at home where one can be written to at any time."""
        return next(each for each in self.people_of(branch) if home_of(each) != "wechat")

    @property
    def office(self) -> int:
        """Who hands out tasks for the committee."""
        secretary = self.secretary_of(0)
        return next(n for n in self.people_of(0) if home_of(n) != "wechat" and n != secretary)

    def role_of(self, number: int) -> str:
        mine = self.branch_of(number)
        if number == self.office:
            return "office"
        return "secretary" if self.secretary_of(mine) == number else "member"

    def settle(self, database: Database, ledger: Transcript, at: float, now: datetime) -> None:
        with database.unit_of_work() as db:
            workdays.seed(db, now)
            self._organisations(db)
            self._people(db, now)
            self._questions(db, now)
        for n in range(self.members):
            where = home_of(n)
            ledger.note(
                "member", at, person=f"M{n}", role=self.role_of(n),
                accounts=[[where, name_on(where, n)]],
            )  # fmt: skip

    def _organisations(self, db: Session) -> None:
        blank = {"leading_group": "", "has_committee": False, "note": ""}
        rows: list[dict[str, Any]] = [
            {"id": COMMITTEE, "name": COMMITTEE, "kind": "work_committee"} | blank
        ]
        rows += [
            {"id": f"B{n}", "name": text.branch(n), "kind": "branch"} | blank
            for n in range(self.branches)
        ]
        db.run(insert(table(Organisation)), rows)
        places: list[dict[str, Any]] = [
            {"org_id": row["id"], "parent_id": COMMITTEE, "since": SINCE, "approval": ""}
            for row in rows
        ]
        places[0]["parent_id"] = None
        db.run(insert(table(Placement)), places)
        organisation.changed(db)

    @staticmethod
    def _questions(db: Session, now: datetime) -> None:
        plan = importing.plan(db, findings(importing.SEEDS / "questions.yaml"))
        assert isinstance(plan, importing.Plan)
        importing.carry_out(db, plan, now, org_id=COMMITTEE, author="")

    def _people(self, db: Session, now: datetime) -> None:
        everybody = range(self.members)
        flags = {"status": "full", "is_leader": False, "retired": False}
        flags |= {"chase_exempt": "", "theme_opt_in": True}
        db.run(insert(table(Member)), [{"id": f"M{n}", "name": f"M{n}"} | flags for n in everybody])
        belongs = [
            {"member_id": f"M{n}", "branch_id": f"B{self.branch_of(n)}", "since": SINCE}
            for n in everybody
        ]
        db.run(insert(table(Membership)), belongs)
        how = {"bound_at": now, "via": "import", "consent": "1", "unreachable": ""}
        accounts = [
            {"platform": home_of(n), "user": name_on(home_of(n), n), "member_id": f"M{n}"} | how
            for n in everybody
        ]
        db.run(insert(table(Account)), accounts)
        post = {"role": Role.SECRETARY, "since": SINCE, "full_time": False, "approval": ""}
        posts = [
            {"member_id": f"M{self.secretary_of(b)}", "org_id": f"B{b}"} | post
            for b in range(self.branches)
        ]
        posts.append(
            {"member_id": f"M{self.office}", "org_id": COMMITTEE}
            | {**post, "role": Role.COMMITTEE_OFFICE}
        )
        db.run(insert(table(Appointment)), posts)
        members.changed(db)
