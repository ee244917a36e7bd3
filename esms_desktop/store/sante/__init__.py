"""Whether a base reads, and what can be saved of one that does not."""
