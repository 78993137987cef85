"""Days that have a name: festivals, by the sun and by the moon."""

from collections.abc import Callable
from datetime import date
from functools import partial

from bot.understanding.times import lunar
from bot.understanding.times.cursor import Here, any_of, word, words

DayOf = Callable[[int], date | None]


def _fixed(month: int, day: int, year: int) -> date:
    return date(year, month, day)


def _lunar(month: int, day: int, year: int) -> date | None:
    return lunar.solar(year, month, day)


def _last_year(month: int, day: int, year: int) -> date | None:
    """腊月 belongs to the lunar year before; it may end in either solar year."""
    return lunar.solar(year - 1, month, day)


FIXED: dict[str, tuple[int, int]] = {
    "元旦": (1, 1),
    "妇女节": (3, 8),
    "三八": (3, 8),
    "植树节": (3, 12),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "五四": (5, 4),
    "青年节": (5, 4),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "建党节": (7, 1),
    "党的生日": (7, 1),
    "八一": (8, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "烈士纪念日": (9, 30),
    "国庆": (10, 1),
    "十一": (10, 1),
    "记者节": (11, 8),
    "宪法日": (12, 4),
    "国家宪法日": (12, 4),
    "志愿者日": (12, 5),
    "公祭日": (12, 13),
    "圣诞": (12, 25),
}
_BY_THE_MOON: dict[str, DayOf] = {
    "除夕": lunar.new_years_eve,
    "大年三十": lunar.new_years_eve,
    "年三十": lunar.new_years_eve,
    "春节": partial(_lunar, 1, 1),
    "大年初一": partial(_lunar, 1, 1),
    "元宵": partial(_lunar, 1, 15),
    "端午": partial(_lunar, 5, 5),
    "七夕": partial(_lunar, 7, 7),
    "中秋": partial(_lunar, 8, 15),
    "重阳": partial(_lunar, 9, 9),
    "腊八": partial(_last_year, 12, 8),
    "清明": lunar.clear_brightness,
    "冬至": lunar.winter_solstice,
}
_NAMES: dict[str, DayOf] = {
    **{name: partial(_fixed, *day) for name, day in FIXED.items()},
    **_BY_THE_MOON,
}
_TABLE = words({f"{name}{tail}": day for name, day in _NAMES.items() for tail in ("", "节")})
_NUMBERS = frozenset({"三八", "五一", "五四", "六一", "七一", "八一", "十一"})
_SOMETHING_ELSE = any_of(
    *(
        "路",
        "街",
        "广场",
        "大道",
        "村",
        "厂",
        "小学",
        "中学",
        "大学",
        "学校",
        "勋章",
        "奖",
        "劳动奖",
    ),
    *(
        "红旗手",
        "运动",
        "精神",
        "个",
        "点",
        "月",
        "号",
        "日",
        "届",
        "次",
        "人",
        "名",
        "条",
        "项",
        "天",
    ),
    *(
        "章",
        "题",
        "页",
        "楼",
        "层",
        "室",
        "班",
        "组",
        "支部",
        "党支部",
        "建军",
        "南昌",
        "时",
        "年",
        "周",
    ),
    *(
        "分",
        "岁",
        "万",
        "千",
        "百",
        "元",
        "块",
        "度",
        "线",
        "制",
        "粉",
        "油",
        "社区",
        "小区",
        "公园",
        "站",
    ),
)
_OCTOBER = any_of(
    "前", "后", "之前", "以前", "假期", "长假", "黄金周", "期间", "放假", "节", "当天"
)


def named(here: Here, i: int) -> tuple[DayOf, int] | None:
    """The festival at `i`, as a function of the year. 八一路 is a street and 十一点 an hour."""
    found = word(here, i, _TABLE)
    if found is None:
        return None
    day, end = found
    said = here.text[i:end]
    if said in _NUMBERS and (word(here, end, _SOMETHING_ELSE) or here.text[i - 1 : i] in _ORDINAL):
        return None
    if said == "十一" and not word(here, end, _OCTOBER):
        return None
    return day, end


_ORDINAL = frozenset("第零一二三四五六七八九十百周拜期每两")
