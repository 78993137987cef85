"""What to say while a capability is not there yet: what can be done instead, honestly."""

from collections.abc import Mapping

INSTEAD: Mapping[str, str] = {
    "ballot_vote": "现在没有进行中的投票，这一票没有记。正式选举也不会在聊天里进行。",
    "shift_query": "值班表还查不了，请先看支部贴出的排班。",
    "shift_swap": "还不能在这里换班，没有改动。请先和对方说好，再告诉排班的同志。",
}
"""Intent → one honest sentence."""
