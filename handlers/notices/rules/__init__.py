"""Whom a notice is for, what it says, when nobody is disturbed. Plain values only."""
