"""The jobs of the application, shared by the command line and the window: each takes the door and does one whole thing."""
