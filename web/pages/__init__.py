"""One file for each page: what is shown, and what can be done there."""
