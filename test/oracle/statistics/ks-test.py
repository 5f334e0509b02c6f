"""Writes ks-test.json. python3 ks-test.py > ks-test.json

The statistic as the integer gap = max |i*m - j*n|, where it is attained and with which sign (the smallest value; + before
-), by counting. p-values are shares of lattice paths counted with Python's integers, so no tail loses digits: one where
the gap is looked for everywhere ("ignore"), one where it is looked for only where a block of equal pooled values ends
("conditional"). scipy.stats.ks_2samp must agree: its statistic to the last bit, its exact p-value with "ignore" to 1e-9
where that exceeds 1e-13 (below, SciPy's is the difference between 1 and a rounded number for some sizes).
"""

import warnings
from fractions import Fraction
from math import comb

import numpy as np
import scipy.stats
from oracle import Sample, formula, nearest, samples, seed, write

warnings.simplefilter("ignore")


def largest(x, y):
    n, m = len(x), len(y)
    values = np.unique(np.concatenate([x, y]) + 0.0)
    i = np.searchsorted(np.sort(x), values, "right").astype(object)
    j = np.searchsorted(np.sort(y), values, "right").astype(object)
    gaps = i * m - j * n
    size = max(abs(gaps))
    if size == 0:
        return 0, None
    sign = 1 if size in gaps else -1
    return sign * size, float(values[list(gaps).index(sign * size)])


def share(n, m, gap, ends):
    """Share of the paths from (0, 0) to (n, m) that reach the gap at a step in `ends` (all of them when None)."""
    counted = None if ends is None else set(ends)
    row = [0] * (m + 1)
    for i in range(n + 1):
        left = 0
        for j in range(m + 1):
            paths = 1 if i == 0 and j == 0 else row[j] + left
            if abs(i * m - j * n) >= gap and (counted is None or i + j in counted):
                paths = 0
            row[j] = left = paths
    return 1 - Fraction(row[m], comb(n + m, n))


def tie_ends(x, y):
    _, counts = np.unique(np.concatenate([x, y]) + 0.0, return_counts=True)
    return np.cumsum(counts).tolist()


random = np.random.default_rng(seed + 2)
every = samples()
normal = Sample(np.round(random.normal(0, 1, 60), 6))
pairs = [
    ("normal against shifted", every["normal"], every["shifted normal"]),
    ("normal against itself", every["normal"], every["normal"]),
    ("equal sizes", normal, Sample(np.round(random.normal(0.5, 1, 60), 6))),
    ("equal sizes, close", normal, Sample(np.round(random.normal(0, 1, 60), 6))),
    ("equal sizes, apart", normal, Sample([value + 10 for value in normal])),
    ("equal sizes with ties", Sample(random.integers(0, 9, 50)), Sample(random.integers(1, 9, 50))),
    ("nearly apart", every["normal"], Sample([value / 4 + 2.5 for value in every["shifted normal"]])),
    ("apart", Sample(range(40)), Sample(range(40, 71))),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"]),
    ("digits", every["digits"], every["more digits"]),
    ("digits against decimals", every["digits"], every["one decimal"]),
    ("two values", every["two values"], Sample([-1, -1, 7, 7, 7])),
    ("two values alike", every["two values"], Sample(every["two values"][:31])),
    ("coprime sizes", Sample(np.round(random.normal(0, 1, 101), 6)), Sample(np.round(random.normal(0.3, 1, 7), 6))),
    ("one against many", Sample([0.123]), every["normal"]),
    ("one against one", Sample([1]), Sample([2])),
    ("two gaps of one size, positive right of negative", Sample([2, 3]), Sample([1, 4])),
    ("two gaps of one size, negative right of positive", Sample([1, 4]), Sample([2, 3])),
    ("infinities", Sample([-np.inf, 0, 1, np.inf]), Sample([0, 1, 2, 3])),
    ("infinities at both ends", Sample([-np.inf] * 5 + list(normal)), Sample([np.inf] * 9 + list(normal[:40]))),
    ("zeros of both signs", every["zeros of both signs"], Sample([0, 1, 2])),
    ("an outlier", every["an outlier"], Sample(normal[:30])),
    ("powers of two", every["powers of two"], Sample(every["tiny"][:20])),
    ("subnormal", every["subnormal"], Sample(every["tiny"][:30])),
]
cases = []
for name, x, y in pairs:
    n, m = len(x), len(y)
    gap, location = largest(x, y)
    ignoring = share(n, m, abs(gap), None) if gap else Fraction(1)
    conditional = share(n, m, abs(gap), tie_ends(x, y)) if gap else Fraction(1)
    peer = scipy.stats.ks_2samp(x, y, method="exact")
    assert peer.statistic == nearest(Fraction(abs(gap), n * m)), (name, peer.statistic, gap)
    if ignoring > 1e-13:
        assert abs(peer.pvalue - nearest(ignoring)) <= 1e-9 * peer.pvalue, (name, peer.pvalue, nearest(ignoring))
    cases.append(
        {
            "name": name,
            "reference": x.written(),
            "current": y.written(),
            "gap": gap,
            "location": location,
            "conditional": conditional,
            "ignore": ignoring,
        }
    )

# Too large to be exact by default: the law for the effective size must be within 0.1 % of the exact share.
long = formula(20000, 7919, 104729, 1024, -50)
for name, x, y in [
    ("20 000 against 50", long, formula(50, 7907, 104723, 1024, -36)),
    ("20 000 against 50, far", long, formula(50, 7907, 104723, 1500, -48)),
    ("20 000 against 200", long, formula(200, 7907, 104723, 1024, -42)),
    ("20 000 against 200, near", long, formula(200, 7907, 104723, 1024, -47)),
]:
    gap, location = largest(x, y)
    cases.append(
        {
            "name": name,
            "reference": x.written(),
            "current": y.written(),
            "gap": gap,
            "location": location,
            "ignore": share(len(x), len(y), abs(gap), None),
            "large": True,
        }
    )
write(
    "counted with integers; scipy.stats.ks_2samp agrees",
    {"gap, location": 0, "pValue": 1e-10, "asymptotic (cases marked large)": 1e-3},
    cases,
)
