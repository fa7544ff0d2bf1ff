"""Errors that are told to a person: what happened, and what helps."""


class MatSessionError(Exception):
    """Something went wrong that the person can understand and perhaps mend.

    ``title`` says in one sentence what happened, ``advice`` what can be done.
    Anything else that is raised is our own mistake, and goes to the log.
    """

    def __init__(self, title: str, advice: str = "") -> None:
        """Keep both sentences."""
        super().__init__(f"{title} {advice}".strip())
        self.title = title
        self.advice = advice
