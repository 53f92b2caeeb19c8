"""How often feeds are read."""

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

A_FEED, AN_ADDRESS = RateLimitItemPerMinute(120), RateLimitItemPerMinute(20)


class Polls:
    """
    Full answers by feed, and guessed tokens by address, within a minute.

    What has not changed is cheap and not counted. Counted in memory, for
    one process serves.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def full(self, subscription: int) -> bool:
        """Whether a feed is handed out once more."""
        return self._limiter.hit(A_FEED, "feed", str(subscription))

    def unknown(self, address: str) -> bool:
        """Whether an address may ask for what is not there once more."""
        return self._limiter.hit(AN_ADDRESS, "address", address)
