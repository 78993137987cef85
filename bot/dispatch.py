"""The path of one message: hear, find the handler, answer. Nothing else happens here."""
