"""How often somebody may try to log in."""

from limits import RateLimitItem, RateLimitItemPerHour
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

A_LOGIN, AN_ADDRESS = RateLimitItemPerHour(10), RateLimitItemPerHour(20)


class Tries:
    """
    Failed log-ins of the last hour, by account and by address.

    A school sits behind one address: only failures count, so that thirty
    people logging in on a Monday lock nobody out. Counted in memory, for
    one process serves.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def allowed(self, login: str, address: str) -> bool:
        """Whether one more try is heard."""
        return all(
            self._limiter.test(limit, kind, word)
            for limit, kind, word in _counted(login, address)
        )

    def failed(self, login: str, address: str) -> None:
        """Counts a try that came to nothing."""
        for limit, kind, word in _counted(login, address):
            self._limiter.hit(limit, kind, word)


def _counted(
    login: str, address: str
) -> tuple[tuple[RateLimitItem, str, str], ...]:
    return (A_LOGIN, "login", login), (AN_ADDRESS, "address", address)
