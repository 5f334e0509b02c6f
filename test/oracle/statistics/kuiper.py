"""Writes kuiper.json. python3 kuiper.py > kuiper.json

D+ and D- as integers i*m - j*n by counting, with the smallest values that attain them; Kuiper's series with Stephens'
correction at 60 digits. scipy.stats.ks_2samp's one-sided statistics must add up to V.
"""

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


every = samples()
pairs = [
    ("normal against shifted", every["normal"], every["shifted normal"]),
    ("normal against itself", every["normal"], every["normal"]),
    ("normal against nearly itself", every["normal"], Sample(every["normal"][:190])),
    ("digits", every["digits"], every["more digits"]),
    ("apart", Sample(range(40)), Sample(range(40, 71))),
    ("in the middle", Sample(range(40)), Sample([value / 10 + 20 for value in range(30)])),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"]),
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
            "pValue": tail(v, n, m),
        }
    )
write("counted with integers, mpmath", {"statistic, above, below": 0, "pValue (times 1 - ln p)": 1e-14}, cases)
