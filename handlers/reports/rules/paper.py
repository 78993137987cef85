"""A circular as an official paper: which words stand for which number, and in what order."""

from collections.abc import Sequence
from datetime import date

from bot.files.papers import Block, Grid, Heading, Paper, Paragraph
from handlers.reports.rules.figures import Sum
from handlers.reports.rules.freezing import Document, Frozen
from handlers.reports.rules.spans import Days

ADDRESSEE = "各党支部"
OVERALL, EACH, HOW = "总体情况", "各支部情况", "口径和来源"
NO_RANK = "各支部按组织顺序列出，不分先后；不含任何个人的姓名。"
SOURCES = (
    "以上数字由活动、签到、应办和任务的记录汇总，没有另行要求报送；学习、答题、登录和在线的数据"
    "不在其中，也不作为任何评价的依据。"
)
UNIT = "支部"


def title(document: Document) -> str:
    return titled(document.days, document.topic)


def titled(days: Days, topic: str) -> str:
    return f"关于{days.name}{topic.removesuffix('情况') or '组织生活'}情况的通报"


def paper(document: Document, dated: date | None) -> Paper:
    """Made of the frozen numbers alone. `dated` is the day of publication."""
    return Paper(
        title=title(document),
        addressee=ADDRESSEE,
        blocks=list(blocks(document)),
        signer=document.org_name,
        dated=day(dated) if dated else "（草稿）",
    )


def blocks(document: Document) -> list[Block]:
    days = document.days
    opening = f"现将{days.name}（{short(days.first)}至{short(days.last)}）有关情况通报如下。"
    found: list[Block] = [Paragraph(opening), Heading(1, OVERALL)]
    for each in document.figures:
        found += [Heading(2, each.name), Paragraph(sentence(each))]
    found += [Heading(1, EACH), Paragraph(NO_RANK), grid(document)]
    found.append(Heading(1, HOW))
    found += [Heading(2, f"{each.name}。{definition(each)}") for each in document.figures]
    return [*found, Paragraph(f"{SOURCES}数字截至{moment(document)}。")]


def sentence(each: Frozen) -> str:
    total = each.sum
    if not each.of:
        return f"共{total.part}{each.unit}。"
    if not total.whole:
        return "期内没有这方面的记录。"
    return (
        f"共{total.part}{each.unit}，{out_of(each)}共{total.whole}{each.unit}，占{total.percent}%。"
    )


def out_of(each: Frozen) -> str:
    return each.of.partition("：")[0]


def definition(each: Frozen) -> str:
    return f"{each.definition}分母是{each.of}。" if each.of else each.definition


def grid(document: Document) -> Grid:
    """A row for each unit, in the order of the tree; the sums last."""
    names: dict[str, str] = {}
    cells: dict[tuple[str, str], str] = {}
    for each in document.figures:
        for org, name, part, whole in each.rows:
            names[org] = name
            cells[org, each.id] = share(Sum(part, whole), bool(each.of))
    columns = (UNIT, *(f"{each.name}（{each.unit}）" for each in document.figures))
    rows: list[Sequence[str]] = [
        (name, *(cells.get((org, each.id), "0") for each in document.figures))
        for org, name in names.items()
    ]
    total = ("合计", *(share(each.sum, bool(each.of)) for each in document.figures))
    return Grid(columns, [*rows, total])


def share(amount: Sum, of: bool) -> str:
    if not of:
        return str(amount.part)
    return f"{amount.part}／{amount.whole}" if amount.whole else "—"


def fixed(document: Document) -> list[str]:
    """What of it is no free text: names of organisations, and our own words."""
    ours = [NO_RANK, SOURCES, ADDRESSEE, document.org_name, OVERALL, EACH, HOW]
    for each in document.figures:
        ours += [each.name, each.definition, each.of]
        ours += [name for _, name, _, _ in each.rows]
    return ours


def day(on: date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"


def short(on: date) -> str:
    return f"{on.month}月{on.day}日"


def moment(document: Document) -> str:
    return f"{day(document.as_of.date())}{document.as_of:%H:%M}"


TOTAL = "合计"
SHEET_FIGURES, SHEET_RECORDS, SHEET_DEFINITIONS = "数字", "记录", "口径"
RECORD_COLUMNS = ("数字", "记录", "组织编号", "日期", "计入", "分母")
DEFINITION_COLUMNS = ("数字", "口径", "分母")


def column(each: Frozen) -> str:
    return f"{each.name}（{each.unit}）"


def whole(each: Frozen) -> str:
    return f"{each.name}·分母"


def as_of(document: Document) -> str:
    return f"数字截至{moment(document)}"


def in_short(each: Frozen) -> str:
    """到会 4／8 人次（50%）"""
    total = each.sum
    part = f"{each.name} {share(total, bool(each.of))} {each.unit}"
    return f"{part}（{total.percent}%）" if total.percent is not None else part


def span(document: Document) -> str:
    return f"{day(document.days.first)}至{day(document.days.last)}"
