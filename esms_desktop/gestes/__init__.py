"""Every write that a person can ask for, one function each: the window, the command line and the imports call these."""
