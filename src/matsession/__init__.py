"""MatSession: guided, timed sessions on an acupressure mat, with chimes that are heard."""

__version__ = "0.1.0"
