"""Writes distribution-distance.json. python3 distribution-distance.py > distribution-distance.json

p-norms from exact rationals of the binary64 inputs and mpmath: of the differences of cell shares, and the integral of
|F - G|^p between neighbouring values. scipy.stats.wasserstein_distance (p = 1), energy_distance over the root of 2
(p = 2), ks_2samp (p = Infinity) and numpy.linalg.norm must agree where they answer.
"""

from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, exact, formula, mp, nearest, plain, samples, write
from tables import tables

powers = (1, 1.5, 2, 3, 10, 1000)


def steps(x, y):
    """(length, |F - G|) between neighbouring values, as Fractions."""
    n, m = len(x), len(y)
    values = np.unique(np.concatenate([x, y]))
    i = np.searchsorted(np.sort(x), values, "right").tolist()
    j = np.searchsorted(np.sort(y), values, "right").tolist()
    places = exact(values)
    return [(places[k + 1] - places[k], Fraction(abs(i[k] * m - j[k] * n), n * m)) for k in range(len(values) - 1)]


def norm(parts, p):
    return mpmath.fsum(mp(length) * mp(gap) ** p for length, gap in parts) ** (mpmath.mpf(1) / p)


every = samples()
pairs = [
    ("normal against shifted", every["normal"], every["shifted normal"]),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"]),
    ("digits", every["digits"], every["more digits"]),
    ("two values", every["two values"], Sample([-1, -1, 7])),
    ("one against one", Sample([1]), Sample([2])),
    ("far from zero", every["far from zero"], Sample([value + 0.5 for value in every["far from zero"][:60]])),
    ("huge", every["huge"], Sample([-value / 3 for value in every["huge"]])),
    ("the widest", Sample([-1.7e308]), Sample([1.7e308])),
    ("tiny", every["tiny"], Sample([value / 3 for value in every["tiny"]])),
    ("subnormal", every["subnormal"], Sample([value / 3 for value in every["subnormal"][:30]])),
    ("an outlier", every["an outlier"], every["normal"]),
    ("long", formula(6000, 7919, 104729, 1024, -50), formula(4000, 7907, 104723, 1024, -49)),
]
cases = []
for name, x, y in pairs:
    parts = steps(x, y)
    found = {str(p): norm(parts, p) for p in powers}
    found["Infinity"] = nearest(max(gap for _, gap in parts))
    if name not in ("huge", "the widest", "tiny", "subnormal", "an outlier"):
        for key, peer in [
            ("1", scipy.stats.wasserstein_distance(x, y)),
            ("2", scipy.stats.energy_distance(x, y) / np.sqrt(2)),
            ("Infinity", scipy.stats.ks_2samp(x, y).statistic),
        ]:
            assert abs(peer - float(found[key])) <= 1e-9 * float(found[key]), (name, key, peer)
    cases.append({"name": name, "reference": x.written(), "current": y.written(), "distances": found})

shares = []
for name, (x, y) in tables().items():
    n, m = sum(x), sum(y)
    gaps = [abs(Fraction(i, n) - Fraction(j, m)) for i, j in zip(x, y)]
    found = {str(p): mpmath.fsum(mp(gap) ** p for gap in gaps) ** (mpmath.mpf(1) / p) for p in powers}
    found["Infinity"] = nearest(max(gaps))
    for p in (1, 2, 3):
        peer = np.linalg.norm(np.array(x) / n - np.array(y) / m, p)
        assert abs(peer - float(found[str(p)])) <= 1e-12, (name, p)
    shares.append({"name": name, "reference": x, "current": y, "distances": found})
write("exact rationals, mpmath; scipy.stats and numpy agree", 1e-13, cases, shares=plain(shares))
