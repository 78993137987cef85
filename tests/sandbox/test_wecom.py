"""The app on WeCom: what it drops in silence, and what is good for one use."""

from typing import Any

import orjson
import pytest

from sandbox.ids import userid
from sandbox.people import settle
from sandbox.values import Call, Dropped, Outcome
from sandbox.wecom import Settings, WeCom
from sandbox.wecom.errors import ERRORS, UNCONFIRMED
from tests.platforms.fixtures import FIXTURES, needs_fixtures
from tests.sandbox.playing import NOON, a_token, post, said, shown

ONE = userid(0)
HOURS_72 = 72 * 3600


@pytest.fixture
def app() -> WeCom:
    stand = WeCom()
    settle([stand], 3)
    return stand


def send(app: WeCom, to: str = ONE, words: str = "您好", now: float = NOON, **more: Any) -> Outcome:
    asked = {"touser": to, "agentid": app.settings.agent_id, "msgtype": "text"}
    asked |= {"text": {"content": words}, **more}
    return post(app, "/cgi-bin/message/send", asked, now, access_token=a_token(app, now))


@needs_fixtures
def test_every_refusal_is_one_of_the_published_codes() -> None:
    path = FIXTURES / "errcodes/wecom.json"
    published = {int(code) for code in orjson.loads(path.read_bytes())}
    assert set(ERRORS) - published <= UNCONFIRMED


def test_a_success_names_those_it_left_out(app: WeCom) -> None:
    app.staff.hire("Poor").licensed = False
    outcome = send(app, f"{ONE}|Nobody|Poor")
    assert shown(outcome) == [(ONE, "您好")]
    assert said(outcome)["errcode"] == 0
    assert (said(outcome)["invaliduser"], said(outcome)["unlicenseduser"]) == ("nobody", "poor")
    assert said(send(app, "Nobody"))["errcode"] == 81013


def test_more_than_thirty_a_minute_vanish_without_a_word(app: WeCom) -> None:
    outcomes = [send(app, words=str(n)) for n in range(31)]
    assert {said(each)["errcode"] for each in outcomes} == {0}
    assert [len(shown(each)) for each in outcomes] == [1] * 30 + [0]
    assert isinstance(outcomes[-1].effects[0], Dropped)
    assert len(shown(send(app, words="a minute later", now=NOON + 60))) == 1


def test_more_than_a_thousand_an_hour_vanish_too(app: WeCom) -> None:
    reached = [len(shown(send(app, words=str(n), now=NOON + 3 * n))) for n in range(1_001)]
    assert reached == [1] * 1_000 + [0]


def test_the_organisation_has_its_share_a_day() -> None:
    app = WeCom(Settings(accounts=1))
    settle([app], 150)
    everyone = "|".join(userid(n) for n in range(150))
    assert said(send(app, everyone))["errcode"] == 0
    assert said(send(app, everyone))["errcode"] == 45009
    assert said(send(app, everyone, now=NOON + 86_400))["errcode"] == 0


def test_the_same_to_the_byte_within_its_interval_is_shown_once(app: WeCom) -> None:
    check: dict[str, Any] = {"enable_duplicate_check": 1, "duplicate_check_interval": 14_400}
    first = send(app, **check)
    again = send(app, now=NOON + 14_399, **check)
    assert (len(shown(first)), len(shown(again))) == (1, 0)
    assert said(again) == said(first)
    assert len(shown(send(app, words="您好（补发）", **check))) == 1
    assert len(shown(send(app, now=NOON + 14_400, **check))) == 1


def card(app: WeCom, now: float = NOON) -> str:
    buttons = {"card_type": "button_interaction", "main_title": {"title": "签到"}}
    outcome = send(app, msgtype="template_card", template_card=buttons, now=now)
    return str(said(outcome)["response_code"])


def update(app: WeCom, code: str, now: float = NOON) -> int:
    asked = {"userids": [ONE], "agentid": app.settings.agent_id, "response_code": code}
    asked |= {"button": {"replace_name": "已签到"}}
    query = {"access_token": a_token(app, now)}
    path = "/cgi-bin/message/update_template_card"
    return int(said(post(app, path, asked, now, **query))["errcode"])


def test_a_response_code_is_good_for_one_update_in_72_hours(app: WeCom) -> None:
    once, late = card(app), card(app)
    assert [update(app, once), update(app, once)] == [0, 42009]
    assert update(app, late, NOON + HOURS_72) == 42009
    [told] = app.act(ONE, {"do": "tap", "key": "tap:x"}, NOON)
    assert update(app, told.news["ResponseCode"], NOON + HOURS_72 - 1) == 0


def test_tokens_agents_and_addresses(app: WeCom) -> None:
    assert a_token(app) == a_token(app, NOON + 6000)
    wrong = {"corpid": app.settings.corp_id, "corpsecret": "x"}
    assert said(app.call(Call("GET", "/cgi-bin/gettoken", wrong), NOON))["errcode"] == 40001
    assert said(send(app, agentid="7"))["errcode"] == 301002
    app.revoke(NOON)
    call = Call("GET", "/cgi-bin/user/get", {"access_token": "x" * 136})
    assert said(app.call(call, NOON))["errcode"] == 40001
    fenced = WeCom(Settings(trusted=("10.0.0.1",)))
    assert said(fenced.call(Call("GET", "/cgi-bin/gettoken", {}), NOON))["errcode"] == 60020


def test_a_group_robot_speaks_twenty_times_a_minute(app: WeCom) -> None:
    def robot(now: float = NOON) -> int:
        asked = {"msgtype": "text", "text": {"content": "通知"}}
        return int(
            said(post(app, "/cgi-bin/webhook/send", asked, now, key="sandbox-robot"))["errcode"]
        )

    assert [robot() for _ in range(21)] == [0] * 20 + [130101]
    assert robot(NOON + 60) == 0


def test_ids_come_in_pages_and_names_without_telephone(app: WeCom) -> None:
    query: dict[str, Any] = {"access_token": a_token(app)}
    first = said(post(app, "/cgi-bin/user/list_id", {"limit": 2}, **query))
    rest = said(post(app, "/cgi-bin/user/list_id", {"cursor": first["next_cursor"]}, **query))
    found = [each["userid"] for page in (first, rest) for each in page["dept_user"]]
    assert (found, rest["next_cursor"]) == ([userid(n) for n in range(3)], "")
    call = Call("GET", "/cgi-bin/user/get", {**query, "userid": ONE})
    assert "mobile" not in said(app.call(call, NOON))


def test_a_long_text_is_cut(app: WeCom) -> None:
    [(_, words)] = shown(send(app, words="字" * 700))
    assert words == "字" * 682
