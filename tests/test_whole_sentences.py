"""Sentences that a capability knows whole, without a command word (`Router.pattern`): the table of
what each expression hears, and of what stands near it and is not meant. A dense expression is read
here, and altered by a row first."""

import re

import pytest

from bot.app import dispatcher
from bot.finding import bare, tidy

PATTERNS = dispatcher().finder.router.patterns
NOT_WHOLE = ""
HEARD = """
checkin.chat.requests.take_back
  周三的假不请了 | 我请的假取消 | 取消周三的请假 | 又能来了
checkin.chat.requests.ask_for_another
  帮老伴请个假 | 替小王补个签
checkin.chat.requests.will_be_late
  我可能要迟到 | 路上堵车，我会晚十分钟到
checkin.chat.requests.own_requests
  我的请假批了没 | 我周三的补签通过了吗
checkin.chat.requests.waiting
  王三请假批了没有 | 有什么等我批的 | 同意小王的请假 | 批准他的补签申请吧
checkin.chat.opening.start
  把签到打开 | 好，现在开始签到吧 | 帮我打开一下签到
checkin.chat.opening.stop
  把签到关了 | 签到可以结束了吧
checkin.chat.opening.code
  口令是多少 | 现在的签到码是什么呀
checkin.chat.status.status
  提醒一下还没到的人 | 再提醒他们签到吧 | 都提醒一下
activities.chat.arranging.arrange_in_one_line
  明天下午三点开支部大会，三楼会议室 | 我想安排一次志愿服务 | 周五14:00组织党课
binding.chat.entering.code_alone
  7KQ2M 9XWP4 | 7kq2m-9xwp4
binding.chat.inviting.invite_in_words
  给张三发个邀请码 | 麻烦帮王小芳同志要一个邀请码吧
console.chat.open_console
  控制台 | 帮我打开后台 | 控制台链接
reminders.chat.setting.lead
  提前两天提醒我 | 再提早半小时叫我一下
reminders.chat.keeping.change_in_words
  把交材料的提醒改到后天上午十点 | 提醒推迟到明天
quiz.chat.joining.some_a_day
  每天五题 | 每日做3道题
contests.chat.planning.begin
  下周一到下周三办一场消防知识竞赛，10 道题 | 我们搞个答题比赛
tasks.chat.listing.of_number
  T18 进展 | 任务清单 3 怎么样了 | F05到哪一步了
tasks.chat.issuing.in_one_line
  布置任务：各支部核对名册，下周五前 | 帮我下达一项工作，月底前交总结
tasks.chat.issuing.to_somebody
  给各支部布置任务：核对名册，下周五前 | 请向机关党委下达一项工作，月底前交总结
tasks.chat.issuing.finding_in_one_line
  发现问题：会议记录不全 | 交办一个问题：台账缺页
notices.chat.publishing.publish_to_those
  告诉还没签到的人：还在三楼 | 给报了名的同志发通知，带好雨具
notices.chat.following.recall_in_words
  把刚才的通知撤回 | 撤回那条通知吧
notices.chat.following.undo
  撤销 | 先别发吧
notices.chat.following.edit_in_words
  改一下通知：改在四楼会议室 | 把刚才的通知改成周五下午学习
notices.chat.courtesy.daily_in_words
  晚上十点以后别给我发消息 | 每天晚上九点半到早上七点免打扰
notices.chat.courtesy.later
  两个小时以后再发 | 稍后再推给我
notices.chat.courtesy.unmute_in_words
  取消免打扰 | 恢复接收消息
notices.chat.courtesy.prefer
  以后用企业微信给我发消息吧 | 请发到微信
talk.chat.say_again
  请再说一遍 | 没听清 | 再说一次好吗刚才没听到
talk.chat.larger
  字太小了 | 我看不清
reports.chat.circulars.why
  为什么是这个数？ | 这个数字是怎么来的
"""
NEAR = """
  九点签到结束 | 签到怎么关 | 签到结束了吗 | 没打开签到
  请假怎么取消 | 我想请假
  明天几点开会 | 明天下午三点开会我去不了 | 提醒我明天三点开会 | 安排活动
  12345 67890 | ABCDE FGHIJ | 7KQ2M
  迟到怎么算 | 谁迟到了 | 字写错了 | 帮我请个假 | 替我报名 | 要迟到了，可能来不了
  再说一下明天的会几点 | 口令在哪看 | 怎么拿邀请码 | 给我发个通知 | 谁给我布置的任务
  控制台在哪个城市 | 后台没有人
  提前 | 提醒我两点交材料
  每天十五题 | 每天学习
  什么时候办知识竞赛 | 我要参加消防知识竞赛 | 不办竞赛了
  3 | T18 办完了 | 明天 3 号
  布置任务 | 发现一个问题
  告诉还没签到的人 | 给大家发通知：开会
  通知撤回了吗 | 改通知 | 别发了
  晚上十点以后发给我 | 过两个小时再说 | 免打扰
  我在微信上 | 这个数不对
"""


def heard(words: str) -> str:
    """The handler of the first expression that takes all of `words`, as the finder looks for it."""
    for pattern, route in PATTERNS.items():
        if pattern.fullmatch(bare(tidy(words))):
            return f"{route.handler.__module__.removeprefix('handlers.')}.{route.handler.__name__}"
    return NOT_WHOLE


def rows() -> list[tuple[str, str]]:
    found, handler = [], ""
    for line in HEARD.strip().splitlines():
        if not line.startswith(" "):
            handler = line
            continue
        found += [(said.strip(), handler) for said in line.split(" | ")]
    return found + [(said.strip(), NOT_WHOLE) for said in re.split(r"\n| \| ", NEAR.strip())]


@pytest.mark.parametrize(("said", "handler"), rows())
def test_a_whole_sentence_is_heard_by_its_handler(said: str, handler: str) -> None:
    assert heard(said) == handler


def test_every_expression_has_its_sentences() -> None:
    said = [bare(tidy(words)) for words, handler in rows() if handler]
    silent = [each.pattern for each in PATTERNS if not any(each.fullmatch(one) for one in said)]
    assert silent == []
