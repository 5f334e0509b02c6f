"""Writes cosine.json. python3 cosine.py > cosine.json

Cosine distances from exact rationals of the binary64 inputs and mpmath; scipy.spatial.distance.cosine must agree
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
    ("subnormal", every["subnormal"], Sample([1.0, 2.0] * 20)),
    ("long", formula(5000, 7919, 104729, 1024, -50), formula(5000, 7907, 104723, 1024, -49.5)),
]
cases = []
for name, x, y in pairs:
    a, b = exact(x), exact(y)
    dot = lambda u, v: mp(sum(i * j for i, j in zip(u, v)))
    distance = 1 - dot(a, b) / mpmath.sqrt(dot(a, a) * dot(b, b))
    if name not in ("huge", "tiny", "subnormal"):
        assert abs(scipy.spatial.distance.cosine(x, y) - float(distance)) <= 1e-12, name
    cases.append({"name": name, "distance": distance})
write(
    "mpmath over exact rationals; scipy.spatial.distance.cosine agrees where it answers",
    "1e-15 absolute",
    cases,
    samples={name: {"reference": x.written(), "current": y.written()} for name, x, y in pairs},
)
