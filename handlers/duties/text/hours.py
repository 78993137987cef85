"""What is said of study hours."""

from datetime import date

HELP = "我的学时：今年记到多少学时"
ELSEWHERE = "在别处参加的培训不在这个数里，以支部登记为准。"


def mine(
    year: int, hours: float, times: int, wanted: int | None, counted_since: date | None
) -> str:
    if not times:
        asked = f"全年一般不少于 {wanted} 学时。" if wanted else ""
        return f"{year}年这里还没有您的学时记录。{asked}来参加计学时的活动签个到，就自动记上。"
    head = f"您{year}年记到 {hours:g} 学时（{times} 场）"
    if wanted is None:
        said = f"{head}。"
    elif hours >= wanted:
        said = f"{head}，{wanted} 学时已经够了。"
    else:
        said = f"{head}，全年一般不少于 {wanted}，还差 {wanted - hours:g}。"
    if counted_since:
        said += f"支部从 {counted_since.month}月{counted_since.day}日起才在这里记。"
    return said + ELSEWHERE
