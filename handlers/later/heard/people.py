"""Votes among members."""

import re

from bot.understanding import Intent, Slots, sentences
from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find
from bot.understanding.slots import branch, first_of, matching, person
from bot.understanding.slots.numbers import NUMBER, option, value

SEVERAL = re.compile(rf"{NUMBER}号?(?:\s*[和与跟、,，及]\s*{NUMBER}号?)+")


def several(name: str) -> Find:
    """1号和4号 → «1,4»: whoever may vote for more than one says them in one breath."""

    def find(hearing: Hearing) -> Slots:
        found = SEVERAL.search(hearing.plain)
        if found is None or "号" not in found[0]:
            return {}
        numbers = [value(each) for each in re.findall(NUMBER, found[0])]
        return {name: ",".join(str(int(each)) for each in numbers if each is not None)}

    return find


INTENTS = (
    Intent(
        id="ballot_vote",
        zh="评选投票",
        effect="write",
        role="member",
        policy="non-election votes only",
        slots=(
            first_of(
                several("option"),
                option("option"),
                person("option"),
                matching("option", r"(?:投给|投票给|投|支持|选)([\u4e00-\u9fff\d]{1,8}?支部)"),
                branch("option"),
                matching(
                    "option",
                    r"(?:投给|投票给|支持|选择|投|给|vote for)\s*([\u4e00-\u9fff]{2,8}|[a-z]|\d{1,3})(?:一票|投票|吧|号)?$",
                ),
            ),
        ),
        says=(
            "=弃权|我弃权|投弃权",
            "投票|投|投给|我投|选票|vote|vote_for|投一票|投我的票|表决|ballot {option}|{person}|{number}|号|给|赞成|反对|弃权|第 -题|怎么|规则|几点|时候|流程|纪律|无记名|投诉|投稿 !",
            "=投票|我要投票|去投票|投个票|参与投票|我来投票|评选投票|vote|评选|投一票|我投票",
            "支持|赞成|选|推荐|推选|拥护 {option}|{person} -题|错|请假 !",
            "一票|票 给|投 {option}|{person}|{number}|号|他 !",
            "投 +给|了 ",
            "{option} 一票|投一票|支持 !",
            "^我投|我选 {option}|{person}",
            "评选 投|选 给",
            "i_vote|my_vote",
            "投 赞成|反对|弃权|同意|票 -还没|开始|结束|没开始 !",
        ),
        unless=(
            "题|{question}",
            "投诉|投稿",
            "没|没有|还没 +投",
            "怎么|如何|规则|截止|什么时候|谁 投票",
            "投票 规定|纪律|方式|结果",
            "选举|换届",
            "票 火车|机",
        ),
        examples=sentences(
            "我投3号|投票|投给2号|支持五号|我这一票给李四|我要投票|vote for 2|投1号|我投给李二|"
            "我选3号候选人|投票给2号|投四号|我投王三一票|给5号投票|我支持2号|投第三个|参加投票|"
            "赞成2号|投一号一票|选2号|我的票投给张一|投三号吧|优秀党员我投6号|"
            "I vote for number 3|弃权|投5号|我投一票给6号|投票给王三|我选2号|给3号一票|赞成1号|"
            "我支持李二|投郑九|投票投2号|优秀党支部投给苗圃|投第二个|我投反对票|就投4号|vote 3|"
            "投给四号|投票给李二|二号，我投|我这票投5号|我选张一|投他一票，3号|支持四号选手|"
            "我赞成第二个方案|投票：2号|投1|给二号投一票|推选赵四|投2号和3号|我投弃权|"
            "选举不是，就是评选，投6号|my vote goes to 2"
        ),
    ),
)
