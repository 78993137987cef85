"""Everything that happens by itself, and when: one line a job, in the order in which they are
done when several are due. docs/how-to/add-a-job.md says how to add one."""

from datetime import timedelta

from handlers.checkin.actions import urging
from handlers.duties.actions import climbing, planning
from handlers.notices.actions import posting as notices
from handlers.notices.actions import reminding, unsaying
from handlers.quiz.actions import pushing
from handlers.reminders.actions import posting as own_reminders
from handlers.tasks.actions import letters as tasks
from scheduler import alarms, housekeeping, morning
from scheduler.runs import InParts, Job, Once, in_parts, with_time
from scheduler.slots import Every, daily, workdays

A_NIGHT = timedelta(hours=23)
"""What is done at night is done whenever we wake; the next night does it anyway."""

A_WHILE = timedelta(hours=1)
"""The action itself looks for what is due by now."""
MORNING = InParts((with_time(climbing.climb), morning.letters))
"""First who is to be told of what, then one message to each of them."""

TIMETABLE: tuple[Job, ...] = (
    Job("reminders.post", Every(1), in_parts(own_reminders.post_due_in_parts), A_NIGHT),
    Job("quiz.forget", daily("03:35"), Once(pushing.prune), A_NIGHT, foreseen=False),
    Job("quiz.push", Every(1), in_parts(pushing.push_in_parts), A_WHILE, foreseen=False),
    Job("notices.post", Every(1), in_parts(notices.post_in_parts), A_NIGHT),
    Job("missing.remind", Every(1), in_parts(urging.post_in_parts), A_WHILE),
    Job("notices.remind", Every(1), in_parts(reminding.in_parts), A_WHILE),
    Job("notices.unsay", Every(1), in_parts(unsaying.in_parts), A_NIGHT, foreseen=False),
    Job("alerts.tell", Every(1), Once(alarms.tell), A_NIGHT, foreseen=False),
    Job("audit.end", Every(60), Once(housekeeping.keep_end), A_WHILE, foreseen=False),
    Job("duties.plan", daily("02:10"), in_parts(planning.plan_in_parts), A_NIGHT),
    Job("forget", daily("03:10"), in_parts(housekeeping.forget_in_parts), A_NIGHT, foreseen=False),
    Job("erased", daily("03:20"), Once(housekeeping.keep_erased), A_NIGHT, foreseen=False),
    Job("audit", daily("03:30"), in_parts(housekeeping.trail_in_parts), A_NIGHT, foreseen=False),
    Job("tasks.announce", daily("08:20"), Once(tasks.announce), A_NIGHT),
    Job("workdays", daily("08:30"), Once(housekeeping.warn_of_workdays), A_NIGHT),
    Job("morning", workdays("08:40"), MORNING, morning.LATE),
)
