"""Writing a notice, and letting it go."""

from collections.abc import Mapping, Sequence
from datetime import datetime

HELP = "发通知：先看发给谁，再发，比如「发通知：周五下午三点开会」「给各支部书记发通知：……」"
SEND, SEND_WITH_RECEIPT, SEND_NOW = "发出", "发出，要确认收到", "加急，现在发"
SEND_IN_THE_MORNING = "明早发出"
CHANGE, DISCARD = "改内容", "不发了"
AGREE, DISAGREE, TAKE_BACK, TAKE_OVER = "确认发出", "不同意", "撤销", "由我接着发"
ACK = "确认收到"
EVERYBODY, SECRETARIES = "全体党员", "各支部书记"
WHAT = "通知什么？请把要发的话整段发给我。"
WHOM = "发给谁？"
NOT_YOURS = "您目前没有可以发通知的支部，请找支部书记。"
NOT_THEIRS = "那个支部不归您这里，通知要由他们的书记或上级来发。"
NO_DRAFT = "这份通知已经不在了。要发通知，请重新发「发通知」。"
NO_DRAFT_ANY_MORE = "这份通知已经发出或作废了。发「通知情况」看看。"
NONE_SENT = "最近没有发过通知。要发就说，比如「发通知：周五下午三点开会」。"
NO_RECEIPTS = "最近没有要确认收到的通知。"
NOTHING_OPEN = "今天没有正在签到的活动，没法按签到来发。可以直接发给大家。"
NOBODY_SIGNED_UP = "后面的活动还没有人报名。"
CLASSIFIED = "像是涉密内容，涉密的不能在这里发，请走机要渠道。没有发出。"
DISCARDED = "好的，没有发，谁也没有看到。"
NOT_YOUR_OWN = "这是您自己起草的，要由另一位来确认。"
CHANGED_SINCE = "内容刚刚改过，请看最新的一条再确认。"

PLATFORMS: Mapping[str, str] = {
    "wechat": "微信",
    "wechat_template": "微信模板消息",
    "wecom": "企业微信",
    "telegram": "Telegram",
    "webchat": "网页",
    "terminal": "终端",
}


def platform(name: str) -> str:
    return PLATFORMS.get(name, name)


def absent(title: str) -> str:
    return f"「{title}」还没签到的"


def signed_up(title: str) -> str:
    return f"「{title}」报了名的"


def no_such_group(name: str) -> str:
    return f"您这里没有{name}。"


def which_group(name: str) -> str:
    return f"有好几个{name}，请带上支部，比如「给一支部{name}发通知」。"


def nobody(words: str) -> str:
    return f"{words}现在没有人，不用发。"


def too_long(length: int, most: int) -> str:
    return f"通知有 {length} 字，请压到 {most} 字以内，细节可以放附件或链接。"


def preview(
    words: str,
    said: str,
    count: int,
    ways: str,
    notes: Sequence[str],
) -> str:
    lines = [f"发给：{words}，{count} 人。{ways}", f"「{said}」", *notes]
    return "\n".join(lines)


def ways(by: Mapping[str, int], out: int) -> str:
    listed = "、".join(f"{platform(name)} {count}" for name, count in by.items())
    there = f"能收到：{listed}。" if by else ""
    return there + (f"还有 {out} 人联系不上（发「联系不上」看名单）。" if out else "")


def until(when: str) -> str:
    return f"最后一位大约 {when} 收到。"


URGENT = "加急：夜里和休息日也送。"
WITH_RECEIPT = "请大家确认收到。"
AT_NIGHT = "现在是休息时间，早上 8:00 起送到。"


def links(hosts: Sequence[str]) -> str:
    return f"注意：第一次发 {'、'.join(hosts)} 的链接，请点开核对是不是要发的。"


def second_needed(above: int) -> str:
    return f"超过 {above} 人，点发出后还要第二位确认。"


def released(words: str, count: int) -> str:
    return f"已发出：{words}，{count} 人。发「通知情况」看谁收到了。"


def counting_down(words: str, count: int, goes_at: datetime) -> str:
    return (
        f"已确认，{goes_at:%H:%M:%S} 开始发给{words}，{count} 人。在这之前发「撤销」就一个也不发。"
    )


def asked_second(count: int, names: Sequence[str]) -> str:
    who = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
    return f"要发给 {count} 人，需要第二位确认，已请{who}看。确认前一条也不发，发「撤销」可以收回。"


def no_second(count: int) -> str:
    return f"要发给 {count} 人，需要第二位有权的同志确认，现在没有别人可以确认。没有发出。"


def please_confirm(
    author: str, words: str, count: int, said: str, hosts: Sequence[str], *, changed: bool
) -> str:
    what = "想把通知改成下面这样" if changed else "请您确认一条通知"
    warning = f"\n{links(hosts)}" if hosts else ""
    return f"{author}{what}，发给{words}，{count} 人：\n「{said}」{warning}"


def second_agreed(name: str, goes_at: datetime) -> str:
    return f"{name}已确认，{goes_at:%H:%M:%S} 开始发。在这之前可以撤销，一个也不发。"


def second_declined(name: str) -> str:
    return f"{name}没有同意，通知没有发。可以和他商量后重新发。"


def declined(author: str) -> str:
    return f"好的，没有发，已告诉{author}。"


def author_left(words: str, said: str) -> str:
    return f"发给{words}的通知停住了：起草人已不担任这个职务。还要发吗？\n「{said}」"


def letter(sender: str, said: str, *, urgent: bool) -> str:
    return f"{'【紧急】' if urgent else ''}{sender}通知：{said}"
