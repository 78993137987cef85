"""What is decided about tasks."""
