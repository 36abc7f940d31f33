"""What changed between two results beyond noise, and what counts as noise."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """
    One number of a result and the range of its noise: that of all runs by benchmarks/compare, or the interval in which JMH
    is 99.9 % sure that it lies. Without a range too little was measured to tell.
    """

    middle: float
    low: float | None = None
    high: float | None = None

    def is_beyond(self, other, factor):
        """Whether this is larger than another by more than a factor, and their ranges do not overlap."""
        return self.middle > factor * other.middle and self.low > other.high


@dataclass(frozen=True)
class Change:
    """A figure that two results have."""

    name: str
    old: Figure
    new: Figure
    more_is_better: bool = False
    words: tuple = ("slower", "faster")
    """For worse and better."""

    @property
    def can_be_judged(self):
        return all(figure.middle > 0 and figure.low is not None for figure in (self.old, self.new))

    def verdict(self, factor):
        """The word for worse or better; empty if the change is smaller than the factor, or noise."""
        good, bad = (self.new, self.old) if self.more_is_better else (self.old, self.new)
        if bad.is_beyond(good, factor):
            return self.words[0]
        return self.words[1] if good.is_beyond(bad, factor) else ""
