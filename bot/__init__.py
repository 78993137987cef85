"""The process: hears, finds the handler, answers."""
