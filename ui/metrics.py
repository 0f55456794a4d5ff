"""What Prometheus is told: requests and answers counted and timed, the line, memory and open files. No question, no user.

Served on a port of its own, so that no page, proxy or account comes near it. The only module that imports prometheus_client.
"""

from __future__ import annotations

from collections.abc import Callable

from assistant.errors import AssistantError

__all__ = ["Metrics", "MetricsNotServed"]

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0)


class MetricsNotServed(AssistantError):
    """The metrics cannot be served at the address asked for."""

    advice = "Set ATTACHE_METRICS to an address and a free port, such as 127.0.0.1:9464."


class Metrics:
    """Counters of one server, in a registry of their own."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, processor time, open files
        self._requests = Counter("attache_requests", "Requests by route and status", ("route", "status"), registry=self.registry)
        self._seconds = Histogram("attache_request_seconds", "Seconds to the end of a request", ("route",), buckets=_SECONDS, registry=self.registry)
        self._outcomes = Counter("attache_answers", "Answers by outcome", ("outcome",), registry=self.registry)
        self._answering = Histogram("attache_answer_seconds", "Seconds of work for an answer", buckets=_SECONDS, registry=self.registry)
        self._waiting = Gauge("attache_waiting", "Questions that wait in the line", registry=self.registry)
        self._ready = Gauge("attache_ready", "Whether this worker can answer", registry=self.registry)

    def requested(self, route: str, status: int, seconds: float) -> None:
        """Count a request that has ended."""
        self._requests.labels(route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answered(self, outcome: str, seconds: float) -> None:
        """Count an answer."""
        self._outcomes.labels(outcome).inc()
        self._answering.observe(seconds)

    def watch(self, waiting: Callable[[], int], ready: Callable[[], bool]) -> None:
        """Read the length of the line and the readiness whenever they are asked for."""
        self._waiting.set_function(waiting)
        self._ready.set_function(lambda: float(ready()))

    def text(self) -> str:
        """Return all of it in the form that Prometheus reads."""
        from prometheus_client import generate_latest

        return generate_latest(self.registry).decode()

    def serve(self, address: str) -> Callable[[], None]:
        """Serve at `host:port` in a thread of its own; returns what ends it. Raises MetricsNotServed."""
        from prometheus_client import start_http_server

        host, _, port = address.rpartition(":")
        if not port.isdigit():
            raise MetricsNotServed(f"“{address}” is no address for the metrics.")
        try:
            server, thread = start_http_server(int(port), host or "127.0.0.1", self.registry)
        except (OSError, OverflowError) as error:
            raise MetricsNotServed(f"The metrics cannot be served at {address}: {error}.") from error

        def end() -> None:
            server.shutdown()
            server.server_close()
            thread.join()

        return end
