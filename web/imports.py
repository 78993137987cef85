"""Imports under way: what was uploaded and shown, until it is confirmed or forgotten.

Kept in this process and nowhere else: a register that nobody confirmed is gone with it.
"""

import logging
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.files.tables import Block, Table
from handlers.registry import actions
from handlers.registry.actions import Meanwhile, Plan
from storage.database import Database

log = logging.getLogger(__name__)
LASTS = timedelta(minutes=30)
AT_ONCE = 8
"""Files that wait to be confirmed; the oldest goes for the next."""
Stage = Literal["shown", "writing", "done", "meanwhile", "failed"]


@dataclass
class Import:
    key: str
    member_id: str
    since: datetime
    plan: Plan
    source: Table | Block
    stage: Stage = "shown"
    written: int = 0
    total: int = field(default=0)


class Imports:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[str, Import] = {}
        self._lock = threading.Lock()
        self._writing: list[threading.Thread] = []

    def keep(self, member_id: str, plan: Plan, source: Table | Block, now: datetime) -> Import:
        """Under a name that nobody guesses."""
        new = Import(secrets.token_urlsafe(12), member_id, now, plan, source)
        new.total = len(plan.writes)
        with self._lock:
            fresh = [e for e in self._waiting.values() if now - e.since < LASTS]
            self._waiting = {each.key: each for each in fresh[-AT_ONCE + 1 :]}
            self._waiting[new.key] = new
        return new

    def of(self, key: str, member_id: str, now: datetime) -> Import | None:
        found = self._waiting.get(key)
        mine = found and found.member_id == member_id and now - found.since < LASTS
        return found if mine else None

    def drop(self, found: Import) -> None:
        self._waiting.pop(found.key, None)

    def begin(self, found: Import) -> threading.Thread | None:
        """Writes in a thread of its own, all or nothing; None when it has been begun."""
        with self._lock:
            if found.stage != "shown":
                return None
            found.stage = "writing"
        thread = threading.Thread(target=self._write, args=(found,), daemon=True)
        self._writing = [each for each in self._writing if each.is_alive()] + [thread]
        thread.start()
        return thread

    def wait(self) -> None:
        """Until what has been confirmed is written."""
        for each in self._writing:
            each.join()

    def _write(self, found: Import) -> None:
        def wrote(rows: int) -> None:
            found.written += rows

        try:
            with self._database.unit_of_work() as db:
                outcome = actions.apply(
                    db, found.plan, found.source, actor=found.member_id, wrote=wrote
                )
            found.stage = "meanwhile" if isinstance(outcome, Meanwhile) else "done"
        except Exception:
            log.exception("import of %s", found.plan.subject)
            found.stage = "failed"
