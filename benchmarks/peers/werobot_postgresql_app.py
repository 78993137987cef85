"""werobot on PostgreSQL, with the same work: one connection a thread, one transaction a message."""

import os
import threading

import psycopg
import werobot
from psycopg.errors import UniqueViolation

robot = werobot.WeRoBot(token="benchmark")
robot.config["SESSION_STORAGE"] = False
local = threading.local()


def connection() -> psycopg.Connection:
    if not hasattr(local, "connection"):
        local.connection = psycopg.connect(os.environ["PEER_DATABASE"], autocommit=True)
    found: psycopg.Connection = local.connection
    return found


@robot.text
def check_in(message):  # type: ignore[no-untyped-def]
    db = connection()
    try:
        with db.transaction():
            member = db.execute(
                "SELECT id, name FROM member WHERE platform='wechat' AND \"user\"=%s",
                (message.source,),
            ).fetchone()
            activity = db.execute("SELECT id, title FROM activity WHERE open=1").fetchone()
            assert member
            assert activity
            said = f"已签到：{activity[1]}"
            db.execute(
                "INSERT INTO attendance (activity_id, member_id, at) VALUES (%s, %s, %s)",
                (activity[0], member[0], str(message.time)),
            )
    except UniqueViolation:
        said = f"您已签到：{activity[1] if activity else ''}"
    return said


app = robot.wsgi
