"""While a window is shut: template messages and subscription notices, against the stand-in."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from bot.clock import HOME
from bot.messages import Kind, Reply, button
from bot.platforms import wechat
from bot.platforms.wechat.settings import Settings
from bot.platforms.wechat.templates import Template, fill
from handlers.notices.actions.posting import Ack
from storage import lanes, reach
from storage.outbox import Rank
from tests.delivery.account import ID, NOTICE, calls, connected
from tests.delivery.conftest import PostOffice

DUE = datetime(2026, 11, 25, 14, 30, tzinfo=HOME)


def test_while_the_window_is_shut_a_template_says_it(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(office, monkeypatch, {"notice": NOTICE})
    key = office.posts("王芳", "周五下午三点开会", kind="notice")

    office.works()
    assert calls(office).shown == ["周五下午三点开会\n-\n2026年11月23日 09:00"]
    assert office.state(key) == ("sent", "")
    assert office.letter(key).lane == wechat.BY_TEMPLATE


def test_while_it_is_open_nothing_is_cut(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = connected(office, monkeypatch, {"notice": NOTICE})
    account.act(ID, {"do": "say", "words": "签到"}, office.world.now.timestamp())
    office.world.stranger(ID, "wechat").says("我的签到")
    office.posts("王芳", "周五下午三点开会" * 9, kind="notice")

    office.works()
    assert calls(office).made == ["custom/send"]


def test_what_was_cut_is_said_in_full_when_they_write(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(office, monkeypatch, {"notice": NOTICE})
    said = "请各位同志于本周五下午三点到三楼党员活动室参加主题党日，带好笔记本，迟到的请先说一声。"
    office.posts("王芳", said, kind="notice")

    office.works()
    first, second, _ = calls(office).shown[0].split("\n")
    assert (len(first), len(second)) == (20, 20)
    assert second.endswith("…")
    assert said.startswith(first + second[:-1])
    assert office.world.stranger(ID, "wechat").says("我的签到").startswith(f"{said}\n")


def test_a_kind_without_a_template_goes_another_way(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(office, monkeypatch, {"notice": NOTICE})
    key = office.posts("王芳", kind="press")

    office.works()
    assert calls(office).made == []
    assert office.state(key) == ("failed", "window")


def test_a_star_stands_for_any_kind_but_a_question(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(office, monkeypatch, {"*": NOTICE})
    asked = office.posts("王芳", kind="quiz", rank=Rank.URGENT)
    told = office.posts("王芳", kind="press", rank=Rank.URGENT)

    office.works()
    assert (office.state(asked), office.state(told)) == (("failed", "window"), ("sent", ""))


def test_of_who_may_have_agreed_nobody_is_counted_on(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(office, monkeypatch, {"notice": NOTICE | {"by": "subscription"}})
    with office.database.reading() as db:
        assert reach.unreachable(db, ["王芳"], office.world.now) == {"王芳": "window"}


def test_who_has_a_template_is_not_out_of_reach(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(office, monkeypatch, {"notice": NOTICE})
    with office.database.reading() as db:
        assert not reach.unreachable(db, ["王芳"], office.world.now)
        assert reach.forecast(db, ["王芳"], office.world.now).by == {"wechat": 1}


@pytest.mark.parametrize(
    ("template", "calls_made"),
    [
        (NOTICE | {"id": "gone"}, 2),
        (NOTICE | {"by": "subscription"}, 0),
        ({"id": "T1", "fields": {"thing1": "{text}", "phrase2": "abc"}}, 2),
    ],
    ids=["40037", "nobody agreed", "47003"],
)
def test_where_the_template_does_not_serve_the_next_account_does(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch, template: dict[str, Any], calls_made: int
) -> None:
    account = connected(office, monkeypatch, {"notice": template})
    account.sending.templates = ("T1",)
    office.member("李强", "wechat")
    account.act("wechat-李强", {"do": "follow"}, office.world.now.timestamp() - 3600)
    office.world.stranger("wechat-李强", "wechat").sends(Kind.FOLLOW)
    key, lost = office.posts("李强", kind="notice"), office.posts("王芳", kind="notice")

    office.waits(minutes=2).works()
    assert office.platforms["fake"].got == [("李强", "开会")]
    assert office.state(key) == ("sent", "")
    assert office.state(lost) == ("failed", "window")
    assert len(calls(office).made) == calls_made


def test_who_has_left_is_not_tried_again(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = connected(office, monkeypatch, {"notice": NOTICE})
    account.act(ID, {"do": "unfollow"}, office.world.now.timestamp())
    key = office.posts("王芳", kind="notice")

    office.works()
    assert office.state(key) == ("failed", "blocked")
    with office.database.reading() as db:
        assert reach.unreachable(db, ["王芳"], office.world.now) == {"王芳": "blocked"}


def test_no_answer_is_waited_for_a_minute(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(office, monkeypatch, {"notice": NOTICE})
    assert lanes.limits_of(wechat.BY_TEMPLATE).after_doubt == timedelta(seconds=60)


FIELDS = {"thing1": "{text}", "date2": "{time}", "phrase3": "通知"}


@pytest.mark.parametrize(
    ("reply", "thing", "whole"),
    [
        (Reply(text="开会"), "开会", True),
        (Reply(text="一" * 20), "一" * 20, True),
        (Reply(text="一" * 21), "一" * 19 + "…", False),
        (Reply(title="主题党日", text="周五\n三点"), "【主题党日】 周五 三点", True),
        (Reply(text="开会", buttons=[button("收到", Ack(broadcast_id=1))]), "开会", False),
        (Reply(text=""), "-", True),
    ],
)
def test_a_letter_fits_into_its_fields(reply: Reply, thing: str, whole: bool) -> None:
    filled = fill(Template(id="T", fields=FIELDS), reply, DUE)

    assert filled.data["thing1"]["value"] == thing
    assert filled.data["date2"]["value"] == "2026年11月25日"
    assert filled.whole is whole


@pytest.mark.parametrize(
    "fields",
    [
        {"thing1": "没有正文"},
        {"wish1": "{text}"},
        {"phrase1": "{text}"},
        {"thing1": "{text}", "number2": "{time}"},
        {"thing1": "{text}", "phrase2": "六个字的短语"},
    ],
)
def test_what_no_template_can_be_is_refused_at_the_start(
    fields: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = json.dumps({"notice": {"id": "T", "fields": fields}})
    monkeypatch.setenv("ZHIBU_WECHAT_TEMPLATES", given)
    with pytest.raises(ValidationError, match="fields"):
        Settings()
