"""Writes distances.json. python3 distances.py > distances.json

Minkowski distances from exact rationals of the binary64 inputs and mpmath; scipy.spatial.distance.minkowski must agree
to 1e-12 where neither its sums overflow nor vanish.
"""

import mpmath
import scipy.spatial.distance
from oracle import Sample, exact, formula, mp, samples, write

every = samples()
pairs = [
    ("normal", Sample(every["normal"][:150]), every["shifted normal"]),
    ("digits", Sample(every["digits"][:64]), every["more digits"]),
    ("one row", Sample([0.1]), Sample([0.3])),
    ("far from zero", every["far from zero"], Sample([v + 0.25 for v in every["far from zero"][::-1]])),
    ("huge", every["huge"], Sample([v / 2 for v in every["huge"][::-1]])),
    ("tiny", every["tiny"], Sample([v / 2 for v in every["tiny"][::-1]])),
    ("subnormal", every["subnormal"], Sample([0.0] * 40)),
    ("long", formula(5000, 7919, 104729, 1024, -50), formula(5000, 7907, 104723, 1024, -49.5)),
]
cases = []
for name, x, y in pairs:
    differences = [mp(abs(a - b)) for a, b in zip(exact(x), exact(y))]
    for p in (1, 1.5, 2, 3, 10):
        distance = mpmath.fsum(d**p for d in differences) ** (mpmath.mpf(1) / p)
        if name not in ("huge", "tiny", "subnormal"):
            peer = scipy.spatial.distance.minkowski(x, y, p)
            assert abs(peer - float(distance)) <= 1e-12 * float(distance), (name, p)
        cases.append({"name": name, "p": p, "distance": distance})
    cases.append({"name": name, "p": float("inf"), "distance": max(differences)})
write(
    "mpmath over exact rationals; scipy.spatial.distance.minkowski agrees where it answers",
    1e-13,
    cases,
    samples={name: {"reference": x.written(), "current": y.written()} for name, x, y in pairs},
)
