"""Writes ks-one-sided.json. python3 ks-one-sided.py > ks-one-sided.json

For `greater` the gap is the largest i*m - j*n, for `less` the largest j*n - i*m, by counting; the location is the
smallest value that attains it. p-values are shares of lattice paths counted with Python's integers, with ties ("ignore":
looked for everywhere, "conditional": only where a block of equal pooled values ends). scipy.stats.ks_2samp must agree on
the statistic, and on its exact p-value with "ignore".
"""

import warnings
from fractions import Fraction
from math import comb

import numpy as np
import scipy.stats
from oracle import Sample, nearest, samples, seed, write

warnings.simplefilter("ignore")


def largest(x, y, sign):
    values = np.unique(np.concatenate([x, y]) + 0.0)
    i = np.searchsorted(np.sort(x), values, "right").astype(object)
    j = np.searchsorted(np.sort(y), values, "right").astype(object)
    gaps = sign * (i * len(y) - j * len(x))
    gap = max(gaps)
    return (gap, float(values[list(gaps).index(gap)])) if gap > 0 else (0, None)


def share(n, m, gap, sign, ends):
    """Share of the paths from (0, 0) to (n, m) that reach the gap at a step in `ends` (all of them when None)."""
    counted = None if ends is None else set(ends)
    row = [0] * (m + 1)
    for i in range(n + 1):
        left = 0
        for j in range(m + 1):
            paths = 1 if i == 0 and j == 0 else row[j] + left
            if sign * (i * m - j * n) >= gap and (counted is None or i + j in counted):
                paths = 0
            row[j] = left = paths
    return 1 - Fraction(row[m], comb(n + m, n))


def tie_ends(x, y):
    _, counts = np.unique(np.concatenate([x, y]) + 0.0, return_counts=True)
    return np.cumsum(counts).tolist()


random = np.random.default_rng(seed + 3)
every = samples()
normal = Sample(np.round(random.normal(0, 1, 60), 6))
pairs = [
    ("normal against shifted", every["normal"], every["shifted normal"]),
    ("equal sizes", normal, Sample(np.round(random.normal(0.5, 1, 60), 6))),
    ("equal sizes with ties", Sample(random.integers(0, 9, 50)), Sample(random.integers(1, 9, 50))),
    ("apart", Sample(range(40)), Sample(range(40, 71))),
    ("digits", every["digits"], every["more digits"]),
    ("two values", every["two values"], Sample([-1, -1, 7, 7, 7])),
    ("coprime sizes", Sample(np.round(random.normal(0, 1, 101), 6)), Sample(np.round(random.normal(0.3, 1, 7), 6))),
    ("infinities", Sample([-np.inf, 0, 1, np.inf]), Sample([0, 1, 2, 3])),
    ("a wider one", Sample(normal[:31]), Sample([3 * value for value in normal[30:]])),
]
cases = []
for name, x, y in pairs:
    n, m = len(x), len(y)
    for alternative, sign in (("greater", 1), ("less", -1)):
        gap, location = largest(x, y, sign)
        ignoring = share(n, m, gap, sign, None) if gap else Fraction(1)
        conditional = share(n, m, gap, sign, tie_ends(x, y)) if gap else Fraction(1)
        peer = scipy.stats.ks_2samp(x, y, alternative=alternative, method="exact")
        assert peer.statistic == nearest(Fraction(gap, n * m)), (name, peer.statistic, gap)
        assert abs(peer.pvalue - nearest(ignoring)) <= 1e-9 * peer.pvalue + 1e-14, (name, peer.pvalue, ignoring)
        if gap:
            assert peer.statistic_sign == sign and peer.statistic_location == location, name
        cases.append(
            {
                "name": f"{name}, {alternative}",
                "reference": x.written(),
                "current": y.written(),
                "alternative": alternative,
                "gap": gap,
                "location": location,
                "conditional": conditional,
                "ignore": ignoring,
            }
        )
write("counted with integers; scipy.stats.ks_2samp agrees", {"gap, location": 0, "pValue": 1e-10}, cases)
