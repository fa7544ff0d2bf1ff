"""The second front: a session in a terminal."""
