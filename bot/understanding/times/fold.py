"""One form for what may be written in several: each character becomes exactly one other.

So a span in the folded text is found again in what was said.
"""

_TRADITIONAL = (
    "點点時时週周後后兩两號号個个節节慶庆陽阳曆历歷历農农臘腊鐘钟鍾钟禮礼過过內内間间這这從从開开國国勞劳動动軍军黨党婦妇兒儿"
    "師师憲宪會会當当長长單单雙双舊旧陰阴閏闰順顺遞递還还現现來来據据為为幾几歲岁樹树護护遲迟壓压產产業业環环貳贰參叁總总結结"
    "樣样給给讓让說说題题頭头離离連连續续遠远將将訓训發发辦办滿满員员學学習习約约帶带與与"
)


def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    table |= {code: chr(code - 0xFEE0 + 32) for code in range(0xFF21, 0xFF3B)}
    pairs = _TRADITIONAL + "〇零○零～~〜~∼~—-–-−-―-﹣-　 \u00a0 \t \n \r 〜~﹕:︰:"
    return table | {ord(a): b for a, b in zip(pairs[::2], pairs[1::2], strict=True)}


_TABLE = _table()


def fold(text: str) -> tuple[str, list[int]]:
    """Half-width, small letters, simplified; and where each character of it stood.

    Spaces beside a Chinese character say nothing (11 月 27 日) and are left out.
    """
    folded = text.translate(_TABLE)
    if " " not in folded:
        return folded, list(range(len(folded)))
    kept = [i for i, c in enumerate(folded) if c != " " or _separates(folded, i)]
    return "".join(folded[i] for i in kept), kept


def _separates(text: str, i: int) -> bool:
    """Between two words or two numbers; of several spaces only the first."""
    return text[i - 1 : i].isascii() and text[i + 1 : i + 2].isascii() and text[i - 1 : i] != " "
