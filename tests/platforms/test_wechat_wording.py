"""Replies as plain text: nothing hidden in them, cut between sentences, one line a field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Button, Reply
from bot.platforms.tencent.text import UNFINISHED
from bot.platforms.tencent.wording import HARMFUL, cut, plain, size
from bot.platforms.wechat import render as wechat
from bot.platforms.wecom import render as wecom

ANYTHING = st.text(max_size=120)


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("签到 <4826>", "签到 ＜4826＞"),
        ("<a href='http://x.cn'>领奖</a>", "＜a href='http://x.cn'＞领奖＜/a＞"),
        ("王\u202e三\u200f", "王三"),
        ("一\u2028二", "一\n二"),
        ("\x00\x07\x1b[31m红\ud800\ufeff", "[31m红"),
        ("第一行\n\t第二行", "第一行\n\t第二行"),
        ("👨‍👩‍👧 𠮷", "👨‍👩‍👧 𠮷"),
    ],
)
def test_nothing_is_hidden(words: str, shown: str) -> None:
    assert plain(words) == shown


@pytest.mark.parametrize(
    ("words", "room", "head", "rest"),
    [
        ("今天开会。明天学习。", 100, "今天开会。明天学习。", ""),
        ("今天开会。明天学习。", 29, "今天开会。", "明天学习。"),
        ("今天开会。明天学习。", 15, "今天开会。", "明天学习。"),
        ("今天开会，明天学习", 20, "今天开会，", "明天学习"),
        ("今天开会明天学习", 14, "今天开会", "明天学习"),
        ("第一行\n第二行", 15, "第一行", "第二行"),
        ("3.14 是圆周率的一部分", 19, "3.14", "是圆周率的一部分"),
        ("一。二三四五六七八九十", 24, "一。二三四五六七", "八九十"),
        ("今天", 0, "", "今天"),
        ("今天", -1, "", "今天"),
    ],
)
def test_cut_between_sentences(words: str, room: int, head: str, rest: str) -> None:
    assert cut(words, room) == (head, rest)


@given(ANYTHING.map(plain), st.integers(4, 200))
def test_nothing_is_lost_by_cutting(words: str, room: int) -> None:
    head, rest = cut(words, room)

    assert size(head) <= room
    assert "".join((head + rest).split()) == "".join(words.split())


REPLIES = st.builds(
    Reply,
    text=ANYTHING | st.text(alphabet="今天开会。", max_size=1500),
    title=st.text(max_size=20),
    fields=st.dictionaries(st.text(max_size=5), st.text(max_size=30), max_size=4),
    buttons=st.lists(
        st.builds(Button, label=st.text(max_size=12), tap=st.text(max_size=20)), max_size=9
    ),
)


@given(REPLIES)
def test_any_reply_fits_and_hides_nothing(reply: Reply) -> None:
    for words, room in (
        *((words, wechat.ROOM) for words in (wechat.render(reply), *wechat.render_all(reply))),
        (wecom.render(reply), wecom.ROOM),
    ):
        assert size(words) <= room
        links = words.count('<a href="weixin://bizmsgmenu?msgmenucontent=')
        assert words.count("<") == words.count(">") == 2 * links
        assert not HARMFUL.search(words.replace("<", "").replace(">", ""))


def test_what_does_not_fit_is_said_to_be_missing() -> None:
    reply = Reply(text="今天开会。" * 200, buttons=[Button(label="知道了", tap="seen:1")])
    words = wechat.render(reply)
    link = '<a href="weixin://bizmsgmenu?msgmenucontent=1&msgmenuid=tap:seen:1">1. 知道了</a>'

    assert words.endswith(f"今天开会。{UNFINISHED}\n\n{link}")
    assert size(words) > wechat.ROOM - 20
    assert wecom.render(reply).endswith(f"今天开会。{UNFINISHED}\n\n1. 知道了")


def test_more_links_than_fit_become_numbers() -> None:
    buttons = [Button(label=f"第{n}支部", tap=f"branch:{n}:{'x' * 40}") for n in range(1, 13)]
    words = wechat.render(Reply(text="哪个支部？", buttons=buttons))

    assert "<a" not in words
    assert words.endswith("\n12. 第12支部")


def test_a_reply_without_words_has_its_buttons() -> None:
    assert wecom.render(Reply(text="", buttons=[Button(label="好", tap="a:1")])) == "1. 好"
    assert wechat.render(Reply(text="")) == ""
