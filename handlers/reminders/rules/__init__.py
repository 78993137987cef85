"""What is wanted, and when it comes again."""
