"""The money: what is granted, what it costs, who pays what."""
