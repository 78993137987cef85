"""Not to be disturbed, and where one likes to read."""

from handlers.notices.text.publishing import platform

HELP = "免打扰：一段时间不收消息，比如「今天免打扰」「每天中午十二点到两点免打扰」"
WHEN = "多久不打扰您？也可以说「到12月1日」「每天晚上九点到早上八点」。"
TODAY, THIS_WEEK, A_MONTH = "今天免打扰", "这周免打扰", "免打扰一个月"
ONLY_ONCE, EVERY_DAY = "只这一次", "每天都这样"
RESUME = "恢复接收"
STILL = "紧急通知和您自己定的提醒照常。"
WAS_NOT = "现在没有开免打扰，消息照常发。"
LIFTED = "好的，免打扰已解除，消息照常发给您。"


CALLED = {
    "企业微信": "wecom",
    "企微": "wecom",
    "微信": "wechat",
    "公众号": "wechat",
    "网页": "webchat",
}


def platform_called(word: str) -> str:
    return CALLED.get(word, "telegram")


def often(begins: str, ends: str) -> str:
    return f"{begins} 到 {ends} 不打扰您，只这一次，还是每天？"


def clock(minutes: int) -> str:
    hour, minute = divmod(minutes, 60)
    return f"{hour % 24}:{minute:02d}"


def once(begins: str, ends: str) -> str:
    from_then = f"从 {begins} " if begins else ""
    return f"好的，{from_then}到 {ends} 不发消息给您。{STILL}"


def daily(begins: int, ends: int) -> str:
    day = "第二天" if ends < begins else ""
    return f"好的，每天 {clock(begins)} 到{day} {clock(ends)} 不发消息给您。{STILL}"


def later(ends: str) -> str:
    return f"好的，{ends} 之前先不发给您。{STILL}"


def preferred(name: str) -> str:
    return f"好的，以后先发到{platform(name)}；发不到时再换您别的账号。"


def no_account(name: str) -> str:
    return f"您还没有绑定{platform(name)}。发「绑定新设备」就能加上，之后再说一次。"
