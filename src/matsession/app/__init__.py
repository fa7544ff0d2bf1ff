"""Live objects: the domain joined to a clock or a store, speaking through typed Qt signals."""
