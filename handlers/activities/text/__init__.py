"""How it is worded."""
