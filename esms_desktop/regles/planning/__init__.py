"""When: the calendar, the network of tasks, the plan type, the waves."""
