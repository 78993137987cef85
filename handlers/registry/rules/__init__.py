"""From the rows of a file to values, or to what is wrong with them. Plain values only."""
