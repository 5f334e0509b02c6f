"""Writes energy.json. python3 energy.py > energy.json

The integral of (F - G)² as an exact rational, its root taken at 60 digits. scipy.stats.energy_distance must agree, where
it does not overflow.
"""

import warnings
from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, exact, formula, mp, samples, write

warnings.simplefilter("ignore")


def distance(x, y):
    n, m = len(x), len(y)
    values = np.unique(np.concatenate([x, y]) + 0.0)
    i = np.searchsorted(np.sort(x), values, "right").tolist()
    j = np.searchsorted(np.sort(y), values, "right").tolist()
    places = exact(values)
    total = sum((i[k] * m - j[k] * n) ** 2 * (places[k + 1] - places[k]) for k in range(len(values) - 1))
    return mpmath.sqrt(mp(Fraction(2 * total) / (n * m) ** 2))


every = samples()
pairs = [
    ("normal against shifted", every["normal"], every["shifted normal"]),
    ("normal against itself", every["normal"], every["normal"]),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"]),
    ("digits", every["digits"], every["more digits"]),
    ("two values", every["two values"], Sample([-1, -1, 7])),
    ("one against one", Sample([1]), Sample([2])),
    ("far from zero", every["far from zero"], Sample([value + 0.5 for value in every["far from zero"][:60]])),
    ("huge", every["huge"], Sample([-value / 3 for value in every["huge"]])),
    ("the widest", Sample([-1.7e308]), Sample([1.7e308])),
    ("tiny", every["tiny"], Sample([value / 3 for value in every["tiny"]])),
    ("subnormal", every["subnormal"], Sample([value / 3 for value in every["subnormal"][:30]])),
    ("powers of two", every["powers of two"], every["tiny"]),
    ("an outlier", every["an outlier"], every["normal"]),
    ("long", formula(20000, 7919, 104729, 1024, -50), formula(10000, 7907, 104723, 1024, -49)),
]
cases = []
for name, x, y in pairs:
    d = distance(x, y)
    peer = scipy.stats.energy_distance(x, y)
    if 1e-140 < float(d) < 1e150:
        assert abs(peer - float(d)) <= 1e-9 * float(d), (name, peer, float(d))
    cases.append({"name": name, "reference": x.written(), "current": y.written(), "distance": d})
write("exact rationals, mpmath; scipy.stats.energy_distance agrees", 1e-13, cases)
