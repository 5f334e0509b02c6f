"""Writes variance-test.json. python3 variance-test.py > variance-test.json

Levene's test, that of Brown and Forsythe, and the F test of two variances: statistics from exact rationals of the
binary64 inputs, p-values by mpmath's incomplete beta function. scipy.stats.levene (and scipy.stats.f, as R's var.test
uses it) is asked too and must agree to 1e-9 where it answers.
"""

import warnings

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, exact, mp, samples, seed, write

warnings.simplefilter("ignore")


def part(a, b, x):
    """The regularised incomplete beta function, by the side on which its series converges fast."""
    a, b = mpmath.mpf(a), mpmath.mpf(b)
    if x > (a + 1) / (a + b + 2):
        return 1 - part(b, a, 1 - x)
    return mpmath.betainc(a, b, 0, x, regularized=True)


def cdf(f, n, m):
    return part(mpmath.mpf(n) / 2, mpmath.mpf(m) / 2, n * f / (n * f + m))


def sf(f, n, m):
    return part(mpmath.mpf(m) / 2, mpmath.mpf(n) / 2, m / (n * f + m))


def square_sum(values):
    mean = sum(values) / len(values)
    return sum((v - mean) ** 2 for v in values)


def median(values):
    ordered = sorted(values)
    n = len(ordered)
    return (ordered[(n - 1) // 2] + ordered[n // 2]) / 2


def levene(x, y, centre):
    a, b = exact(x), exact(y)
    of = median if centre == "median" else lambda values: sum(values) / len(values)
    u, v = [abs(value - of(a)) for value in a], [abs(value - of(b)) for value in b]
    n, m = len(a), len(b)
    mean_u, mean_v = sum(u) / n, sum(v) / m
    within = (square_sum(u) + square_sum(v)) / (n + m - 2)
    f = mp((mean_u - mean_v) ** 2 * n * m / (n + m) / within)
    ratio = mp(square_sum(a) * (m - 1) / (square_sum(b) * (n - 1)))
    return {"statistic": f, "degreesOfFreedom": [1, n + m - 2], "pValue": sf(f, 1, n + m - 2), "ratio": ratio}


def f_test(x, y, confidence):
    a, b = exact(x), exact(y)
    n, m = len(a) - 1, len(b) - 1
    f = mp(square_sum(a) * m / (square_sum(b) * n))
    p = min(mpmath.mpf(1), 2 * min(cdf(f, n, m), sf(f, n, m)))
    law = scipy.stats.f(n, m)
    tail = (1 - mpmath.mpf(confidence)) / 2
    solve = lambda guess, of: mpmath.findroot(lambda q: mpmath.log(of(q, n, m) / tail), mpmath.mpf(guess))
    low, high = solve(law.ppf(float(tail)), cdf), solve(law.isf(float(tail)), sf)
    interval = [f / high, f / low]
    return {"statistic": f, "degreesOfFreedom": [n, m], "pValue": p, "ratio": f, "confidenceInterval": interval}


def agree(name, found, statistic, p):
    if not np.isfinite(statistic) or any(word in name for word in ("huge", "tiny", "far", "2^")):
        return
    for ours, theirs in [(found["statistic"], statistic), (found["pValue"], p)]:
        assert abs(float(ours) - theirs) <= 1e-9 * abs(float(ours)) + 1e-14, (name, float(ours), theirs)


random = np.random.default_rng(seed + 12)
every = samples()
base = Sample(np.round(random.normal(0, 1, 30), 6))
other = Sample(np.round(random.normal(0.4, 2, 21), 6))
far = Sample(1e8 + np.round(random.normal(0, 2, 90), 3))
pairs = [
    ("normal", every["normal"], every["shifted normal"]),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"]),
    ("digits", every["digits"], every["more digits"]),
    ("small", base, other),
    ("two against three", Sample([1, 2.5]), Sample([4, 4.5, 7])),
    ("very different spreads", base, Sample([v * 1e6 for v in every["normal"]])),
    ("huge", every["huge"], Sample(every["huge"][:13])),
    ("huge, distances beyond the largest double", Sample([1.7e308, -1.7e308, 1.6e308, 1.5e308]), every["huge"]),
    ("tiny", every["tiny"], Sample(every["tiny"][:17])),
    ("far from zero", every["far from zero"], far),
    ("very far", every["very far"], Sample(1e15 + random.integers(5, 90, 70))),
    *[
        (f"small times 2^{power}", Sample([v * 2.0**power for v in base]), Sample([v * 2.0**power for v in other]))
        for power in (-900, -600, 600, 900)
    ],
]
cases = []
for name, x, y in pairs:
    for centre in ("median", "mean"):
        found = levene(x, y, centre)
        agree(name, found, *scipy.stats.levene(x, y, center=centre))
        cases.append({"name": name, "method": "levene", "centre": centre, **found})
    for confidence in (0.95, 0.5):
        found = f_test(x, y, confidence)
        ratio = np.var(x, ddof=1) / np.var(y, ddof=1)
        law = scipy.stats.f(len(x) - 1, len(y) - 1)
        agree(name, found, ratio, 2 * min(law.cdf(ratio), law.sf(ratio)))
        cases.append({"name": name, "method": "f", "confidence": confidence, **found})
write(
    "mpmath over exact rationals of the inputs; scipy.stats agrees where it answers",
    {"statistic, ratio, confidenceInterval": 1e-12, "pValue": 1e-10},
    cases,
    samples={name: {"reference": x.written(), "current": y.written()} for name, x, y in pairs},
)
