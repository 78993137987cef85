"""What WeChat tells later: how a template message ended, and who has agreed to which notices."""

from collections.abc import Mapping

import pytest

from bot.messages import Reply
from bot.platforms.wechat import BY_TEMPLATE
from sandbox.values import Told
from scheduler.delivery.claiming import claim
from scheduler.delivery.routing import route
from scheduler.delivery.settling import set_off
from scheduler.delivery.text import RESENT
from storage import outbox, reach
from storage.outbox import Rank
from tests.delivery.account import ID, NOTICE, Calls, calls, connected, tell, tells
from tests.delivery.conftest import PostOffice

SUBSCRIPTION = NOTICE | {"by": "subscription"}


@pytest.fixture
def wechat(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """王芳 follows, and has no other account. A marker may name another template."""
    connected(office, monkeypatch, {"notice": NOTICE})
    return office


@pytest.fixture
def notices(office: PostOffice, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """The same, for a notice that one has to agree to."""
    connected(office, monkeypatch, {"notice": SUBSCRIPTION})
    return office


def posts(office: PostOffice, words: str = "开会") -> str:
    return office.posts("王芳", words, kind="notice", rank=Rank.URGENT)


def works(office: PostOffice) -> Calls:
    calls(office).now = office.world.now
    office.works()
    return calls(office)


def told(office: PostOffice, status: str = "") -> list[Told]:
    """Since the last time; as if it had ended so."""
    found, calls(office).told = calls(office).told, []
    if not status:
        return found
    return [Told(each.id, each.user, {**each.news, "Status": status}) for each in found]


def does(office: PostOffice, do: str) -> Told:
    """What 王芳 does about the notices of this account; each a second later than the last."""
    now = office.waits(seconds=1).world.now.timestamp()
    [news] = calls(office).account.act(ID, {"do": do, "template": "T1"}, now)
    return news


def out_of_reach(office: PostOffice) -> Mapping[str, str]:
    with office.database.reading() as db:
        return reach.unreachable(db, ["王芳"], office.world.now)


@pytest.mark.parametrize("times", [0, 1, 2])
@pytest.mark.parametrize(
    ("status", "state", "made"),
    [
        ("success", ("sent", ""), 1),
        ("failed:user block", ("failed", "blocked"), 1),
        ("failed: system failed", ("sent", ""), 2),
    ],
)
def test_what_is_told_is_heeded_once(
    wechat: PostOffice, status: str, state: tuple[str, str], made: int, times: int
) -> None:
    key = posts(wechat)
    works(wechat)
    tells(wechat, *told(wechat, status) * times)

    works(wechat)
    assert len(calls(wechat).made) == (made if times else 1)
    assert wechat.state(key) == (state if times else ("sent", ""))
    assert bool(out_of_reach(wechat)) == (state[1] == "blocked" and times > 0)


def test_who_refuses_gets_it_another_way_until_they_are_back(
    wechat: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    wechat.member("李强", "wechat")
    wechat.world.stranger("wechat-李强", "wechat")
    calls(wechat).account.act("wechat-李强", {"do": "follow"}, wechat.world.now.timestamp())
    calls(wechat).account.act("wechat-李强", {"do": "refuse"}, wechat.world.now.timestamp())
    key = wechat.posts("李强", kind="notice", rank=Rank.URGENT)
    works(wechat)
    tells(wechat, *told(wechat))

    works(wechat)
    assert wechat.platforms["fake"].got == [("李强", "开会")]
    assert wechat.letter(key).lane == "fake"


def test_what_they_say_there_shows_that_they_are_back(wechat: PostOffice) -> None:
    posts(wechat)
    works(wechat)
    tells(wechat, *told(wechat, "failed:user block"))
    assert out_of_reach(wechat) == {"王芳": "blocked"}

    wechat.world.stranger(ID, "wechat").says("我的签到")
    assert out_of_reach(wechat) == {}


def test_lost_twice_in_their_own_system_it_is_said_at_the_next_contact(wechat: PostOffice) -> None:
    calls(wechat).account.followers.named(ID).loses = 2
    key = posts(wechat)
    for _ in range(3):
        works(wechat)
        tells(wechat, *told(wechat))
    assert calls(wechat).made == ["template/send"] * 2
    assert (calls(wechat).shown, wechat.state(key)) == ([], ("failed", "window"))
    assert "开会" in wechat.world.stranger(ID, "wechat").says("我的签到")


@pytest.mark.parametrize("first", ["event", "doubt"])
@pytest.mark.parametrize(
    ("status", "state", "made"),
    [
        ("success", ("sent", ""), 1),
        ("failed:user block", ("failed", "blocked"), 1),
        ("failed: system failed", ("sent", ""), 2),
    ],
)
def test_it_tells_of_a_call_that_it_did_not_answer(
    wechat: PostOffice, status: str, state: tuple[str, str], made: int, first: str
) -> None:
    """Then nobody is in doubt any more, and nothing is marked as said again."""

    async def tells_first() -> None:
        await tell(wechat, *told(wechat, status))

    key = posts(wechat)
    calls(wechat).answer_is_lost = True
    calls(wechat).meanwhile = tells_first if first == "event" else None
    works(wechat)
    calls(wechat).answer_is_lost = False
    wechat.waits(seconds=2)
    tells(wechat, *told(wechat, status))

    works(wechat.waits(seconds=90))
    assert len(calls(wechat).made) == made
    assert wechat.state(key) == state
    assert not any(words.startswith(RESENT) for words in calls(wechat).shown)


def test_it_tells_of_a_call_whose_process_died(wechat: PostOffice) -> None:
    """Nobody knows how WeChat calls it; the lease has to run out first."""
    key, now = posts(wechat), wechat.world.now
    with wechat.database.unit_of_work() as db:
        route(db, now, wechat.platforms)
        claimed = claim(db, now, BY_TEMPLATE, "dead")
        set_off(db, now, "dead", claimed.parcels)
    account = calls(wechat).account
    arrived = {"MsgID": 7, "Status": "success"}
    later = now.timestamp()
    tells(
        wechat, account.sending.deeds.finished(ID, later, "TEMPLATESENDJOBFINISH", 2.0, **arrived)
    )
    assert wechat.state(key)[0] == "sending"

    works(wechat.waits(minutes=2))
    assert (wechat.state(key), calls(wechat).made) == (("sent", ""), [])


def test_of_two_that_were_not_answered_nobody_guesses(wechat: PostOffice) -> None:
    keys = [posts(wechat, "一"), posts(wechat, "二")]
    calls(wechat).answer_is_lost = True
    works(wechat)
    calls(wechat).answer_is_lost = False
    tells(wechat.waits(seconds=2), told(wechat)[0])

    works(wechat.waits(seconds=90))
    assert sum(words.startswith(RESENT) for words in calls(wechat).shown) == 2
    assert [wechat.state(key) for key in keys] == [("sent", "")] * 2


@pytest.mark.parametrize("reworded", [False, True])
def test_what_was_changed_meanwhile_is_not_said_again_as_it_was(
    wechat: PostOffice, reworded: bool
) -> None:
    key = posts(wechat)
    works(wechat)
    with wechat.database.unit_of_work() as db:
        if reworded:
            outbox.reword(db, "test:1", "notice", Reply(text="改到三点"))
        else:
            outbox.cancel(db, "test:1", "recalled", wechat.world.now)
    tells(wechat, *told(wechat, "failed: system failed"))

    works(wechat)
    assert len(calls(wechat).shown) == (2 if reworded else 1)
    assert calls(wechat).shown[-1].startswith("改到三点" if reworded else "开会")
    assert wechat.state(key) == (("sent", "") if reworded else ("cancelled", "recalled"))


def test_whoever_agrees_can_be_reached_as_often_as_they_did(notices: PostOffice) -> None:
    assert out_of_reach(notices) == {"王芳": "window"}
    agreed = [does(notices, "agree"), does(notices, "agree")]
    tells(notices, *agreed, *agreed)
    assert out_of_reach(notices) == {}

    keys = [posts(notices, words) for words in "一二三"]
    works(notices)
    assert calls(notices).made == ["subscribe/bizsend"] * 2
    assert sorted(notices.state(key)[0] for key in keys) == ["failed", "sent", "sent"]
    assert out_of_reach(notices) == {"王芳": "window"}


def test_that_it_arrived_takes_no_second_consent(notices: PostOffice) -> None:
    tells(notices, does(notices, "agree"), does(notices, "agree"))
    posts(notices)
    works(notices)
    tells(notices, *told(notices))
    assert out_of_reach(notices) == {}
    posts(notices)
    works(notices)
    assert out_of_reach(notices) == {"王芳": "window"}


def test_what_was_not_answered_but_told_of_takes_one(notices: PostOffice) -> None:
    tells(notices, does(notices, "agree"))
    calls(notices).answer_is_lost = True
    key = posts(notices)
    works(notices)
    tells(notices.waits(seconds=2), *told(notices))
    assert notices.state(key) == ("sent", "")
    assert out_of_reach(notices) == {"王芳": "window"}


def test_who_changes_their_mind_is_not_written_to(notices: PostOffice) -> None:
    tells(notices, does(notices, "agree"), does(notices, "disagree"))
    assert out_of_reach(notices) == {"王芳": "window"}
    posts(notices)
    works(notices)
    assert calls(notices).made == []


def test_a_refusal_corrects_what_we_believed(notices: PostOffice) -> None:
    """They have agreed, and taken it back where nobody told us."""
    tells(notices, does(notices, "agree"))
    does(notices, "disagree")
    posts(notices)
    works(notices)
    assert calls(notices).made == ["subscribe/bizsend"]
    assert out_of_reach(notices) == {"王芳": "window"}


def test_a_lasting_consent_is_not_used_up(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = connected(office, monkeypatch, {"notice": SUBSCRIPTION | {"lasting": True}})
    tells(office, does(office, "agree"))
    account.followers.named(ID).consents["T1"] = 9
    keys = [posts(office, words) for words in "一二三"]
    works(office.waits(minutes=1))
    assert [office.state(key)[0] for key in keys] == ["sent"] * 3


def test_what_is_told_is_no_contact(wechat: PostOffice) -> None:
    """It opens no window, answers no question, and is told nothing that waits for them."""
    key = posts(wechat, "请各位同志" * 9)
    works(wechat)
    tells(wechat, *told(wechat))
    wechat.waits(minutes=1)
    with wechat.database.reading() as db:
        who = reach.whereabouts(db, ["王芳"], wechat.world.now)["王芳"]
    assert [way.window.wrote_at for way in who.ways if way.window] == [None]
    assert wechat.state(key) == ("sent", "")
    assert "请各位同志" in wechat.world.stranger(ID, "wechat").says("我的签到")
