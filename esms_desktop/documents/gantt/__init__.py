"""The drawing of a planning, on its pages."""
