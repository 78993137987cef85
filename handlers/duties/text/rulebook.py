"""What is wrong with a file of rules, and what to do about it."""

TROUBLES = {
    "not_yaml": ("从这里起读不懂", "请检查缩进、冒号和引号"),
    "empty": ("文件是空的", "请从 storage/seeds/rules.yaml 复制一份来改"),
    "aliases": ("用了 YAML 的引用（& 和 *）", "请把内容直接写出来"),
    "not_text": ("这里应当是一个词或一句话", "请去掉多余的括号或缩进"),
    "not_a_number": ("写的是「{said}」", "请写整数"),
    "not_a_list": ("这里应当是清单", "请写成 [甲, 乙]"),
    "not_a_mapping": ("这里应当是「名称: 内容」", "请参照别的规则写"),
    "twice": ("「{said}」写了两次", "请只留一个"),
    "unknown_key": ("没有「{said}」这一项", "可以写 {hint}"),
    "absent": ("缺少「{said}」", "请补上，写法参照别的规则"),
    "other_schema": ("是第 {said} 版格式", "本程序只认第 {hint} 版，请升级程序"),
    "repeated": ("编号「{said}」与第 {hint} 行重复", "请换一个编号"),
    "unknown_level": ("对象「{said}」不认识", "可以写 {hint}"),
    "unknown_filter": ("条件「{said}」不认识", "可以写 {hint}"),
    "unknown_cadence": ("周期「{said}」不认识", "可以写 {hint}"),
    "unknown_kind": ("日期性质「{said}」不认识", "可以写 {hint}"),
    "unknown_role": ("角色「{said}」不在 roles 里", "可以写 {hint}"),
    "no_ladder": ("「{said}」不在 escalation_profiles 里", "可以写 {hint}"),
    "unknown_source": ("出处「{said}」不在 sources 里", "可以写 {hint}"),
    "unknown_basis": ("「{said}」不认识", "可以写 {hint}"),
    "unknown_binding": ("「{said}」不认识", "可以写 {hint}"),
    "unknown_verification": ("核对程度「{said}」不认识", "可以写 {hint}"),
    "unknown_function": ("没有函数「{said}」", "可以写 {hint}"),
    "unknown_field": ("没有字段「{said}」", "字段名照文件里别的规则写"),
    "wrong_count": ("「{said}」的参数个数不对", "它要 {hint} 个"),
    "wrong_argument": ("「{said}」的第 {hint} 个参数不对", "写法见文件开头的 due_functions"),
    "wrong_field": ("「{said}」不能用在 {hint} 里", "fixed_day 用每月几号，其他函数用日期"),
    "no_such_day": ("没有「{said}」这一天", "请写成 01-31 这样的月日"),
    "not_read": ("「{said}」读不懂", "写法见文件开头的 due_functions"),
    "not_a_date": ("「{said}」算不出一个日期", "写法见文件开头的 due_functions"),
    "breaks_off": ("「{said}」没有写完", "请检查括号"),
    "other_anchor": ("「{said}」没有用在 expr 里", "请改成 {hint}"),
    "nothing_to_count_from": ("周期是 {said}，却没有起算的日期", "请在 expr 里写一个字段"),
    "too_rare": ("到期按 {said} 算，比周期 {hint} 还长", "请让两者一致"),
    "negative_days": ("提前天数写成了 {said}", "请写 0 或正数"),
}
"""What was found, and the remedy."""


def fault(line: int, where: str, what: str, said: str, hint: str) -> str:
    found, remedy = (half.format(said=said, hint=hint) for half in TROUBLES[what])
    place = f"第 {line} 行" if line else "整个文件"
    return f"{place}{f'（{where}）' if where else ''}：{found}。{remedy}。"


def not_usable(count: int) -> str:
    return f"规则文件有 {count} 处要改，仍按原来的规则办："


def planned(version: str, new: int, altered: int, missing: int) -> str:
    asked = f"还有 {missing} 处缺日期，书记发「逾期」会看到要补什么。" if missing else ""
    return f"已按规则 {version} 排好未来一年：新增 {new} 条，变动 {altered} 条。{asked}"
