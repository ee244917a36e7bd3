"""Small faults put in the code on purpose, to measure what the tests notice. Not collected by pytest: `make mutations`."""
