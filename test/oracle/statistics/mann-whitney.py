"""Writes mann-whitney.json. python3 mann-whitney.py > mann-whitney.json

U by counting pairs. The exact law by counting in how many orders of the pooled values U is at least as large (orders.py),
given the ties ("conditional") and as if there were none ("exact"); the normal law at 60 digits, from exact rationals.
scipy.stats.mannwhitneyu must agree on "exact" and the normal law.
"""

import warnings
from collections import Counter
from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, formula, mp, samples, seed, write
from orders import given_ties, upper

warnings.simplefilter("ignore")


def statistic(x, y):
    y = np.sort(np.array(y) + 0.0)
    below = np.searchsorted(y, np.array(x) + 0.0, "left")
    upto = np.searchsorted(y, np.array(x) + 0.0, "right")
    return Fraction(int(below.sum() + upto.sum()), 2)


def asymptotic(u, x, y):
    n, m = len(x), len(y)
    ties = Counter((np.concatenate([x, y]) + 0.0).tolist()).values()
    total = n + m
    variance = Fraction(n * m, 12) * (total + 1 - Fraction(sum(t**3 - t for t in ties), total * (total - 1)))
    if variance == 0:
        return mpmath.mpf(1)
    return mpmath.ncdf(-mp(u - Fraction(n * m + 1, 2)) / mpmath.sqrt(mp(variance)))


random = np.random.default_rng(seed + 4)
every = samples()
pairs = [
    ("few", Sample([1, 2, 3.5, 9]), Sample([2.5, 4, 5, 6, 7])),
    ("one against one", Sample([1]), Sample([2])),
    ("below fifty", Sample(np.round(random.normal(0, 1, 49), 6)), Sample(np.round(random.normal(0.7, 1, 37), 6))),
    ("apart", Sample(range(30)), Sample(range(30, 65))),
    ("unbalanced", Sample(np.round(random.normal(0, 1, 3), 6)), Sample(np.round(random.normal(0, 1, 45), 6))),
    ("normal against shifted", every["normal"], every["shifted normal"]),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"]),
    ("digits", every["digits"], every["more digits"]),
    ("two values", every["two values"], Sample([-1, -1, 7, 7, 7])),
    ("constant", every["constant"], every["constant"]),
    ("constant but one", every["constant"], Sample([0.04] * 20 + [1])),
    ("infinities", Sample([-np.inf, 0, 1, np.inf]), Sample([0, 1, 2, 3, np.inf])),
    ("zeros of both signs", every["zeros of both signs"], Sample([0, 1, 2])),
    ("an outlier", every["an outlier"], every["normal"]),
    ("long with ties", formula(60000, 7919, 300, 2, -3), formula(50000, 7919, 298, 2, -3)),
    ("long", formula(60000, 7919, 104729, 1024, -50), formula(50000, 7907, 104723, 1024, -50)),
]
cases = []
for name, x, y in pairs:
    n, m = len(x), len(y)
    u = statistic(x, y)
    tied = len(set((np.concatenate([x, y]) + 0.0).tolist())) < n + m
    case = {"name": name, "reference": x.written(), "current": y.written(), "statistic": u, "tied": tied}
    for alternative in ("two-sided", "less", "greater"):
        large = {"greater": u, "less": n * m - u, "two-sided": max(u, n * m - u)}[alternative]
        factor = 2 if alternative == "two-sided" else 1
        laws = {"asymptotic": min(mpmath.mpf(1), factor * asymptotic(large, x, y))}
        if max(n, m) < 50 or not tied:
            laws["exact"] = min(mpmath.mpf(1), factor * upper(n, m, int(large)))
        if tied and n * m <= 1e4:
            runs = [count for _, count in sorted(Counter((np.concatenate([x, y]) + 0.0).tolist()).items())]
            conditional = given_ties(n, m, large, runs if large == u else runs[::-1])
        for law, p in laws.items():
            if law == "exact" and n * m > 1e5:
                continue
            peer = scipy.stats.mannwhitneyu(x, y, alternative=alternative, method=law)
            assert peer.statistic == float(u), name
            assert abs(peer.pvalue - float(p)) <= 1e-9 * float(p) + 1e-15, (name, law, alternative, peer.pvalue, float(p))
        if tied and n * m <= 1e4:
            laws["conditional"] = min(Fraction(1), factor * conditional)
        case[alternative] = laws
    cases.append(case)
write("integers, rationals, mpmath; scipy.stats.mannwhitneyu agrees", {"statistic": 0, "pValue": 1e-11}, cases)
