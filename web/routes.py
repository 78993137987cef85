"""Every page and every deed of the console, and who may have it. The whole list."""

from bot.permissions import Action
from web import text
from web.pages import today
from web.visit import HOME, Deed, Page

NAVIGATION = ((HOME, text.TODAY, Action.ENTER_CONSOLE),)
PAGES = (Page(HOME, today.show),)
DEEDS = (
    Deed("/console/duties/{id}/close", today.close_duty, Action.CLOSE_DUTY),
    Deed("/console/requests/{id}/{how}", today.decide, Action.DECIDE_REQUEST),
    Deed("/console/activities/{id}/open", today.open_check_in, Action.RUN_CHECK_IN),
    Deed("/console/activities/{id}/close", today.close_check_in, Action.RUN_CHECK_IN),
    Deed("/console/activities/{id}/remind", today.remind, Action.REMIND_MISSING),
)
