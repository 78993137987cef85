"""How members join the daily quiz and leave it, doubt a question, and ask how they are doing."""

from bot.understanding import Intent, sentences

DAILY = "每日一题|每天一题|每日一学|每日答题|每日一练|天天一题|一日一题|今日一题"

INTENTS = (
    Intent(
        id="quiz_join",
        zh="参加每日一题",
        effect="write",
        role="member",
        policy="voluntary",
        says=(
            f"参加|加入|报名|开通|订阅|开启|打开|想要|恢复 {DAILY} -怎么|如何|退出|取消|不 !!!",
            "每天|每日|天天 给我|发我|推给我 题|道题|一题|几题|道 -别|不|今天|停 !!",
            "每天|每日|天天 +学|做|来|答|练 一题|一道题|一道|两题|两道题|三题|三道题|四题|五题|五道题 !!",
        ),
        unless=("别|不|停|退|取消", "提醒"),
        examples=sentences(
            "我想参加每日一题|每天给我发三道题|我要每天学一题|加入每日一题吧|开通每日一题|"
            "订阅每日一题|每天给我推一道题|报名每日一题|恢复每日一题|每天做两道题"
        ),
    ),
    Intent(
        id="quiz_leave",
        zh="退出每日一题",
        effect="write",
        role="member",
        policy="one word is enough",
        says=(
            f"退出|取消|停止|停掉|停了|退订|关闭|关掉|不要|不想要|别发|不用发|不参加|不想参加|不想收 {DAILY}|学习 -怎么|如何|报名 !!!!",
            f"{DAILY} 退出|取消|停掉|停了|退订|关掉|别发了|不要了|不学了|不做了 -怎么|如何 !!!!",
            "别|不要|不用|停止|别再|不再 给我|发我|推给我|发|推 题|题目|题了|道题 -明天|今天 !!!!",
            "=我不想学了|不想学了|不学了|我不学了|不想答题了|不想做题了|我要退出学习",
        ),
        examples=sentences(
            "取消每日一题|别再给我发题了|退出每日一题吧|停止每日一题|不要每日一题了|退订每日一题|"
            "我要退出学习|关闭每日一题|不想参加每日一题了|每日一题别发了|不要再给我推题了"
        ),
    ),
    Intent(
        id="quiz_doubt",
        zh="这题有问题",
        effect="write",
        role="member",
        says=(
            "这题|这道题|题目|本题|这个题|此题|刚才那题|上一题 +有问题|出错了|有误|出得不对|过时了|有毛病|出错 -为什么|为啥|怎么|没有|吗 !!!!",
            "题目|这题|这道题 答案|解析 +不对|有误|错了|过时了|有问题|写错了 -为什么|为啥|怎么|吗|我 !!!!",
        ),
        examples=sentences(
            "这道题有问题|这题出错了|题目答案不对|这道题答案错了|本题有误|这题过时了|这个题有毛病"
        ),
    ),
    Intent(
        id="quiz_weak_topics",
        zh="学习薄弱点",
        effect="read",
        role="organiser",
        policy="topics only, five people at least",
        says=(
            "支部|大家|党员|我们支部 薄弱|薄弱点|记不牢|没记住|掌握得不好|学得不好 -我的 !!!",
            "哪些|哪个|什么 知识|主题|内容 薄弱|记不牢|没记住|掌握得不好 !!!",
        ),
        examples=sentences(
            "支部哪里薄弱|大家哪些知识记不牢|哪些主题掌握得不好|支部学习薄弱点是什么"
        ),
    ),
)
