"""How members ask for questions, answer them, and look at what they know."""

from handlers.quiz.heard import asking, joining

INTENTS = (*asking.INTENTS, *joining.INTENTS)
