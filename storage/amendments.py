"""What was altered in the rules, without touching their file: each time a new version, none is ever
changed or deleted. The last for its target is in force."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel, col, select

from storage import revisions
from storage.database import Moment, Session

RULES = "rules"


class RuleAmendment(SQLModel, table=True):
    __tablename__ = "rule_amendment"

    id: int = Field(default=None, primary_key=True)
    target: str = Field(index=True)
    """rule:OL01, ladder:branch, or exempt."""
    body: str
    """JSON: what it says now."""
    by: str
    at: datetime = Field(sa_type=Moment)


def add(db: Session, target: str, says: Mapping[str, Any], by: str, now: datetime) -> int:
    """The number of the new version."""
    body = json.dumps(says, ensure_ascii=False, sort_keys=True)
    row = RuleAmendment(target=target, body=body, by=by, at=now)
    db.add(row)
    db.flush()
    revisions.changed(db, RULES)
    return row.id


def in_force(db: Session) -> tuple[int, Mapping[str, Mapping[str, Any]]]:
    """The number of the last version, 0 for none; and target to what it says now."""

    def load() -> tuple[int, Mapping[str, Mapping[str, Any]]]:
        rows = db.exec(select(RuleAmendment).order_by(col(RuleAmendment.id))).all()
        last = rows[-1].id if rows else 0
        return last, {row.target: says(row) for row in rows}

    return revisions.kept(db, RULES, "in force", load)


def says(row: RuleAmendment) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row.body)
    return found


def history(db: Session, most: int) -> Sequence[RuleAmendment]:
    """The latest first."""
    query = select(RuleAmendment).order_by(col(RuleAmendment.id).desc()).limit(most)
    return db.exec(query).all()
