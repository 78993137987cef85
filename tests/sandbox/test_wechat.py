"""The official account, to the second and to the message."""

from typing import Any

import orjson
import pytest

from sandbox.ids import openid
from sandbox.people import settle
from sandbox.values import Call, Impossible, Told
from sandbox.wechat import DAILY, Settings, WeChat
from sandbox.wechat.errors import BESIDES_THE_TABLE, ERRORS
from tests.platforms.fixtures import FIXTURES, needs_fixtures
from tests.sandbox.playing import NOON, a_token, post, said, shown

ONE = openid(0)
HOURS_48 = 48 * 3600


@pytest.fixture
def oa() -> WeChat:
    stand = WeChat()
    settle([stand], 3)
    return stand


def custom(oa: WeChat, now: float = NOON, to: str = ONE, words: str = "您好") -> int:
    asked = {"touser": to, "msgtype": "text", "text": {"content": words}}
    path = "/cgi-bin/message/custom/send"
    return int(said(post(oa, path, asked, now, access_token=a_token(oa, now)))["errcode"])


def does(oa: WeChat, now: float = NOON, user: str = ONE, **deed: str) -> list[Told]:
    return list(oa.act(user, deed, now))


@needs_fixtures
def test_every_refusal_is_one_of_the_published_codes() -> None:
    published = {int(code) for code in orjson.loads((FIXTURES / "errcodes/oa.json").read_bytes())}
    assert set(ERRORS) - published == BESIDES_THE_TABLE


def test_a_message_gives_five_within_48_hours(oa: WeChat) -> None:
    assert custom(oa) == 45015
    does(oa, do="say", words="签到")
    assert [custom(oa) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    does(oa, do="say", words="签到")
    assert custom(oa, NOON + HOURS_48 - 1) == 0
    assert custom(oa, NOON + HOURS_48) == 45015


def test_a_click_gives_three_within_a_minute(oa: WeChat) -> None:
    does(oa, do="menu", key="签到")
    assert [custom(oa) for _ in range(4)] == [0, 0, 0, 45047]
    does(oa, do="menu", key="签到")
    assert (custom(oa, NOON + 59), custom(oa, NOON + 60)) == (0, 45015)


def test_a_pressed_link_counts_as_a_click_though_it_looks_like_a_message(oa: WeChat) -> None:
    [told] = does(oa, do="tap", key="tap:x", label="签到")
    assert (told.news["MsgType"], told.news["bizmsgmenuid"]) == ("text", "tap:x")
    assert [custom(oa) for _ in range(4)] == [0, 0, 0, 45047]


def test_who_left_is_not_written_to_and_cannot_speak(oa: WeChat) -> None:
    does(oa, do="say", words="签到")
    [told] = does(oa, do="block")
    assert told.news["Event"] == "unsubscribe"
    assert custom(oa) == 45015
    with pytest.raises(Impossible):
        does(oa, do="say", words="签到")


def test_unknown_too_long_and_empty(oa: WeChat) -> None:
    does(oa, do="say", words="签到")
    assert custom(oa, to="onobody") == 40003
    assert custom(oa, words="字" * 683) == 45002
    assert custom(oa, words="字" * 682) == 0
    assert custom(oa, words="") == 44004


def test_escaped_characters_are_refused(oa: WeChat) -> None:
    asked = b'{"touser": "o", "text": {"content": "\\u7b7e"}}'
    call = Call("POST", "/cgi-bin/message/custom/send", {"access_token": a_token(oa)}, {}, asked)
    assert said(oa.call(call, NOON))["errcode"] == 40033


def test_the_plain_token_kills_the_one_before(oa: WeChat) -> None:
    who = {"grant_type": "client_credential", "appid": oa.settings.app_id}
    asking = Call("GET", "/cgi-bin/token", who | {"secret": oa.settings.secret})
    first = said(oa.call(asking, NOON))["access_token"]
    second = said(oa.call(asking, NOON))["access_token"]

    def code(token: str, now: float = NOON) -> int:
        outcome = oa.call(Call("GET", "/cgi-bin/user/get", {"access_token": token}), now)
        return int(said(outcome).get("errcode", 0))

    assert (code(first), code(second)) == (40001, 0)
    assert (code(second, NOON + 7199), code(second, NOON + 7200)) == (0, 42001)
    assert (code(""), code("x")) == (41001, 40014)


def test_the_stable_token_stays_and_its_successor_overlaps(oa: WeChat) -> None:
    first = a_token(oa)
    assert a_token(oa, NOON + 6899) == first
    second = a_token(oa, NOON + 6900)
    assert second != first
    for token in (first, second):
        call = Call("GET", "/cgi-bin/user/get", {"access_token": token})
        assert said(oa.call(call, NOON + 7199))["errcode"] == 0


def test_a_token_is_forced_twenty_times_a_day_half_a_minute_apart(oa: WeChat) -> None:
    who: dict[str, Any] = {"grant_type": "client_credential", "appid": oa.settings.app_id}
    who |= {"secret": oa.settings.secret, "force_refresh": True}

    def force(now: float) -> int:
        return int(said(post(oa, "/cgi-bin/stable_token", who, now)).get("errcode", 0))

    assert [force(NOON), force(NOON + 29), force(NOON + 30)] == [0, 45011, 0]
    assert [force(NOON + 60 + 30 * n) for n in range(19)] == [0] * 18 + [45009]


def test_a_template_message_tells_later_how_it_went(oa: WeChat) -> None:
    asked = {"touser": ONE, "template_id": "T1", "data": {"thing1": {"value": "党日"}}}
    path = "/cgi-bin/message/template/send"
    outcome = post(oa, path, asked, access_token=a_token(oa))
    [told] = [each for each in outcome.effects if isinstance(each, Told)]
    assert shown(outcome) == [(ONE, "党日")]
    assert (told.news["Event"], told.news["Status"]) == ("TEMPLATESENDJOBFINISH", "success")
    assert told.news["MsgID"] == said(outcome)["msgid"]
    assert told.after > 0

    does(oa, do="refuse")
    outcome = post(oa, path, asked, access_token=a_token(oa))
    [told] = [each for each in outcome.effects if isinstance(each, Told)]
    assert (shown(outcome), told.news["Status"]) == ([], "failed:user block")


def test_one_consent_is_one_notice(oa: WeChat) -> None:
    asked = {"touser": ONE, "template_id": "T1", "data": {"thing1": {"value": "党日"}}}

    def notice() -> int:
        path = "/cgi-bin/message/subscribe/bizsend"
        return int(said(post(oa, path, asked, access_token=a_token(oa)))["errcode"])

    assert notice() == 43101
    does(oa, do="agree", template="T1")
    assert [notice(), notice()] == [0, 43101]


def test_a_follower_gets_four_mass_messages_a_month(oa: WeChat) -> None:
    def mass(number: int, now: float = NOON) -> int:
        asked = {"touser": [ONE, openid(1)], "msgtype": "text", "text": {"content": "通知"}}
        path = "/cgi-bin/message/mass/send"
        query = {"access_token": a_token(oa, now)}
        return len(shown(post(oa, path, asked | {"clientmsgid": str(number)}, now, **query)))

    assert [mass(n) for n in range(5)] == [2, 2, 2, 2, 0]
    assert mass(9, NOON + 40 * 86_400) == 2


def test_the_same_mass_message_is_known_again(oa: WeChat) -> None:
    asked = {"touser": [ONE, openid(1)], "msgtype": "text", "text": {"content": "通知"}}
    path = "/cgi-bin/message/mass/send"
    query: dict[str, Any] = {"access_token": a_token(oa)}
    first = said(post(oa, path, asked | {"clientmsgid": "a"}, **query))
    again = said(post(oa, path, asked | {"clientmsgid": "a"}, **query))
    assert (again["errcode"], again["msg_id"]) == (45065, first["msg_id"])


def test_a_scan_is_a_subscription_or_a_scan(oa: WeChat) -> None:
    [old] = does(oa, do="scan", scene="42")
    [new] = does(oa, user="onew", do="scan", scene="42")
    assert (old.news["Event"], old.news["EventKey"]) == ("SCAN", "42")
    assert (new.news["Event"], new.news["EventKey"]) == ("subscribe", "qrscene_42")


@pytest.mark.parametrize(
    ("menu", "code"),
    [
        ([], 40016),
        ([{"name": "一" * 6, "type": "click", "key": "k"}], 40018),
        ([{"name": "签到", "type": "press", "key": "k"}], 40017),
        ([{"name": "签到", "type": "click", "key": "k" * 129}], 40019),
        ([{"name": "看", "type": "view", "url": "u" * 1025}], 40020),
        ([{"name": "多", "sub_button": [{"name": "a", "type": "click", "key": "k"}] * 6}], 40023),
        ([{"name": "签到", "type": "click", "key": "签到"}], 0),
    ],
)
def test_what_a_menu_may_hold(oa: WeChat, menu: list[Any], code: int) -> None:
    query: dict[str, Any] = {"access_token": a_token(oa)}
    assert said(post(oa, "/cgi-bin/menu/create", {"button": menu}, **query))["errcode"] == code


def test_a_day_has_its_quota_and_clearing_gives_it_back(
    oa: WeChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(DAILY, "message/custom/send", 2)
    does(oa, do="say", words="签到")
    assert [custom(oa) for _ in range(3)] == [0, 0, 45009]
    clearing = {"appid": oa.settings.app_id}
    assert (
        said(post(oa, "/cgi-bin/clear_quota", clearing, access_token=a_token(oa)))["errcode"] == 0
    )
    assert custom(oa) == 0


def test_templates_that_are_not_ours_are_refused() -> None:
    oa = WeChat(Settings(templates=("T1",)))
    settle([oa], 1)
    asked = {"touser": ONE, "template_id": "T2", "data": {}}
    path = "/cgi-bin/message/template/send"
    assert said(post(oa, path, asked, access_token=a_token(oa)))["errcode"] == 40037
