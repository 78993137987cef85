"""What is done with duties: planning them, listing them, closing them."""
