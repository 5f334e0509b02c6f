"""Writes kuiper.json. python3 kuiper.py > kuiper.json

D+ and D- as integers i*m - j*n by counting, with the smallest values that attain them; Kuiper's series with Stephens'
correction at 60 digits. scipy.stats.ks_2samp's one-sided statistics must add up to V.

The exact share of all orders of the pooled values, given the ties, with a V at least as large: paths inside a band
[-a, -a + gap) are counted with exact integers for every a; bands that are one narrower below hold those whose smallest
gap is higher, and the differences add up to all with a smaller V.
"""

import math
import warnings
from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from mpmath import mpf
from oracle import Sample, formula, samples, write

warnings.simplefilter("ignore")


def largest(x, y, sign):
    values = np.unique(np.concatenate([x, y]) + 0.0)
    i = np.searchsorted(np.sort(x), values, "right").astype(object)
    j = np.searchsorted(np.sort(y), values, "right").astype(object)
    gaps = sign * (i * len(y) - j * len(x))
    gap = max(gaps)
    return (gap, float(values[list(gaps).index(gap)])) if gap > 0 else (0, None)


def tail(v, n, m):
    if v == 0:
        return mpf(1)
    root = mpmath.sqrt(mpf(n * m) / (n + m))
    z = (mpf(v.numerator) / v.denominator) * (root + mpf("0.155") + mpf("0.24") / root)
    terms = range(1, int(12 / z) + 3)
    return 2 * sum((4 * (k * z) ** 2 - 1) * mpmath.exp(-2 * (k * z) ** 2) for k in terms)


def inside(n, m, low, high, ends):
    """Orders with low <= i*m - j*n <= high wherever a block of equal values ends."""
    counts = {0: 1}
    for k in range(1, n + m + 1):
        after = {}
        for i, count in counts.items():
            if i < n:
                after[i + 1] = after.get(i + 1, 0) + count
            if k - 1 - i < m:
                after[i] = after.get(i, 0) + count
        if k in ends:
            after = {i: count for i, count in after.items() if low <= i * m - (k - i) * n <= high}
        counts = after
    return counts.get(n, 0)


def share(x, y, gap, ties):
    n, m = len(x), len(y)
    if gap == 0:
        return mpf(1)
    pooled = sorted(v + 0.0 for v in [*x, *y])
    ends = {k + 1 for k in range(n + m) if not ties or k + 1 == n + m or pooled[k] != pooled[k + 1]}
    step = math.gcd(n, m)
    smaller = 0
    for a in range(0, gap, step):
        smaller += inside(n, m, -a, gap - a - step, ends)
        if a > 0:
            smaller -= inside(n, m, -a + step, gap - a - step, ends)
    total = math.comb(n + m, n)
    return mpf(total - smaller) / total


every = samples()
pairs = [
    ("normal against shifted", every["normal"], every["shifted normal"]),
    ("normal against itself", every["normal"], every["normal"]),
    ("normal against nearly itself", every["normal"], Sample(every["normal"][:190])),
    ("digits", every["digits"], every["more digits"]),
    ("apart", Sample(range(40)), Sample(range(40, 71))),
    ("in the middle", Sample(range(40)), Sample([value / 10 + 20 for value in range(30)])),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"]),
    ("mostly zeros", Sample([0] * 32 + list(range(1, 9))), Sample([0] * 10 + [2, 3, 3, 5, 9, 9, 9, 9])),
    ("few, no ties", Sample([1, 4, 9, 10, 16.5, 20, 30, 31, 40]), Sample([2, 3, 5, 6, 17, 18])),
    ("few, ties", Sample([1, 4, 4, 4, 9, 10, 16, 20, 30]), Sample([1, 4, 5, 6, 16, 16])),
    ("far beyond 1e-17", Sample(range(60)), Sample([k + 58.5 for k in range(55)])),
    ("one against many", Sample([3.5]), Sample(range(30))),
    ("one against one", Sample([1]), Sample([2])),
    ("long", formula(20000, 7919, 104729, 1024, -50), formula(10000, 7907, 104723, 1024, -49.6)),
    ("long, apart", formula(20000, 7919, 104729, 1024, -50), formula(10000, 7907, 104723, 3000, -20)),
]
cases = []
for name, x, y in pairs:
    n, m = len(x), len(y)
    (up, above), (down, below) = largest(x, y, 1), largest(x, y, -1)
    v = Fraction(up + down, n * m)
    peers = [scipy.stats.ks_2samp(x, y, alternative=side, method="asymp").statistic for side in ("greater", "less")]
    assert abs(sum(peers) - float(v)) < 1e-14, name
    cases.append(
        {
            "name": name,
            "reference": x.written(),
            "current": y.written(),
            "statistic": v,
            "above": above,
            "below": below,
            "asymptotic": tail(v, n, m),
            **({"exact": share(x, y, up + down, True), "untied": share(x, y, up + down, False)} if n * m < 6000 else {}),
        }
    )
tolerance = {"statistic, above, below": 0, "asymptotic (times 1 - ln p)": 1e-14, "exact, untied": 1e-12}
write("counted with integers, mpmath", tolerance, cases)
