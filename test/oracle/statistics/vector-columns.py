"""Writes vector-columns.json. python3 vector-columns.py > vector-columns.json

Columns of vectors as formulas (row-major), with distances between their mean vectors and row by row from exact rationals
of the binary64 inputs and mpmath. numpy and scipy.spatial.distance must agree to 1e-9 where neither overflows.
"""

from fractions import Fraction

import mpmath
import numpy as np
import scipy.spatial.distance
from oracle import Sample, exact, formula, mp, samples, write

every = samples()
columns = [
    ("three components", 3, formula(60, 7919, 104729, 1024, -50), formula(60, 7907, 104723, 1024, -49.5)),
    ("one component", 1, formula(25, 7919, 104729, 4096, -5), formula(25, 104659, 104723, 4096, -5)),
    ("seventeen components", 17, formula(17 * 40, 7919, 104729, 8192, -6), formula(17 * 40, 31, 1009, 64, -8)),
    ("far from zero", 4, formula(80, 7919, 104729, 1024, 1e8), formula(80, 7907, 104723, 1024, 1e8)),
    ("huge", 5, every["huge"], Sample([value / -3 for value in every["huge"]])),
    ("tiny", 5, every["tiny"], Sample([value / -3 for value in every["tiny"]])),
    ("subnormal", 5, every["subnormal"], Sample([value / -3 for value in every["subnormal"]])),
]
powers = (1, 1.5, 2, 3, 10)


def norm(u, v, p):
    gaps = [mp(abs(a - b)) for a, b in zip(u, v)]
    return max(gaps) if p == "Infinity" else mpmath.fsum(gap**p for gap in gaps) ** (mpmath.mpf(1) / p)


def cosine(u, v):
    dot = lambda a, b: mp(sum(s * t for s, t in zip(a, b)))
    return 1 - dot(u, v) / mpmath.sqrt(dot(u, u)) / mpmath.sqrt(dot(v, v))


cases = []
for name, dimension, x, y in columns:
    rows = len(x) // dimension
    sides = [[exact(side[r * dimension : (r + 1) * dimension]) for r in range(rows)] for side in (x, y)]
    means = [[sum(column) / rows for column in zip(*side)] for side in sides]
    found = {"name": name, "dimension": dimension, "reference": x.written(), "current": y.written()}
    found["means"] = {str(p): norm(*means, p) for p in (*powers, "Infinity")} | {"cosine": cosine(*means)}
    found["rows"] = {str(p): [norm(u, v, p) for u, v in zip(*sides)] for p in (*powers, "Infinity")}
    found["rows"]["cosine"] = [cosine(u, v) for u, v in zip(*sides)]
    if name not in ("huge", "tiny", "subnormal"):
        a, b = (np.array(side).reshape(rows, dimension) for side in (x, y))
        peer = scipy.spatial.distance.minkowski(a.mean(0), b.mean(0), 3)
        assert abs(peer - float(found["means"]["3"])) <= 1e-6 * float(found["means"]["3"]), name
        peers = np.linalg.norm(a - b, axis=1)
        assert np.allclose(peers, [float(value) for value in found["rows"]["2"]], rtol=1e-12), name
    cases.append(found)
write("mpmath over exact rationals; numpy and scipy.spatial.distance agree", 1e-13, cases)
