"""What is done with reminders."""
