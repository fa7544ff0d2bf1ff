"""Pictures of every page and state of the window: ``python3 dev.py shots DIR``.

``scenes`` is the list of what there is to see; whoever builds a page adds a few lines there. ``stage`` is
what a scene plays on: the real program on a clock turned by hand. ``stand_ins`` and ``sample_history`` are
its props.
"""
