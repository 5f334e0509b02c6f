"""Tables of two sides' counts in the same cells, for the methods that compare cells."""

import numpy as np
from oracle import seed


def tables():
    """Name -> (reference, current)."""
    random = np.random.default_rng(seed)
    draw = lambda n, shares: random.multinomial(n, np.array(shares) / np.sum(shares))
    zipf = 1 / np.arange(1, 301)
    found = {
        "two by two": ([12, 5], [7, 9]),
        "three rows": ([1, 1], [1, 0]),
        "proportional": ([10, 20, 30], [1, 2, 3]),
        "identical": ([7, 11, 13, 2], [7, 11, 13, 2]),
        "disjoint": ([5, 6, 0, 0], [0, 0, 7, 1]),
        "one in common": ([5, 6, 1, 0], [0, 0, 1, 9]),
        "a new category": ([500, 300, 200, 0], [40, 5, 0, 5]),
        "empty on both sides": ([5, 0, 4], [2, 0, 8]),
        "all rare": ([1, 1, 1, 0, 1, 2, 0], [1, 0, 0, 1, 1, 0, 1]),
        "nearly equal": ([1_000_001, 999_999, 1_000_000], [1_000_000, 1_000_000, 1_000_000]),
        "billions": ([3_000_000_000, 1_999_999_999], [2_000_000_001, 1_333_333_333]),
        "far apart": ([100_000, 5], [3, 100_000]),
        "one rare among many": ([99_999, 1], [48, 2]),
    }
    for name, n, m, shares in [
        ("equal shares", 1000, 1000, np.ones(5)),
        ("large against small", 20_000, 50, [50, 30, 10, 5, 3, 1, 1]),
        ("three hundred, large against small", 20_000, 50, zipf),
        ("three hundred", 3_000, 2_000, zipf),
    ]:
        found[name] = (draw(n, shares), draw(m, shares))
        found[f"{name}, changed"] = (draw(n, shares), draw(m, list(shares)[::-1]))
    return {name: ([int(i) for i in x], [int(j) for j in y]) for name, (x, y) in found.items()}


def used(reference, current):
    """Without the cells that are empty on both sides."""
    return zip(*[(i, j) for i, j in zip(reference, current) if i + j > 0])
