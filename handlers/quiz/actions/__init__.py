"""What is done about study. None of it is told to anybody else."""
