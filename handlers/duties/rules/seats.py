"""Whose seat a role of the rules is, and who takes it where it is empty or its holder away."""

from collections.abc import Mapping, Sequence

UP = ("organ_committee", "committee_office")
SEATS: Mapping[str, Sequence[str]] = {
    "secretary": ("secretary", "deputy_secretary", "org_commissioner", *UP),
    "deputy_secretary": ("deputy_secretary", "secretary", "org_commissioner", *UP),
    "org_commissioner": ("org_commissioner", "deputy_secretary", "secretary", *UP),
    "publicity_commissioner": ("publicity_commissioner", "org_commissioner", "secretary", *UP),
    "discipline_commissioner": ("discipline_commissioner", "secretary", *UP),
    "group_leader": ("group_leader", "org_commissioner", "secretary", *UP),
    "branch_committee": ("org_commissioner", "secretary", "deputy_secretary", *UP),
    "trainer_contact": ("org_commissioner", "secretary", "deputy_secretary", *UP),
    "introducer": ("org_commissioner", "secretary", "deputy_secretary", *UP),
    "applicant": ("org_commissioner", "secretary", "deputy_secretary", *UP),
    "assignee": ("secretary", "deputy_secretary", *UP),
    "parent_committee": UP,
    "parent_committee_secretary": UP,
    "leading_group": UP,
    "leading_group_secretary": UP,
    "committee": ("committee_office",),
    "committee_office": ("committee_office",),
    "committee_secretary": ("committee_office",),
    "org_department": ("committee_office",),
    "data_protection_lead": ("operator", "committee_office"),
}
"""Posts by the glossary, the right one first. Whom the register has no post for (培养联系人,
入党介绍人, an applicant, who is no member yet), the organisation commissioner looks after."""
A_DAY_OFF = 24
"""Hours: whoever does not want to be disturbed for longer is away."""
