"""The attached files, one kind after the other: recognised, judged, converted."""
