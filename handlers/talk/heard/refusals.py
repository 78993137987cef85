"""What must be declined: profiles, rankings, tracks, signing for others, secrets, private records."""

from bot.understanding import Intent, sentences
from bot.understanding.slots import fixed, person

COMMANDS = "签到|补签|请假|报名|绑定|解绑|催办|积分|督办|错题本|办结|回执|免打扰|题|提醒|导出|换班|投票|查|签|操作|弄|用|使用|补|查看|登记|换|取消"
PRIVATE = "身份证|身份证号|工资|收入|病历|病史|健康状况|家庭|家庭情况|家庭住址|住址|电话号码|手机号|谈话内容|谈心谈话内容|婚姻|离婚|处分|档案|银行卡|体检|隐私|私生活|存款|房产|征信|工资条|奖金|绩效|党费多少|交了多少党费|家里情况|病情|病假原因|请假原因|谈心内容|聊天记录|私信|个人档案|联系方式"
CLASSIFIED = "涉密|机密|秘密|绝密|秘密级|机密级|绝密级|保密文件|内部文件|密级|国家秘密|红头机密|涉密文件|classified|top_secret|保密材料|内参|密件"
OPINION = "思想|牢骚|情绪|态度|抱怨|不满|意见大|动摇|波动|立场|画像|言论|想法|心态|不服|思想动态|思想问题|思想状况|政治倾向|发牢骚|有情绪|思想包袱|有怨言|怨言|说坏话|骂领导|倾向|反动|负面"
RANK = "排名|排个名|排序|排个序|排一排|打分|打个分|评分|评个分|排行|分级|分档|倒数|最低|最高|最差|最高的|排队|评级|谁高谁低|落后|分个等|分等|画线|打等级|最不|最好|不够|不坚定|最坚定|最弱|最强|评比"
BELIEF = "觉悟|思想觉悟|忠诚|忠诚度|政治觉悟|党性|政治表现|政治素质|信仰|思想|政治立场|先进性|政治忠诚|党性修养|理想信念|政治站位|表现|纯洁性|坚定"
PLACE = "位置|定位|轨迹|行踪|在哪|在哪里|在哪儿|去了哪|去哪了|去过哪|行程轨迹|实时位置|人在哪|哪些地方|跟踪|追踪|监控|行动轨迹|去哪儿了|跑哪去了|踪迹|去向|活动轨迹|打卡位置|location|whereabouts|where_is"
OTHERS = "他|她|同事|他们|别人|大家|人家|同志|老王|老李|小王|小李|小张|老张|老赵|朋友|科长|处长|领导|主任|局长|书记|党员|每个人|全员|谁|隔壁|室友|我老公|我爱人|老伴|搭档|member|colleague|colleagues|members|他的|他们的|没来的|群众|员工|下属|某某|某人|人员|家人|全支部|支部的人|哪个|哪些人|everyone|him|her|them|him's"

INTENTS = (
    Intent(
        id="refuse_sensitive",
        zh="拒绝类请求",
        effect="none",
        role="member",
        policy="refuse: opinion profiling, ideology ranking, tracking, proxy check-in, secrets, private records",
        slots=(
            fixed(
                "kind",
                (
                    (
                        "secrets",
                        r"涉密|机密|秘密|绝密|保密|内部文件|密级|密件|内参|classified|secret",
                    ),
                    (
                        "proxy_check_in",
                        r"代签|代打卡|替签|冒签|(?:[替帮代给].{0,10}?(?:签|打.?卡|报.?到))|签.{0,6}替|签到.{0,8}(?:他|她|同事)|sign .* in for|(?:check|sign) .*(?:for|him|her)",
                    ),
                    (
                        "location_tracking",
                        r"位置|定位|轨迹|行踪|在哪|去了哪|去哪|去过哪|跟踪|追踪|监控|哪些地方|去向|踪迹|跑哪|location|where|track",
                    ),
                    (
                        "ideology_ranking",
                        r"(?:觉悟|忠诚|党性|政治表现|政治素质|信仰|思想|立场|先进性|信念|站位|坚定|纯洁).{0,12}(?:排|打.{0,2}分|评.{0,2}分|最|谁高|倒数|分.?[级档等]|评[级比]|不够|不坚定|差|低|高)|(?:排|打.{0,2}分|评.{0,2}分|最|谁|分级).{0,10}(?:觉悟|忠诚|党性|政治表现|政治素质|信仰|信念|站位|先进性)|loyal",
                    ),
                    (
                        "private_records",
                        r"身份证|工资|收入|病|健康|家庭|住址|电话|手机号|谈话|谈心|婚|处分|档案|银行|体检|隐私|私生活|存款|房产|征信|奖金|绩效|党费|家里|请假|聊天|私信|联系方式|salary|medical|phone|id number",
                    ),
                    (
                        "opinion_profiling",
                        r"思想|牢骚|情绪|态度|抱怨|不满|动摇|波动|立场|画像|言论|想法|心态|不服|倾向|怨言|坏话|骂|opinion|complain|attitude|画个?像|反动|负面|意见",
                    ),
                ),
            ),
            person(said_after="替|帮|代|把|给|查|看看|看|查查"),
        ),
        says=(
            "谁|哪些人|哪个 意见|不满|坏话|背后说|怨言 -提|有什么|大家 !!",
            "{person}|他|她|同事|谁 什么病|得了|得病|生病|病情 -请假|我 !!",
            "sign_in|check_in|sign|sign_up_attendance for|instead_of {person}|him|her|colleague|my_colleague|someone !!",
            "代签|代签到|代打卡|替签|冒签|代替签到|代他签|代她签|帮签 !!",
            f"替|帮|代|给|代替|帮忙给 {OTHERS}|{{person}} 签到|签|签一下|签上|打卡|打个卡|签个到|签下到|签一下到|报到|签个|点到|也签 -我签|提醒 !!",
            f"{OTHERS}|{{person}} 没来|没到|来不了|堵车|迟到|有事|还没到|在路上|没空 替|帮|代 签|打卡|签到|签一下 !!",
            "sign|check sign|check|him|her|my_colleague|for in|him|her|colleague|my_colleague !!",
            "替|帮|代|顺便|把 {person}|他|她|同事 也|一起|一块|顺便 签|打卡|签到|签上 !!",
            f"{OPINION} {RANK}|谁|哪些人|分析|统计|名单|筛|有问题|找出来|排查|列|报告|记录|监测 -提个|我有|投诉|反馈 !!",
            f"谁|哪些人|哪个|哪位|哪些 {OPINION}|{BELIEF} -提意见 !!",
            f"分析|评估|判断|统计|看看|查查|监测|排查|摸排|收集|识别|筛查|预测|找出|了解|汇总|研判|记录|画|整理|盯 {OTHERS}|{{person}}|支部|群里|聊天|发言|党员 {OPINION}|{BELIEF}|有问题|骂|说 !!",
            f"{OTHERS}|{{person}}|群里 {OPINION} 有没有|有无|怎么样|如何|变化|问题|分析|稳不稳|正不正|倾向|画像|像|波动|打 -我 !!",
            f"思想|政治 问题|画像|觉悟|画个像 谁|{OTHERS}|哪些|名单|有 !!",
            "给 大家|他|{person}|全体|党员|每个人 思想|立场|倾向|心理 画像|画个像|分析|评估|建档 !!",
            f"{BELIEF} {RANK} !!",
            f"{RANK} {BELIEF} !!",
            f"谁|哪个|哪些人|哪位 {BELIEF} {RANK}|高|低|差|好|不 !!",
            "rank|score|rate loyalty|ideology|belief|loyal|faith|conviction !!",
            "who_is loyal|disloyal|unhappy|complaining !!",
            f"{OTHERS}|{{person}} {PLACE} -会议|开会|集合|观摩会|签到点|党课 !!",
            f"{PLACE} {OTHERS}|{{person}} -我们支部|讲|主持|值班|我的|隐私|会不会 !!",
            "把|查|调|看|给我|盯 {person}|他|她|同事|他们 位置|轨迹|定位|行踪|去了|手机定位 !!",
            "track|locate|location|whereabouts him|her|colleague|of|member|members|where|everyone !!",
            "手机 定位 同事|他|她|{person} !!",
            "查|看|跟|盯 {person}|他|她|同事 去了|去过|去|在|昨天 哪|哪里|哪些地方 !!",
            f"{{person}} {PRIVATE} -我的 !!",
            f"{OTHERS} {PRIVATE} -投诉|我的|通知|能看到吗 !!",
            "谁|哪些人|大家|全体 工资|病|离婚|收入|处分|奖金|家里|党费 最高|多少|困难|谁|的|有 -催|交没交|没交|提醒 !!",
            f"查|看|调|给我|发我|把|发给我|导出|拉 {{person}}|{OTHERS} {PRIVATE} !!",
            "谈心谈话|谈话|谈心 内容|记录|说了什么|聊了什么 !!",
            "身份证号|病历|工资条 发|调|查|看|导出|给 -我的 !!",
            "salary|medical_record|phone_number|id_number|health colleague|of|his|her|member|members|their !!",
            f"{CLASSIFIED} 文件|材料|内容|会议|信息|东西|传|发|存|记|看|查|document|documents|保存|上传|转|资料|档案|级|图纸|清单 !!",
            f"传|发|存|记|看|查|保存|上传|转发|拍|给我|读|念|下载|send|store|share {CLASSIFIED} !!",
            f"{CLASSIFIED} 吗|能|可以|怎么|给",
        ),
        unless=(
            "你|你们|系统 会不会|会 定位|记录|收集|泄露 我",
            "定位|记录 我 吗",
            "怎么 保密|规定",
            "我的|我自己|本人 数据|信息|记录|档案",
            "保密 教育|学习|课|题",
            "秘密投票|无记名",
            "请假 两天|去不了",
        ),
        examples=sentences(
            "分析谁思想有问题|按觉悟给党员排名|看看同事现在在哪|帮李四签个到|"
            "把他的身份证号发我|涉密文件能发吗|他没来，替他签一下|谁最近有牢骚|查一下他的工资|"
            "看看他的谈话记录|帮王三签到|替李二打个卡|谁思想有问题|按觉悟排名|看看谁不忠诚|"
            "王三现在在哪|查赵四的位置|把孙六的手机号给我|谁对领导有意见|查一下谁最近情绪不好|"
            "给党员忠诚度打分|定位一下周七|看看吴八去了哪里|帮我代打卡|我同事没来帮他签一下|"
            "把张一的工资发我|郑九得了什么病|谁离婚了|把这份秘密文件转发一下|涉密材料能上传吗|"
            "机密内容帮我记一下|分析群里的聊天谁有负面情绪|谁在背后说书记坏话|"
            "给每个人的政治表现打分|冯十的家庭住址是哪里|他俩谈话说了什么|李二的身份证号多少|"
            "谁党性最差|帮我给老李签到|track where my colleague is|sign in for 王三|"
            "rank members by loyalty|替他签到|思想动态分析报告|调取王三的行踪|查钱五的聊天记录|"
            "帮孙六也签一下|大家思想状况怎么样|谁立场不坚定"
        ),
    ),
)
