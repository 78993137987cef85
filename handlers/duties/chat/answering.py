from bot.permissions import Action
from bot.routing import Context, Router, Said
from handlers.duties.actions.planning import rulebook
from handlers.duties.rules import answering as rules
from handlers.duties.rules.rulebook import Rule
from handlers.duties.text import answering as text

router = Router()


@router.command("规定", may=Action.ASK_RULES, help=text.HELP, intent="rule_question")
def what_the_rules_say(ctx: Context, said: Said) -> str:
    topic = str(said.slots.get("topic", "")) or ("" if said.rest == said.text else said.rest)
    found = rules.asked_about(topic, said.text, rulebook())
    return text.answer([quoted(each) for each in found]) if found else text.UNKNOWN


def quoted(rule: Rule) -> str:
    anchor, function, count = rules.limit(rule)
    if anchor:
        asks = text.counted(anchor, function, count)
    elif rule.per in text.PER:
        asks = text.how_often(rule.per, rule.times, rule.hours)
    else:
        asks = rule.notes.partition("；")[0]
    return text.rule(
        rule.name,
        asks,
        draft=rule.limit_basis == "draft",
        title=rule.source.title,
        article=rule.source.article,
        verification=rule.source.verification,
    )
