"""Every page and every deed of the console, and who may have it. The whole list."""

from bot.permissions import Action
from web import text
from web.pages import activities, activity, duties, looking, people, screen, settings, tasks, today
from web.visit import HOME, Deed, Page

NAVIGATION = (
    (HOME, text.TODAY, Action.ENTER_CONSOLE),
    ("/console/activities", text.ACTIVITIES, Action.SEE_ATTENDANCE),
    ("/console/duties", text.DUTIES, Action.SEE_DUTIES),
    ("/console/tasks", text.TASKS, Action.SEE_TASKS),
    ("/console/people", text.PEOPLE, Action.SEE_ROSTER),
    ("/console/reach", text.REACH, Action.SEE_REACH),
    ("/console/letters", text.LETTERS, Action.SEE_LETTERS),
    ("/console/audit", text.AUDIT, Action.SEE_AUDIT),
    ("/console/settings", text.SETTINGS, Action.ENTER_CONSOLE),
)
PAGES = (
    Page(HOME, today.show),
    Page("/console/activities", activities.show, Action.SEE_ATTENDANCE),
    Page("/console/activities/plan", activities.plan, Action.ARRANGE_ACTIVITY),
    Page("/console/activities/{id}", activity.show, Action.SEE_ATTENDANCE, "activity"),
    Page("/console/activities/{id}/sheet", activity.download, Action.SEE_ATTENDANCE, "activity"),
    Page("/console/duties", duties.show, Action.SEE_DUTIES),
    Page("/console/duties/beside", duties.beside, Action.SEE_DUTIES),
    Page("/console/duties/each", duties.each, Action.SEE_DUTIES),
    Page("/console/tasks", tasks.show, Action.SEE_TASKS),
    Page("/console/tasks/new", tasks.blank, Action.ISSUE_TASKS),
    Page("/console/tasks/items/{id}", tasks.item, Action.SEE_TASKS, "item"),
    Page("/console/people", people.show, Action.SEE_ROSTER),
    Page("/console/people/in/{org}", people.organisation, Action.SEE_ROSTER, "organisation"),
    Page("/console/people/of/{member}", people.person, Action.SEE_ROSTER),
    Page("/console/people/import", people.blank, Action.IMPORT_REGISTERS),
    Page("/console/people/import/{key}", people.under_way, Action.IMPORT_REGISTERS),
    Page("/console/reach", looking.reach, Action.SEE_REACH),
    Page("/console/letters", looking.letters, Action.SEE_LETTERS),
    Page("/console/audit", looking.audit, Action.SEE_AUDIT),
    Page("/console/settings", settings.show),
    Page("/console/settings/password", settings.password),
    Page("/console/settings/rules", settings.show_rules),
    Page("/screen/{id}", screen.show, Action.RUN_CHECK_IN, "activity"),
)
DEEDS = (
    Deed("/console/duties/{id}/close", today.close_duty, Action.CLOSE_DUTY, "duty"),
    Deed("/console/requests/{id}/{how}", today.decide, Action.DECIDE_REQUEST, "request"),
    Deed("/console/activities/plan", activities.learn, Action.ARRANGE_ACTIVITY),
    Deed("/console/drafts/{id}/publish", activities.publish, Action.ARRANGE_ACTIVITY, "draft"),
    Deed("/console/drafts/{id}/discard", activities.discard, Action.ARRANGE_ACTIVITY, "draft"),
    Deed("/console/activities/{id}/open", activity.open_check_in, Action.RUN_CHECK_IN, "activity"),
    Deed(
        "/console/activities/{id}/close", activity.close_check_in, Action.RUN_CHECK_IN, "activity"
    ),
    Deed("/console/activities/{id}/remind", activity.remind, Action.REMIND_MISSING, "activity"),
    Deed("/console/activities/{id}/roll", activity.call_roll, Action.RUN_CHECK_IN, "activity"),
    Deed("/console/activities/{id}/annul", activity.annul, Action.ANNUL_ATTENDANCE, "activity"),
    Deed("/console/activities/{id}/move", activity.move, Action.ARRANGE_ACTIVITY, "activity"),
    Deed("/console/activities/{id}/cancel", activity.cancel, Action.ARRANGE_ACTIVITY, "activity"),
    Deed("/console/tasks/new", tasks.issue, Action.ISSUE_TASKS),
    Deed("/console/tasks/items/{id}/accept", tasks.accept_all, Action.DECIDE_TASKS, "item"),
    Deed("/console/tasks/items/{id}/nudge", tasks.nudge, Action.NUDGE_TASKS, "item"),
    Deed("/console/tasks/{id}/{step}", tasks.step, Action.SEE_TASKS, "task"),
    Deed("/console/people/of/{member}/invite", people.invite, Action.INVITE),
    Deed(
        "/console/people/import",
        people.preview,
        Action.IMPORT_REGISTERS,
        upload=True,
        before=people.uploaded,
    ),
    Deed("/console/people/import/{key}/confirm", people.confirm, Action.IMPORT_REGISTERS),
    Deed("/console/people/import/{key}/discard", people.discard, Action.IMPORT_REGISTERS),
    Deed(
        "/console/settings/password",
        settings.choose_password,
        Action.ENTER_CONSOLE,
        before=settings.hashed,
    ),
    Deed("/console/settings/elsewhere", settings.leave_elsewhere, Action.ENTER_CONSOLE),
    Deed(
        "/console/settings/workdays",
        settings.import_workdays,
        Action.IMPORT_REGISTERS,
        upload=True,
        before=settings.uploaded,
    ),
)
