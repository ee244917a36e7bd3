"""What is being typed: saved at each pause, kept when it is refused."""
