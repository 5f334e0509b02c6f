"""Writes weighted-histogram.json. python3 weighted-histogram.py > weighted-histogram.json

numpy.histogram(weights=), which decides the bins; the sums of weights are exact rationals, rounded once, since NumPy's own
have its rounding errors: they must agree to 1e-12 of the sum of the weights' sizes. Integer weights are given to NumPy as
doubles (as integers of their own width they overflow, numpy #28472). Density is NumPy's.
"""

from fractions import Fraction

import numpy as np
from oracle import Sample, formula, nearest, plain, samples, seed, write

random = np.random.default_rng(seed)
cases = []


def add(name, values, weights, bins, range=None):
    x, w = np.array(values, dtype=float), np.array(weights, dtype=float)
    sums, edges = np.histogram(x, bins=bins, range=range, weights=w)
    density = np.histogram(x, bins=bins, range=range, weights=w, density=True)[0]
    count = len(edges) - 1
    exact = [Fraction(0)] * count
    for value, weight in zip(x, w):
        if not edges[0] <= value <= edges[-1]:
            continue
        bin = count - 1 if value == edges[-1] else int(np.searchsorted(edges, value, "right")) - 1
        exact[bin] += Fraction(float(weight))
    for ours, peer in zip(exact, sums):
        assert abs(float(ours) - peer) <= 1e-12 * np.sum(np.abs(w)), (name, float(ours), peer)
    total = float(sum(exact))
    cases.append(
        {
            "name": name,
            "values": values.written() if isinstance(values, Sample) else plain(values),
            "weights": weights.written() if isinstance(weights, Sample) else plain(weights),
            "bins": bins if isinstance(bins, int) else [float(edge) for edge in bins],
            "range": range,
            "counts": [nearest(each) for each in exact],
            "density": density if abs(total) > 1e-6 * np.sum(np.abs(w)) else None,
        }
    )


def sizes(length):
    return Sample(np.round(random.exponential(1, length), 6))


def signed(length):
    return Sample(np.round(random.normal(0, 1, length), 6))


every = samples()
for name in ("normal", "lognormal", "cauchy", "digits", "one decimal", "two values", "zeros of both signs", "one value"):
    values = every[name]
    add(f"{name}, sizes", values, sizes(len(values)), 10)
    add(f"{name}, of both signs", values, signed(len(values)), 7)
add("a range", every["normal"], sizes(200), 20, (-1.0, 0.5))
add("explicit edges", every["normal"], signed(200), [-3, -1, -0.5, 0, 0.1, 2, 4])
add("equal edges", every["digits"], sizes(90), [0, 3, 3, 7, 7])
add("edges to infinity", every["cauchy"], sizes(121), [-np.inf, -1, 0, 1, np.inf])
add("all weights one", every["normal"], Sample([1.0] * 200), 12)
add("all weights zero", every["normal"], Sample([0.0] * 200), 12)
add("weights that cancel", every["digits"], Sample([2.0**60, -(2.0**60), 1.0] * 30), 10)
add("large and small weights", every["one decimal"], Sample(10.0 ** random.integers(-12, 13, 110)), 5)
add("tenths", Sample([0.1] * 1000), Sample([0.1] * 1000), [0, 1])
add("uint16 weights", Sample([0, 0.5, 1, 1.5]), Sample([65534, 2, 65534, 65534]), [0, 1, 2])
edges = np.linspace(-0.7, 1.3, 50)
around = [float(np.nextafter(edge, towards)) for edge in edges for towards in (-9, 9)] + [float(edge) for edge in edges]
add("around the edges", Sample(around), signed(len(around)), 49, (-0.7, 1.3))
add("long", formula(20000, 7919, 104729, 1024, -50), formula(20000, 6007, 7919, 16, -200), 50, (-40.0, 40.0))
add("long, odd scale", formula(20000, 7919, 104729, 1000, -50), formula(20000, 6007, 7919, 1000, 0, True), 777)
write("numpy.histogram(weights=), sums as exact rationals", {"counts": 2.3e-16, "density": 1e-12}, cases)
