"""Writes cramer-von-mises.json. python3 cramer-von-mises.py > cramer-von-mises.json

T without ties is Anderson's formula as an exact rational, and scipy.stats.cramervonmises_2samp must agree on T and on
both p-values (the asymptotic one where it is above 1e-6: SciPy's is a difference from 1). With ties "ignore" is SciPy's
(mid-ranks, the law without ties). "conditional" is T with straight lines across runs of equal values, and its exact
p-value by trying all ways to deal the pooled values to the two sides.
"""

import warnings
from fractions import Fraction
from itertools import combinations

import numpy as np
import scipy.stats
from oracle import Sample, formula, samples, seed, write

warnings.simplefilter("ignore")


def squares(x, y):
    n, m = len(x), len(y)
    values = np.unique(np.concatenate([x, y]) + 0.0)
    i = [0, *np.searchsorted(np.sort(x), values, "right").tolist()]
    j = [0, *np.searchsorted(np.sort(y), values, "right").tolist()]
    total = 0
    for k in range(1, len(i)):
        g, h = i[k - 1] * m - j[k - 1] * n, i[k] * m - j[k] * n
        total += (i[k] + j[k] - i[k - 1] - j[k - 1]) * (g * g + g * h + h * h)
    return total


def straight(x, y):
    n, m = len(x), len(y)
    return Fraction(squares(x, y), 3 * (n + m) ** 2 * n * m) + Fraction(1, 6 * (n + m))


def anderson(x, y):
    """From twice the mid-ranks."""
    n, m = len(x), len(y)
    total, product = n + m, n * m
    ranks = (2 * scipy.stats.rankdata(np.concatenate([np.sort(x), np.sort(y)]) + 0.0)).astype(int).tolist()
    u = n * sum((r - 2 * (k + 1)) ** 2 for k, r in enumerate(ranks[:n]))
    u += m * sum((r - 2 * (k + 1)) ** 2 for k, r in enumerate(ranks[n:]))
    return Fraction(u, 4 * product * total) - Fraction(4 * product - 1, 6 * total)


def dealt(x, y):
    pooled = np.concatenate([x, y]) + 0.0
    least, count, ways = squares(x, y), 0, 0
    for chosen in combinations(range(len(pooled)), len(x)):
        rest = np.delete(pooled, chosen)
        count += squares(pooled[list(chosen)], rest) >= least
        ways += 1
    return Fraction(count, ways)


random = np.random.default_rng(seed + 5)
every = samples()
normal = lambda size, mean=0: Sample(np.round(random.normal(mean, 1, size), 6))
pairs = [
    ("few", Sample([1, 2, 3.5, 9]), Sample([2.5, 4, 5, 6, 7])),
    ("twenty against twenty", normal(20), normal(20, 0.8)),
    ("twenty against nineteen", normal(20), normal(19, 0.5)),
    ("fifteen against twelve", normal(15), normal(12, 2)),
    ("apart", Sample(range(20)), Sample(range(20, 34))),
    ("six against six with ties", Sample([1, 2, 2, 3, 3, 4]), Sample([2, 3, 4, 4, 5, 5])),
    ("eight against four with ties", Sample([1, 1, 1, 2, 2, 3, 3, 7]), Sample([2, 3, 3, 9])),
    ("two values", Sample([0, 0, 0, 0, 0, 1]), Sample([0, 1, 1, 1])),
    ("infinities", Sample([-np.inf, 0, 1, np.inf]), Sample([0, 1, 2, 3, np.inf])),
    ("normal against shifted", every["normal"], every["shifted normal"]),
    ("normal against normal", normal(150), normal(90, 0.1)),
    ("digits", every["digits"], every["more digits"]),
    ("an outlier", every["an outlier"], normal(300)),
    ("long", formula(20000, 7919, 104729, 1024, -50), formula(10000, 7907, 104723, 1024, -49.6)),
]
cases = []
for name, x, y in pairs:
    n, m = len(x), len(y)
    tied = len(set((np.concatenate([x, y]) + 0.0).tolist())) < n + m
    t = anderson(x, y)
    assert tied or t == straight(x, y), name
    peer = scipy.stats.cramervonmises_2samp(x, y, method="asymptotic")
    assert abs(peer.statistic - float(t)) <= 1e-8 * float(t), (name, peer.statistic, float(t))
    case = {
        "name": name,
        "reference": x.written(),
        "current": y.written(),
        "tied": tied,
        "statistic": straight(x, y),
        "ignore": t,
    }
    if peer.pvalue > 1e-6:
        case["asymptotic"] = peer.pvalue
    if max(n, m) <= 20:
        case["exact"] = scipy.stats.cramervonmises_2samp(x, y, method="exact").pvalue
        if n + m <= 12:
            case["conditional"] = dealt(x, y)
            assert tied or abs(float(case["conditional"]) - case["exact"]) < 1e-12, name
    cases.append(case)
write(
    "exact rationals, all ways to deal; scipy.stats.cramervonmises_2samp",
    {"statistic": 1e-13, "conditional, exact": 1e-12, "asymptotic (a difference from 1 in SciPy)": 1e-8},
    cases,
)
