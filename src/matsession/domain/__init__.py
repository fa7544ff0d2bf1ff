"""Pure values and functions: standard library only, no Qt, no files, no clock."""
