"""The history in and out: CSV and JSON of our own, and that of two other programs; see docs/exchange.md."""
