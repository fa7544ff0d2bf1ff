"""Passive widgets: each displays one thing it is handed."""
