"""One file for each thing outside the program; each has a silent fallback."""
