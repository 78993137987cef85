"""What is decided about numbers, circulars and tables."""
