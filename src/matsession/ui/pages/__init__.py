"""One page of the window in each file."""
