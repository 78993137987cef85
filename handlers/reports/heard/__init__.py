"""How members ask for circulars and for tables."""

from handlers.reports.heard import circulars, exports

INTENTS = (*circulars.INTENTS, *exports.INTENTS)
