"""Which days are worked, how the rules are read, and what they ask for when."""
