"""Which rules somebody asks about who says «三会一课多久开一次»."""

from collections.abc import Sequence

from bot.understanding.normal import normalise
from bot.understanding.sounds import key
from handlers.duties.rules.grammar import Call, Field, Number
from handlers.duties.rules.rulebook import Rule, Rulebook

TOPICS = {
    "三会一课": ("OL01", "OL02", "OL03", "OL04"),
    "支部大会": ("OL01",),
    "党员大会": ("OL01",),
    "支委会": ("OL02",),
    "支部委员会": ("OL02",),
    "党课": ("OL04", "OL05"),
    "民主评议": ("OL08",),
    "谈心": ("OL09",),
    "双重组织生活": ("OL10",),
    "中心组学习": ("OL14",),
    "述职": ("LD02",),
    "述职评议": ("LD02",),
    "联系点": ("LD06",),
    "换届": ("TM01", "TM04"),
    "换届选举": ("TM01", "TM04"),
    "支部换届": ("TM01", "TM04"),
    "任期": ("TM01", "TM02", "TM03"),
    "届期": ("TM01", "TM02", "TM03"),
    "党总支": ("TM02",),
    "机关党委": ("TM03",),
    "补选": ("TM06",),
    "入党申请": ("MD02",),
    "入党申请书": ("MD02",),
    "积极分子": ("MD06", "MD07"),
    "入党积极分子": ("MD06", "MD07"),
    "培养联系人": ("MD05",),
    "发展对象": ("MD07", "MD08b"),
    "公示": ("MD08b",),
    "公示期": ("MD08b",),
    "介绍人": ("MD09",),
    "预审": ("MD15",),
    "审批": ("MD17", "MD24"),
    "预备期": ("MD22", "MD23"),
    "预备党员": ("MD22", "MD23"),
    "转正": ("MD22", "MD23", "MD24"),
    "入党宣誓": ("MD20",),
    "党费": ("DU01", "DU02"),
    "学时": ("TR01", "TR02"),
    "集中培训": ("TR01", "TR02"),
    "纪念章": ("AN02",),
    "组织关系": ("RL01",),
    "流动党员": ("RL02",),
    "双报到": ("SV01", "SV02"),
    "志愿服务": ("SV03",),
    "通报": ("LD09",),
}
"""What rules are called besides their names."""
AT_MOST = 4
TERM, TERMS = "任期", ("一届", "每届", "几年一换")


def asked_about(topic: str, said: str, book: Rulebook) -> Sequence[Rule]:
    """The rules of a topic, the likeliest first; none when we know nothing of it.

    「支委会一届几年」 asks for a term, whatever it names."""
    words = TERM if any(each in normalise(said).plain for each in TERMS) else topic
    words = normalise(words).plain
    if len(words) < 2:
        return ()
    named = [rule for rule in book.rules if words in rule.name]
    if known := TOPICS.get(words) or (() if named else sounding_like(words)):
        return [book.by_id[id] for id in known if id in book.by_id]
    return sorted(named, key=lambda rule: len(rule.name))[:AT_MOST]


def sounding_like(words: str) -> Sequence[str]:
    """档费 as voice recognition spells 党费."""
    sound = key(words)
    return next((ids for name, ids in TOPICS.items() if sound and key(name) == sound), ())


def limit(rule: Rule) -> tuple[str, str, int]:
    """What the day is counted from, how, and how far: («candidate.accepted_on», «add_months», 3);
    empty where the rule comes round."""
    match rule.expression:
        case Call(function, (Field(name), Number(count))):
            return name, function, count
        case _:
            return "", "", 0
