"""What is done to the question bank."""
