"""werobot as its users write it, with the same work: member, open activity, one row, one reply."""

import os
import sqlite3
import threading

import werobot

robot = werobot.WeRoBot(token="benchmark")
robot.config["SESSION_STORAGE"] = False
local = threading.local()


def connection() -> sqlite3.Connection:
    if not hasattr(local, "connection"):
        local.connection = sqlite3.connect(
            os.environ["PEER_DATABASE"], timeout=30, isolation_level=None
        )
        local.connection.execute("PRAGMA journal_mode=WAL")
        local.connection.execute("PRAGMA synchronous=FULL")
        local.connection.execute("PRAGMA busy_timeout=30000")
    return local.connection


@robot.text
def check_in(message):  # type: ignore[no-untyped-def]
    db = connection()
    db.execute("BEGIN IMMEDIATE")
    try:
        member = db.execute(
            "SELECT id, name FROM member WHERE platform='wechat' AND user=?", (message.source,)
        ).fetchone()
        activity = db.execute("SELECT id, title FROM activity WHERE open=1").fetchone()
        try:
            db.execute(
                "INSERT INTO attendance (activity_id, member_id, at) VALUES (?, ?, ?)",
                (activity[0], member[0], message.time),
            )
            said = f"已签到：{activity[1]}"
        except sqlite3.IntegrityError:
            said = f"您已签到：{activity[1]}"
        db.execute("COMMIT")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    return said


app = robot.wsgi
