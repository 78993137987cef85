"""The plain way: FastAPI, SQLModel, a session a request."""

import os
from xml.etree import ElementTree

from fastapi import FastAPI, Request, Response
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError
from sqlmodel import Field, Session, SQLModel, UniqueConstraint, create_engine, select

URL = os.environ["PEER_DATABASE"]
engine = create_engine(
    f"sqlite:///{URL}", connect_args={"timeout": 30}, pool_size=20, pool_timeout=300
)


@event.listens_for(engine, "connect")
def set_up(connection, _):  # type: ignore[no-untyped-def]
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


class Member(SQLModel, table=True):
    id: str = Field(primary_key=True)
    platform: str
    user: str
    name: str


class Activity(SQLModel, table=True):
    id: int = Field(primary_key=True)
    title: str
    open: int


class Attendance(SQLModel, table=True):
    __table_args__ = (UniqueConstraint("activity_id", "member_id"),)
    id: int | None = Field(default=None, primary_key=True)
    activity_id: int
    member_id: str
    at: str


app = FastAPI()


@app.post("/webhooks/wechat")
async def hear(request: Request) -> Response:
    from starlette.concurrency import run_in_threadpool

    message = {each.tag: each.text or "" for each in ElementTree.fromstring(await request.body())}
    said = await run_in_threadpool(check_in, message)
    return Response(
        f"<xml><ToUserName><![CDATA[{message['FromUserName']}]]></ToUserName>"
        f"<FromUserName><![CDATA[{message['ToUserName']}]]></FromUserName>"
        f"<CreateTime>{message['CreateTime']}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{said}]]></Content></xml>",
        media_type="text/xml",
    )


def check_in(message: dict[str, str]) -> str:
    with Session(engine) as db:
        member = db.exec(select(Member).where(Member.user == message["FromUserName"])).one()
        activity = db.exec(select(Activity).where(Activity.open == 1)).one()
        title = activity.title
        db.add(Attendance(activity_id=activity.id, member_id=member.id, at=message["CreateTime"]))
        try:
            db.commit()
        except IntegrityError:
            return f"您已签到：{title}"
    return f"已签到：{title}"
