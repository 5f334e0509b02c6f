"""Writes wasserstein.json. python3 wasserstein.py > wasserstein.json

The area between the two distribution functions as an exact rational of the binary64 inputs, rounded once.
scipy.stats.wasserstein_distance is asked too and must agree to 1e-9, except where it overflows (huge values, where it
answers inf or nan). What the distance of samples with infinite values means is worked out by hand: it is finite only
when both sides hold the same share of each infinity.
"""

import warnings
from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, exact, formula, mp, nearest, samples, write

warnings.simplefilter("ignore")


def area(x, y):
    steps = sorted([(v, Fraction(1, len(x))) for v in exact(x)] + [(v, Fraction(-1, len(y))) for v in exact(y)])
    total = Fraction(0)
    gap = 0
    previous = steps[0][0]
    # As integers over n * m, so that the sums stay short.
    scale = len(x) * len(y)
    for value, step in steps:
        if gap:
            total += abs(gap) * (value - previous)
        gap += int(step * scale)
        previous = value
    return total / scale


def spread(x):
    values = exact(x)
    mean = sum(values) / len(values)
    deviation = mpmath.sqrt(mp(sum((v - mean) ** 2 for v in values) / len(values)))
    quartiles = np.quantile(np.array(x), [0.25, 0.75])
    return {"std": deviation, "iqr": mpmath.mpf(quartiles[1]) - mpmath.mpf(quartiles[0]), "range": mp(max(values) - min(values))}


every = samples()
pairs = [
    ("normal", "shifted normal"),
    ("normal", "normal"),
    ("lognormal", "cauchy"),
    ("digits", "more digits"),
    ("digits", "one decimal"),
    ("two values", "digits"),
    ("one value", "two"),
    ("one value", "one value"),
    ("zeros of both signs", "one value"),
    ("constant", "constant"),
    ("constant", "normal"),
    ("far from zero", "far from zero"),
    ("very far", "far from zero"),
    ("huge", "huge"),
    ("tiny", "subnormal"),
    ("subnormal", "normal"),
    ("an outlier", "normal"),
    ("powers of two", "normal"),
    ("powers of two", "tiny"),
]
samples_of = [(f"{a} against {b}", every[a], every[b]) for a, b in pairs]
long = formula(20000, 7919, 104729, 1024, -50)
samples_of += [
    ("far from zero, one part against another", Sample(every["far from zero"][:37]), Sample(every["far from zero"][37:])),
    ("huge, one part against another", Sample(every["huge"][:15]), Sample(every["huge"][15:])),
    ("long against another lattice", long, formula(15000, 7907, 104723, 1024, -50)),
    ("long against shifted", long, formula(20000, 7919, 104729, 1024, -48.5)),
    ("long against wider", long, formula(9001, 7907, 65521, 512, -64)),
    ("long and skewed", formula(17000, 7907, 65521, 4096, -8, True), formula(16000, 7901, 65519, 4096, -7.75, True)),
    ("long with ties", formula(20000, 7919, 30, 2, -3), formula(10000, 7919, 29, 2, -3)),
    ("long against few", long, Sample(every["cauchy"][:30])),
]

cases = []
for name, x, y in samples_of:
    distance = area(x, y)
    peer = scipy.stats.wasserstein_distance(x, y)
    if np.isfinite(peer) and "very far" not in name:
        assert abs(float(distance) - peer) <= 1e-9 * abs(peer) + 1e-8 * ("far" in name), (name, nearest(distance), peer)
    case = {"name": name, "reference": x.written(), "current": y.written(), "distance": distance}
    for key, divisor in spread(x).items():
        case[key] = mp(distance) / divisor if divisor else None
    cases.append(case)

infinite = [
    ("one infinity on each side of two values", ["Infinity", 1], ["Infinity", 3], 1),
    ("the same share of different counts", ["Infinity", 1], ["Infinity", "Infinity", 1, 3], 0.5),
    ("both infinities in equal shares", ["-Infinity", 0, "Infinity"], ["-Infinity", 2, "Infinity"], 2 / 3),
    ("nothing but infinity", ["Infinity"], ["Infinity", "Infinity"], 0),
    ("different shares of infinity", ["Infinity", 1, 2], ["Infinity", 1], None),
    ("infinity on one side", [1, 2, 3], [1, 2, "-Infinity"], None),
    ("infinities of opposite signs", ["Infinity", 1], ["-Infinity", 1], None),
]
for name, x, y, distance in infinite:
    cases.append({"name": name, "reference": x, "current": y, "distance": distance, "byHand": True})
write("exact rationals of the inputs; scipy.stats.wasserstein_distance agrees; infinities by hand", 1e-12, cases)
