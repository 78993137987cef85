"""One parser, one meaning: what can be read in two ways is not read."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.tencent.xml import Unreadable, cdata, read
from bot.webhooks import BODY_LIMIT

BOMB = "<!DOCTYPE x [" + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(9)
)

TWO_MEANINGS = {
    "bomb": f"{BOMB}]><xml><Content>&a8;</Content></xml>",
    "entity": '<!DOCTYPE x [<!ENTITY a "b">]><xml><Content>&a;</Content></xml>',
    "external entity": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml>&a;</xml>',
    "external subset": '<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml><A>1</A></xml>',
    "bare document type": "<!DOCTYPE xml><xml><A>1</A></xml>",
    "undeclared entity": "<xml><A>&nbsp;</A></xml>",
    "sender twice": "<xml><FromUserName>a</FromUserName><FromUserName>b</FromUserName></xml>",
    "type twice": "<xml><MsgType>text</MsgType><A>1</A><MsgType>event</MsgType></xml>",
    "comment": "<xml><FromUserName>a<!-- b -->c</FromUserName></xml>",
    "instruction": "<xml><?php echo 1 ?><A>1</A></xml>",
    "gbk": '<?xml version="1.0" encoding="gbk"?><xml><A>1</A></xml>',
    "utf-16 declared": '<?xml version="1.0" encoding="utf-16"?><xml><A>1</A></xml>',
    "unclosed": "<xml><A>1</A>",
    "wrongly closed": "<xml><A>1</B></xml>",
    "two roots": "<xml><A>1</A></xml><xml><A>2</A></xml>",
    "text after": "<xml><A>1</A></xml>tail",
    "text before": "head<xml><A>1</A></xml>",
    "unclosed cdata": "<xml><A><![CDATA[1</A></xml>",
    "nested cdata": "<xml><A><![CDATA[1<![CDATA[2]]>3]]></A></xml>",
    "bare ampersand": "<xml><A>1&2</A></xml>",
    "attribute twice": '<xml><A b="1" b="2">1</A></xml>',
    "nul": "<xml><A>1\0</A></xml>",
    "nul by number": "<xml><A>&#0;</A></xml>",
    "bell by number": "<xml><A>&#7;</A></xml>",
    "json": '{"MsgType": "text"}',
    "empty": "",
    "only a declaration": '<?xml version="1.0"?>',
    "xml 1.1 name": "<xml><\x85>1</\x85></xml>",
}


@pytest.mark.parametrize("body", TWO_MEANINGS.values(), ids=TWO_MEANINGS.keys())
def test_a_document_with_two_meanings_or_none(body: str) -> None:
    with pytest.raises(Unreadable):
        read(body.encode())


@pytest.mark.parametrize(
    "body",
    [
        "<xml><A>签</A></xml>".encode("utf-16"),
        "<xml><A>签</A></xml>".encode("utf-16-le"),
        "<xml><A>签</A></xml>".encode("utf-32"),
        "<xml><A>签到</A></xml>".encode("gbk"),
        b"<xml><A>\xed\xa0\x80</A></xml>",
        b"<xml><A>\xc0\xaf</A></xml>",
        b"<xml><A>\xff</A></xml>",
        b"<xml><A>" + b"x" * BODY_LIMIT + b"</A></xml>",
    ],
)
def test_bytes_that_are_not_utf_8_or_too_many(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ("<xml><A>1</A></xml>", {"A": "1"}),
        ("\ufeff<xml><A>1</A></xml>", {"A": "1"}),
        ('<?xml version="1.0" encoding="UTF-8"?><xml><A>1</A></xml>', {"A": "1"}),
        ("<xml> <A> <![CDATA[ 1 ]]> </A>\n</xml>", {"A": "1"}),
        ("<xml><A><![CDATA[]]></A><B/></xml>", {"A": "", "B": ""}),
        ("<xml><A><![CDATA[a]]]]><![CDATA[>b]]></A></xml>", {"A": "a]]>b"}),
        ("<xml><A>&lt;b&gt; &amp; &#x7b7e;</A></xml>", {"A": "<b> & 签"}),
        ("<xml><A>1\x0b\x08\x7f2</A></xml>", {"A": "12"}),
        ("<xml><A>𠮷😀</A></xml>", {"A": "𠮷😀"}),
        ("<xml><S><R>9</R></S></xml>", {"S/R": "9"}),
        ("<xml><S><R>8</R><R>9</R><T>1</T></S></xml>", {"S/R": "", "S/T": "1"}),
        ("<xml><S><R><Q>1</Q></R><R><Q>2</Q></R></S></xml>", {"S/R/0/Q": "1", "S/R/1/Q": "2"}),
        ("<xml><S><R><Q>1</Q><Q>2</Q></R></S></xml>", {"S/R/0/Q": ""}),
        ("<xml><S><R><Q><P>1</P></Q></R></S></xml>", {}),
        ("<xml><A>b<C>d</C>e</A></xml>", {"A/C": "d"}),
        ("<xml>1</xml>", {}),
    ],
)
def test_a_document_with_one_meaning(body: str, fields: dict[str, str]) -> None:
    assert read(body.encode()) == fields


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_unreadable(body: bytes) -> None:
    with suppress(Unreadable):
        read(body)


PIECES = st.sampled_from(
    [
        "<xml>",
        "</xml>",
        "<A>",
        "</A>",
        "<A/>",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "&x;",
        "1",
        "<!--",
        "-->",
        "<?p",
        "?>",
        "<!DOCTYPE>",
        "<S><R>",
        "</R></S>",
        "&#55296;",
        "签",
        "\x08",
        "\x00",
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_pieces_are_read_or_unreadable(body: str) -> None:
    try:
        fields = read(f"<xml>{body}</xml>".encode())
    except Unreadable:
        return
    assert all("/" not in name or name.count("/") in {1, 3} for name in fields)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=80))
def test_words_cannot_leave_their_brackets(words: str) -> None:
    try:
        fields = read(f"<xml><A>{cdata(words)}</A></xml>".encode())
    except Unreadable:  # some characters cannot be in a document at all
        assert any(ord(char) in (0xFFFE, 0xFFFF) for char in words)
        return
    shown = "".join(
        char for char in words if (ord(char) > 31 and ord(char) != 127) or char in "\t\n"
    )
    assert fields == {"A": shown.strip()}
