"""SQLite and TOML files: domain values in, domain values out; knows no Qt."""
