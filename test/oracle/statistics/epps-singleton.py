"""Writes epps-singleton.json. python3 epps-singleton.py > epps-singleton.json

W by its definition at 60 digits: exact pooled quartiles, means and covariances of cosines and sines about zero, the
covariance inverted on the eigenvectors that it reaches; p-values by mpmath's incomplete gamma function.
scipy.stats.epps_singleton_2samp is asked too and must agree to 1e-9 where doubles about zero have the digits and the
covariance has full rank.
"""

import warnings
from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from mpmath import mpf
from oracle import Sample, exact, formula, mp, samples, seed, write

warnings.simplefilter("ignore")


def quantile(ordered, p):
    at = (len(ordered) - 1) * p
    low = at.numerator // at.denominator
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (at - low) * (ordered[high] - ordered[low])


def functions(x, points):
    angles = [t * x for t in points]
    return [f(angle) for angle in angles for f in (mpmath.cos, mpmath.sin)]


def moments(values, points):
    g = [functions(mp(v), points) for v in values]
    n, size = len(g), 2 * len(points)
    mean = [mpmath.fsum(row[i] for row in g) / n for i in range(size)]
    cov = mpmath.matrix(size, size)
    for i in range(size):
        for j in range(i + 1):
            cov[i, j] = cov[j, i] = mpmath.fsum((row[i] - mean[i]) * (row[j] - mean[j]) for row in g) / n
    return mean, cov


def test(x, y, t):
    a, b = exact(x), exact(y)
    n, m = len(a), len(b)
    pooled = sorted(a + b)
    scale = (quantile(pooled, Fraction(3, 4)) - quantile(pooled, Fraction(1, 4))) / 2
    points = [mpf(point) / mp(scale) for point in t]
    (mean_a, cov_a), (mean_b, cov_b) = moments(a, points), moments(b, points)
    covariance = mpf(n + m) / n * cov_a + mpf(n + m) / m * cov_b
    values, vectors = mpmath.eigsy(covariance)
    difference = [u - v for u, v in zip(mean_a, mean_b)]
    w, rank = mpf(0), 0
    for k in range(len(difference)):
        along = mpmath.fsum(d * vectors[i, k] for i, d in enumerate(difference))
        if values[k] > mpf(10) ** -40 * max(values):
            w += (n + m) * along**2 / values[k]
            rank += 1
        else:
            assert abs(along) < mpf(10) ** -25
    if max(n, m) < 25:
        w /= 1 + mpf(n + m) ** mpf("-0.45") + mpf("10.1") * (mpf(n) ** mpf("-1.7") + mpf(m) ** mpf("-1.7"))
    p = mpmath.gammainc(mpf(rank) / 2, w / 2, regularized=True)
    return {"statistic": w, "degreesOfFreedom": rank, "pValue": p, "scale": scale}


random = np.random.default_rng(seed + 41)
every = samples()
small = Sample(np.round(random.normal(0, 1, 14), 6))
smaller = Sample(np.round(random.normal(0.5, 2, 9), 6))
usual = [0.4, 0.8]
asked = [
    ("normal against shifted", every["normal"], every["shifted normal"], usual),
    ("small samples", small, smaller, usual),
    ("one small sample", small, every["normal"], usual),
    ("five and five", Sample([1, 2.5, 3, 4, 8]), Sample([0.5, 2, 7, 9, 11]), usual),
    ("one point", every["normal"], every["shifted normal"], [0.5]),
    ("three points", every["normal"], every["shifted normal"], [0.3, 0.7, 1.5]),
    ("digits", every["digits"], every["more digits"], usual),
    ("one decimal", every["one decimal"], every["normal"], usual),
    ("two values", Sample([0, 1, 1, 0, 1, 1, 1, 0, 1]), Sample([0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0]), usual),
    ("three values", Sample([0, 1, 2, 2, 1, 2, 1, 0, 2]), Sample([0, 1, 0, 1, 0, 1, 2, 0, 1, 1, 0]), usual),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"], usual),
    ("far from zero", every["far from zero"], Sample(1e8 + np.round(random.normal(0.5, 1, 70), 3)), usual),
    ("very far", every["very far"], Sample(1e15 + random.integers(5, 60, 70)), usual),
    ("huge", every["huge"], Sample(every["huge"][:13] + [1.7e308, -1.7e308]), usual),
    ("tiny", every["tiny"], Sample([2 * v for v in every["tiny"][:17]]), usual),
    ("subnormal", every["subnormal"], Sample([2 * v for v in every["subnormal"][:17]]), usual),
    ("long", formula(3000, 7919, 104729, 1024, -50), formula(2000, 7907, 104723, 1024, -47), usual),
]
cases = []
for name, x, y, t in asked:
    found = test(x, y, t)
    if found["degreesOfFreedom"] == 2 * len(t) and not any(word in name for word in ("far", "huge", "tiny", "subnormal")):
        peer = scipy.stats.epps_singleton_2samp(x, y, t=t)
        for ours, theirs in [(found["statistic"], peer.statistic), (found["pValue"], peer.pvalue)]:
            assert abs(float(ours) - theirs) <= 1e-9 * abs(float(ours)) + 1e-14, (name, float(ours), theirs)
    cases.append({"name": name, "reference": x.written(), "current": y.written(), "t": t, **found})
write(
    "the definition in mpmath; scipy.stats.epps_singleton_2samp agrees where it has the digits",
    {"statistic": 1e-11, "pValue": 1e-10, "scale": 1e-13},
    cases,
)
