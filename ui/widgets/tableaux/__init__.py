"""Tables and matrices."""
