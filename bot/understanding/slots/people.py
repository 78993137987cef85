"""Who is named: by the list, by the pattern of the demonstration, or as a name looks like."""

import re
from collections.abc import Iterator

from bot.understanding.hearing import Hearing
from bot.understanding.intents import Find, Slots
from bot.understanding.phrases import Span
from bot.understanding.sounds import is_common

SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单"
    "杭洪包诸左石崔吉龚程邢裴陆覃肖闫阎牛欧甘易池游敖简冉桂聂卓文向詹饶屠蒲申佟尚翁荆武温关辛耿焦车侯全巫乔靳翟谭劳赖苟仇晏芦"
    "谷柴晋白段龙曾叶廖黎庄岳兰宁符涂曲牟艾阳麦景宫冷瞿荣寇桑甄丛巩佘苑迟邝隋栾姬仲沙"
)
DOUBLE = "欧阳|司马|上官|诸葛|慕容|夏侯|皇甫|尉迟|司徒|令狐|端木|公孙|东方|南宫|钟离|长孙|宇文"
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰玲红梅建国华辉志斌燕鹏飞宁波浩宇轩涵怡欣悦佳禾雨晨子梓雅婷雪倩琳慧莉萍蓉"
    "蕾薇颖洁莹丹凤云春秋冬夏生林森松柏竹菊荷莲花香玉珍珠宝金银铁钢龙虎彪鹤翔远航海江河山川峰岩石岚峻岭泉源清洪泽润沛然安康福"
    "寿禄喜庆祥瑞吉利富贵荣昌盛兴旺发达成功胜德仁义礼智信忠孝廉善良恭俭让文武双全学思博睿哲彦俊豪雄凯旋栋梁材彬炳焕耀光灿炎焱"
    "晶晖旭昊昕晓曦阳月星辰霖霜露雷震霆宏业基根立新民主爱亚东南西北中正和顺长久恒永世代祖宗先绍继承嗣宪章典范楷模元启初始尚可"
    "卫冠群颂歌舞蹈琴棋书画诗词韵律音乐丰登满仓余为若水如意自克勤维嘉家乃景仲伯叔季芝芬芸苗茵茹莎菲萌萱蓓璐璇瑶瑾瑜琪琦琼珊玫"
    "玥珂珺媛嫣婉妍姗娇婵娴巧淑贞惠蕙馨怀念恩彤桐楠榕枫柳杨培植树振挺毅坚锋锐钧铭鑫锦铮钰镇权威力行健奋进步跃腾驰骏骁翰墨砚笔"
    "帆舟渡济淳滢潇湘漫沁汐棠霄骥麒麟菁芙蕊莺鹃蝶妮姣娥婕姝妤昱昂晗晟皓皎煜熙烨煊炜焘钦钊铎锟镕鸿雁鸥鹭鹂翠黛碧绿彩虹霓霏雯佩"
    "环珏玖璟璞冰凌衡峥嵘岱岳嵩崇徽彰征恺慈懿捷拓攀敬斐旻朗朔杉柯桦梧楚榆榛槐樱檀沅沐沣泓泰洲津浚淇淞淼渊溪滔澄澜瀚灵爽玄琛琨"
    "瑛璋甫畅白盈祺禧稷竣笑筠素紫绮缘翊聪胤臻舜艺芊芷苑苒茜荃莘葵薪裕诚诺谦谨贤越迪逸道邦郁铃锡闻阔韬韶飒鲲默齐小大潮苇晴晚尘"
    "渔樵青堂庭圣勋奎魁巍妙垒垚增"
)
NUMBERED_NAME = re.compile(
    rf"(?<![下上这本每一个统会设合总估预累\d])[{SURNAMES}](?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"(?![周月号点天次个年十楼条项题期份位])"
)
"""The names of the demonstration: a surname and a number."""
NO_END_OF_A_NAME = frozenset("和成在为可同大小")
"""Signs of `GIVEN` that as often begin what is said of somebody: 张三和李四, 王五大概."""
DOUBLED = re.compile(DOUBLE)
END_OF_A_NAME = frozenset(GIVEN + "湖光妹弟娃方合一二三四五六七八九") - NO_END_OF_A_NAME
LOOKS_LIKE_A_NAME = re.compile(rf"(?:{DOUBLE})[{GIVEN}]{{1,2}}|[{SURNAMES}][{GIVEN}]{{2}}")
FOLLOWS_A_NAME = r"(?=[\W的换调签请说替一对顶倒串和跟也来在没这那发预转申到]|$)"


CALLED = re.compile(
    r"(?:^|[^\u4e00-\u9fff]|[跟和与同找让请想替帮把给查看叫由催]|我是|姓名|本人|名字)$"
)
"""What stands before a name: a given name may well be an everyday word (长河, 天晴)."""


def named_in(plain: str, busy: frozenset[int] = frozenset()) -> Iterator[Span]:
    """Full names that no list knows; nothing that is made of everyday words."""
    at = 0
    while found := LOOKS_LIKE_A_NAME.search(plain, at):
        start, end = found.span()
        if busy.isdisjoint(range(start, end)) and _is_a_name(plain, start, end):
            yield start, end
            at = end
        else:
            at = start + 1


def _is_a_name(plain: str, start: int, end: int) -> bool:
    pairs = [plain[place : place + 2] for place in range(start, end)]
    if DOUBLED.match(plain, start):
        return not is_common(pairs[-1])
    if is_common(pairs[0]) or is_common(pairs[-1]):
        return False
    if is_common(pairs[1]):
        return bool(CALLED.search(plain[:start]))
    return not start or not is_common(plain[start - 1 : start + 1])


def _with_its_end(plain: str, found: re.Match[str]) -> Span:
    """沈四 of 沈四海 is no name yet; 王五 of 王五安排 is one."""
    start, end = found.span()
    last = plain[end : end + 1]
    goes_on = end - start == 2 and last in END_OF_A_NAME and not is_common(plain[end : end + 2])
    return start, end + goes_on


def person(name: str = "person", *, said_after: str = "") -> Find:
    """A member by full name; else what looks like one, above all where `said_after` (a regex)
    stands before it."""
    mark = (
        re.compile(rf"(?:{said_after})([{SURNAMES}][\u4e00-\u9fff]{{1,2}}?){FOLLOWS_A_NAME}")
        if said_after
        else None
    )

    def find(hearing: Hearing) -> Slots:
        for _, full in hearing.people:
            return {name: full}
        busy = frozenset(at for span, _ in hearing.times for at in range(*span))
        for found in NUMBERED_NAME.finditer(hearing.plain):
            if found.start() not in busy:
                return {name: hearing.surface(_with_its_end(hearing.plain, found))}
        for span in named_in(hearing.plain, busy):
            return {name: hearing.surface(span)}
        if mark and (named := mark.search(hearing.plain)):
            return {name: hearing.surface(named.span(1))}
        return {}

    return find
