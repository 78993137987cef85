"""Who is let in: called from chat, and from the console itself."""
