from bot.routing import Router
from handlers.binding.chat import devices, entering, inviting, leaving

router = Router()
for each in (entering, inviting, devices, leaving):
    router.include(each.router)
