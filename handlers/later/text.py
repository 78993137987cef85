"""What to say while a capability is not there yet: what can be done instead, honestly."""

from collections.abc import Mapping

INSTEAD: Mapping[str, str] = {
    "term_query": "任期还查不了，请先看选举时的批复。",
    "anniversary_query": "政治生日还查不了，请先问支部的组织委员。",
    "development_query": "发展进度还查不了，请先看支部的纸质台账。",
    "dues_query": "党费交没交还查不了，请先问支部的组织委员。这里不收钱，也不记金额。",
    "ballot_vote": "现在没有进行中的投票，这一票没有记。正式选举也不会在聊天里进行。",
    "shift_query": "值班表还查不了，请先看支部贴出的排班。",
    "shift_swap": "还不能在这里换班，没有改动。请先和对方说好，再告诉排班的同志。",
}
"""Intent → one honest sentence."""
