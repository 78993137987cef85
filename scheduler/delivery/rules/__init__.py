"""What delivery decides, as values. Nothing here asks the time, the database or chance."""
