"""How a capability says which words, buttons and answers it handles."""
