"""What is remembered: one file is its tables and its named queries."""
