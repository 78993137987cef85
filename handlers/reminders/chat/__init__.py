"""What is said about reminders."""

from bot.routing import Router
from handlers.reminders.chat import keeping, setting

router = Router()
router.include(setting.router)
router.include(keeping.router)
