"""Replies as Telegram's payloads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Button, Reply
from bot.platforms.telegram.render import (
    CAPTION_LIMIT,
    TEXT_LIMIT,
    Payload,
    clean,
    cut,
    render,
    units,
    without_picture,
)


def words(payloads: list[Payload]) -> str:
    return "".join(payload["text"] for payload in payloads)


def test_a_reply_in_full() -> None:
    reply = Reply(
        title="主题党日",
        text="今天 15:00 开始。",
        fields={"地点": "三楼会议室", "应到": "24 人"},
        buttons=[Button(label="签到", tap="in:1"), Button(label="请假", tap="leave:1")],
    )

    assert render(reply, 7) == [
        {
            "method": "sendMessage",
            "chat_id": 7,
            "text": "主题党日\n今天 15:00 开始。\n地点：三楼会议室\n应到：24 人",
            "entities": [{"type": "bold", "offset": 0, "length": 4}],
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {
                "inline_keyboard": [
                    [
                        {"text": "签到", "callback_data": "in:1"},
                        {"text": "请假", "callback_data": "leave:1"},
                    ]
                ]
            },
        }
    ]


@pytest.mark.parametrize(
    "markup",
    ["<b>x</b>", "*x* _y_", "[x](http://y)", "&amp; ]]>", "<a href='tg://user?id=1'>x</a>"],
)
def test_markup_stays_what_was_typed(markup: str) -> None:
    (payload,) = render(Reply(text=markup, title=markup), 7)

    assert payload["text"] == f"{markup}\n{markup}"
    assert "parse_mode" not in payload


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("签\x00到\x1b[31m\x7f\x9f", "签到[31m"),
        ("\u202e到签\u202c \u2066x\u2069 \u200f\u061c", "到签 x "),
        ("一\r\n二\r三\u2028四\u2029五", "一\n二\n三\n四\n五"),
        ("一\t二", "一 二"),
        ("一\ud800二\udfff", "一二"),
        ("👨\u200d👩\u200d👧 𠮷 ﷽", "👨\u200d👩\u200d👧 𠮷 ﷽"),
    ],
)
def test_what_hides_or_turns_is_left_out(typed: str, shown: str) -> None:
    assert clean(typed) == shown
    (payload,) = render(Reply(text="私", in_group=f"前{typed}后"), -100)
    assert payload["text"] == f"前{shown}后"


def test_a_long_text_is_cut_between_sentences() -> None:
    first, second, third = render(Reply(text=("字" * 999 + "。") * 10), 7)

    assert [part["text"][-1] for part in (first, second, third)] == ["。"] * 3
    assert [units(part["text"]) for part in (first, second, third)] == [4000, 4000, 2000]


def test_telegram_counts_a_rare_character_twice() -> None:
    parts = render(Reply(text="𠮷" * 3000), 7)

    assert [units(part["text"]) for part in parts] == [4096, 1904]


def test_the_buttons_of_a_long_text_are_at_its_end() -> None:
    parts = render(Reply(text="一句话。" * 3000, buttons=[Button(label="好", tap="ok")]), 7)

    assert [("reply_markup" in part) for part in parts] == [False, False, True]


def test_long_labels_have_a_row_of_their_own() -> None:
    labels = ["是", "不是", "11月主题党日 三楼会议室", "消防志愿服务 南门广场", "都不是"]
    (payload,) = render(
        Reply(text="哪一场", buttons=[Button(label=each, tap="x") for each in labels]), 7
    )

    rows = payload["reply_markup"]["inline_keyboard"]
    assert [[each["text"] for each in row] for row in rows] == [
        labels[:2],
        labels[2:3],
        labels[3:4],
        labels[4:],
    ]


@pytest.mark.parametrize(
    "buttons",
    [
        [Button(label="好", tap="签" * 22)],
        [Button(label="\u202e", tap="x"), Button(label="好", tap="x")],
        [Button(label="好", tap="")],
        [Button(label=str(n), tap="x") for n in range(101)],
    ],
)
def test_what_cannot_be_a_button_is_a_number(buttons: list[Button]) -> None:
    (payload,) = render(Reply(text="哪一个", buttons=buttons), 7)

    assert "reply_markup" not in payload
    assert payload["text"].splitlines()[1].startswith("1.")


def test_a_picture_has_the_words_under_it() -> None:
    reply = Reply(
        text="请扫码", title="签到", picture=b"PNG", buttons=[Button(label="好", tap="x")]
    )
    (payload,) = render(reply, 7)

    assert (payload["method"], payload["photo"], payload["caption"]) == (
        "sendPhoto",
        b"PNG",
        "签到\n请扫码",
    )
    assert payload["caption_entities"][0]["length"] == 2

    instead = without_picture(payload)
    assert instead is not None
    assert (instead["method"], instead["text"]) == ("sendMessage", "签到\n请扫码")
    assert instead["reply_markup"] == payload["reply_markup"]


def test_a_picture_with_much_to_say_is_followed_by_it() -> None:
    picture, text = render(Reply(text="字" * (CAPTION_LIMIT + 1), picture=b"PNG"), 7)

    assert "caption" not in picture
    assert units(text["text"]) == CAPTION_LIMIT + 1
    assert (without_picture(picture), without_picture(text)) == ({}, None)


@pytest.mark.parametrize("text", ["", " \n", "\x00\u202e"])
def test_nothing_to_say_is_nothing_to_send(text: str) -> None:
    assert render(Reply(text=text), 7) == []


REPLIES = st.builds(
    Reply,
    text=st.text(max_size=300) | st.text(alphabet="字𠮷。！\n x", min_size=3000, max_size=9000),
    title=st.text(max_size=60),
    fields=st.dictionaries(st.text(max_size=20), st.text(max_size=50), max_size=5),
    buttons=st.lists(
        st.builds(Button, label=st.text(max_size=30), tap=st.text(alphabet="ab:签", max_size=40)),
        max_size=12,
    ),
    in_group=st.text(max_size=50),
    picture=st.sampled_from([b"", b"PNG"]),
)


@given(REPLIES)
def test_limits_hold_for_every_reply(reply: Reply) -> None:
    payloads = render(reply, 7)

    for payload in payloads:
        said, limit = payload.get("text"), TEXT_LIMIT
        if payload["method"] == "sendPhoto":
            said, limit = payload.get("caption", "-"), CAPTION_LIMIT
        assert said
        assert units(said) <= limit
        assert said == clean(said)
    native = payloads[-1].get("reply_markup", {}).get("inline_keyboard", []) if payloads else []
    pressed = [each["callback_data"] for row in native for each in row]
    said = "\n".join(payload.get("text") or payload.get("caption", "") for payload in payloads)
    if pressed:
        assert pressed == [each.tap for each in reply.buttons]
    elif payloads:
        assert all(f"{n}. " in said or f"{n}." in said for n in range(1, len(reply.buttons) + 1))


@given(REPLIES, st.integers(max_value=-1))
def test_a_group_hears_only_what_was_made_for_it(reply: Reply, group: int) -> None:
    canary = reply.model_copy(
        update={"text": "甲乙丙丁" + reply.text, "title": "甲乙丙丁", "fields": {"甲乙丙丁": "1"}}
    )

    payloads = render(canary, group)

    assert payloads == render(Reply(text="", in_group=reply.in_group), group)
    assert "甲乙丙丁" not in words(payloads)
    assert not any("reply_markup" in payload or "photo" in payload for payload in payloads)


@given(st.text(alphabet="字𠮷。！？\n」 ab.", max_size=400), st.integers(min_value=2, max_value=50))
def test_cutting_loses_nothing_but_space(text: str, limit: int) -> None:
    parts = list(cut(text, limit))

    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())
