"""Errors that are told to a person: what happened, and what helps."""

from collections.abc import Callable, Mapping


class MatSessionError(Exception):
    """Something went wrong that the person can understand and perhaps mend.

    ``title`` says in one sentence what happened, ``advice`` what can be done.
    Anything else that is raised is our own mistake, and goes to the log.
    """

    def __init__(self, title: str, advice: str = "", values: Mapping[str, str] | None = None) -> None:
        """Keep both sentences; where there are ``values``, they stand for {placeholders} in them.

        The sentences as they were given, in ``patterns``, are what can be translated.
        """
        self.patterns = (title, advice)
        self.values = dict(values or {})
        self.title, self.advice = (self._filled(pattern) for pattern in self.patterns)
        super().__init__(f"{self.title} {self.advice}".strip())

    def _filled(self, pattern: str) -> str:
        # A sentence without values may quote braces that somebody typed.
        return pattern.format_map(self.values) if self.values else pattern

    def told_by(self, translate: Callable[[str], str]) -> tuple[str, str]:
        """Title and advice in another language."""
        title, advice = (self._filled(translate(pattern)) if pattern else "" for pattern in self.patterns)
        return title, advice
