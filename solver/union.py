"""Names tied to each other, directly or through others."""


class Union:
    """Union-find over names."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def root(self, name: str) -> str:
        """The name that stands for everything tied to this one."""
        above = self._above.setdefault(name, name)
        while above != name:
            # Halves the way for whoever asks next.
            self._above[name] = self._above[above]
            name, above = above, self._above[above]

        return name

    def tie(self, *names: str) -> None:
        """Makes these one."""
        for name in names[1:]:
            self._above[self.root(name)] = self.root(names[0])
