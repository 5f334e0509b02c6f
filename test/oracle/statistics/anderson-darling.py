"""Writes anderson-darling.json. python3 anderson-darling.py > anderson-darling.json

A² with mid-ranks (Scholz and Stephens 1987, equation 7) as an exact rational, rounded once. SciPy computes it inside
scipy.stats.anderson_ksamp(variant="midrank") before it standardises; that inner value must agree to 1e-9, and so must
the standardised one with A² standardised here.
"""

import warnings
from fractions import Fraction

import numpy as np
import scipy.stats
from oracle import Sample, formula, nearest, samples, write

warnings.simplefilter("ignore")


def statistic(x, y):
    """The formula as it is printed, one sample at a time."""
    n, m = len(x), len(y)
    total = n + m
    pooled = np.sort(np.concatenate([x, y]))
    values, ties = np.unique(pooled + 0.0, return_counts=True)
    below = np.searchsorted(pooled, values)
    result = Fraction(0)
    for sample in (np.sort(np.array(x)), np.sort(np.array(y))):
        size = len(sample)
        less = np.searchsorted(sample, values, "left")
        equal = np.searchsorted(sample, values, "right") - less
        # Twice the mid-ranks, so that everything is an integer.
        part = Fraction(0)
        for tie, b, f, e in zip(ties.tolist(), below.tolist(), less.tolist(), equal.tolist()):
            rank2, own2 = 2 * b + tie, 2 * f + e
            divisor = rank2 * (2 * total - rank2) - total * tie
            if divisor:
                part += Fraction(tie * (total * own2 - size * rank2) ** 2, divisor)
        result += part / size
    return result * (total - 1) / (total * total)


def standardised(a2, x, y):
    """The finite-sample mean and deviation of A² for two samples."""
    total = len(x) + len(y)
    h_own = sum(Fraction(1, size) for size in (len(x), len(y)))
    h = sum(1 / i for i in range(1, total))
    g = sum((1 / (total - i)) * sum(1 / j for j in range(i + 1, total)) for i in range(1, total - 1))
    k = 2
    a = (4 * g - 6) * (k - 1) + (10 - 6 * g) * float(h_own)
    b = (2 * g - 4) * k**2 + 8 * h * k + (2 * g - 14 * h - 4) * float(h_own) - 8 * h + 4 * g - 6
    c = (6 * h + 2 * g - 2) * k**2 + (4 * h - 4 * g + 6) * k + (2 * h - 6) * float(h_own) + 4 * h
    d = (2 * h + 6) * k**2 - 4 * h * k
    n = total
    variance = (a * n**3 + b * n**2 + c * n + d) / ((n - 1) * (n - 2) * (n - 3))
    return (a2 - 1) / variance**0.5


every = samples()
pairs = [
    ("normal against shifted", every["normal"], every["shifted normal"]),
    ("normal against itself", every["normal"], every["normal"]),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"]),
    ("digits", every["digits"], every["more digits"]),
    ("digits against decimals", every["digits"], every["one decimal"]),
    ("two values", every["two values"], Sample([-1, -1, 7])),
    ("few", Sample([1, 2]), Sample([1.5, 3])),
    ("apart", Sample(range(20)), Sample(range(20, 45))),
    ("powers of two", every["powers of two"], every["tiny"]),
    ("an outlier", every["an outlier"], every["normal"]),
    ("twenty against the same twenty", Sample(range(20)), Sample(range(20))),
    ("long with ties", formula(20000, 7919, 300, 2, -3), formula(10000, 7919, 290, 2, -3)),
]
cases = []
for name, x, y in pairs:
    a2 = statistic(x, y)
    if len(x) < 1000:
        pooled = np.sort(np.concatenate([x, y]))
        inner = scipy.stats._morestats._anderson_ksamp_midrank(
            [np.sort(x), np.sort(y)], pooled, np.unique(pooled), 2, np.array([len(x), len(y)]), len(pooled)
        )
        assert abs(inner - nearest(a2)) <= 1e-9 * abs(inner) + 1e-13, (name, inner, nearest(a2))
        peer = scipy.stats.anderson_ksamp([x, y], variant="midrank").statistic
        assert abs(standardised(nearest(a2), x, y) - peer) <= 1e-9 * max(1, abs(peer)), (name, peer)
    cases.append({"name": name, "reference": x.written(), "current": y.written(), "statistic": a2})
write("exact rationals; scipy.stats.anderson_ksamp agrees", 1e-12, cases)
