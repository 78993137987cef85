"""What is done with registers: called from the command line, the chat and the first start."""

from handlers.registry.actions.completeness import incomplete, unbound
from handlers.registry.actions.demo import Demo, load_demo
from handlers.registry.actions.exporting import Listed, Listing, export
from handlers.registry.actions.importing import Applied, Meanwhile, apply, plan
from handlers.registry.actions.plans import Change, Entry, Faulty, Plan, Subject

__all__ = [
    "Applied",
    "Change",
    "Demo",
    "Entry",
    "Faulty",
    "Listed",
    "Listing",
    "Meanwhile",
    "Plan",
    "Subject",
    "apply",
    "export",
    "incomplete",
    "load_demo",
    "plan",
    "unbound",
]
