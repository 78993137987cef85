"""What is done in contests."""
