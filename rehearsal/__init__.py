"""A synthetic year of a whole city, on a virtual clock: the real timetable, delivery, chat and
check-ins against the stand-ins, in process; judged by the checker, with what it cost people.

`city` is who lives there, `house` the assistant with a clock that jumps, `year` what people do,
`judging` the verdict. Only `zhibu rehearse` and the tests start it.
"""
