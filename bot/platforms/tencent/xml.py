"""The small XML documents of WeChat and WeCom, read strictly: one parser, one meaning."""

from xml.parsers import expat

from bot.webhooks import BODY_LIMIT

STRAY = bytes({*range(1, 32), 127} - {9, 10, 13})
"""Control characters other than NUL: XML forbids them, and members nevertheless paste them."""


class Unreadable(ValueError):
    """Not a document as the platform would send it."""


def read(body: bytes) -> dict[str, str]:
    """What the document says, by element: `FromUserName`, one level down
    `ScanCodeInfo/ScanResult`, and of what is listed there `SubscribeMsgSentEvent/List/0/MsgID`,
    the next one by 1. White space around the words is left out.

    Deeper elements are skipped: nobody asks for them. Raises `Unreadable` for anything but plain
    elements in UTF-8, and for an element that is said twice: where two readers could disagree,
    nobody may be believed. One level down lists are usual, and a repeated element says ""; so it
    does in one item of a list.
    """
    if len(body) > BODY_LIMIT:
        raise Unreadable("too large")
    if b"\0" in body:  # expat follows a UTF-16 mark whatever encoding it was told
        raise Unreadable("not UTF-8")
    fields: dict[str, str] = {}
    try:
        _parser_into(fields).Parse(body.translate(None, STRAY), True)
    except expat.ExpatError as error:
        raise Unreadable(str(error)) from None
    return fields


def _parser_into(fields: dict[str, str]) -> expat.XMLParserType:
    # Closures rather than methods: a parser that refers to itself waits for the garbage collector.
    path: list[str] = []
    words: list[str] = []
    listed: dict[str, int] = {}
    childless = False

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal childless
        childless = True
        path.append(name)
        words.clear()

    def end(name: str) -> None:
        nonlocal childless
        if childless:
            childless = False
            if len(path) == 2:
                if name in fields:
                    raise Unreadable(f"{name} is said twice")
                fields[name] = "".join(words).strip()
            elif len(path) == 3:
                nested = f"{path[1]}/{name}"
                fields[nested] = "" if nested in fields else "".join(words).strip()
            elif len(path) == 4:
                of = f"{path[1]}/{path[2]}"
                nested = f"{of}/{listed.get(of, 0)}/{name}"
                fields[nested] = "" if nested in fields else "".join(words).strip()
        elif len(path) == 3:
            of = f"{path[1]}/{name}"
            listed[of] = listed.get(of, 0) + 1
        path.pop()

    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words.append
    parser.XmlDeclHandler = _declared
    parser.StartDoctypeDeclHandler = _refuse
    parser.CommentHandler = _refuse
    parser.ProcessingInstructionHandler = _refuse
    return parser


def _declared(version: str, encoding: str | None, standalone: int) -> None:
    if encoding is not None and encoding.lower() != "utf-8":
        raise Unreadable(f"{encoding} instead of UTF-8")


def _refuse(*_: object) -> None:
    raise Unreadable("no document types, comments or instructions here")


def cdata(words: str) -> str:
    """`words` between CDATA brackets which they cannot leave."""
    return "<![CDATA[" + words.replace("]]>", "]]]]><![CDATA[>") + "]]>"
