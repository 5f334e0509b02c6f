"""What the generators of this folder share: samples, exact arithmetic, and how numbers are written.

JSON knows no infinities, so these are the strings "Infinity", "-Infinity", "NaN" and "-0". Samples too long to list are
formulas: value k is ((k * multiplier) % modulus) / divisor + offset, cubed where `cubed` is true; every step of that is
exact or rounded once, so any language makes the same doubles.
"""

import json
import math
import sys
from fractions import Fraction

import mpmath
import numpy as np
import scipy

mpmath.mp.dps = 60
seed = 20260117


def plain(value):
    """A value as JSON can hold it."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, mpmath.mpf):
        return plain(float(value))
    if isinstance(value, Fraction):
        return plain(nearest(value))
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        if value == 0 and math.copysign(1, value) < 0:
            return "-0"
        if value == int(value) and abs(value) < 2**53:
            return int(value)
    return value


def nearest(value):
    """The double nearest to a Fraction (Python's division of integers rounds once); infinite beyond the largest."""
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def mp(value):
    """A Fraction at mpmath's precision."""
    return mpmath.mpf(value.numerator) / value.denominator


def exact(values):
    """Doubles as Fractions."""
    return [Fraction(float(value)) for value in values]


def formula(length, multiplier, modulus, divisor=1, offset=0, cubed=False):
    """A long sample, and how it is written."""
    record = {
        "length": length,
        "multiplier": multiplier,
        "modulus": modulus,
        "divisor": divisor,
        "offset": offset,
        "cubed": cubed,
    }
    return Sample(values_of(record), record)


def values_of(record):
    k = np.arange(record["length"], dtype=np.int64)
    x = (k * record["multiplier"] % record["modulus"]).astype(float) / record["divisor"] + record["offset"]
    return x * x * x if record["cubed"] else x


class Sample(list):
    """Doubles that may be written as a formula."""

    def __init__(self, values, record=None):
        super().__init__(float(value) for value in values)
        self.record = record

    def written(self):
        return self.record if self.record is not None else plain(list(self))


def samples():
    """Name -> sample: ordinary ones, and those that break things."""
    random = np.random.default_rng(seed)
    return {
        "normal": Sample(np.round(random.normal(0, 1, 200), 6)),
        "shifted normal": Sample(np.round(random.normal(0.3, 1.5, 150), 6)),
        "lognormal": Sample(np.round(np.exp(3 * random.normal(0, 1, 120)), 6)),
        "cauchy": Sample(np.round(random.standard_cauchy(121), 6)),
        "digits": Sample(random.integers(0, 10, 90)),
        "more digits": Sample(random.integers(1, 11, 64)),
        "one decimal": Sample(np.round(random.normal(0, 1, 110), 1)),
        "two values": Sample(np.where(random.random(70) < 0.3, -1.0, 7.0)),
        "zeros of both signs": Sample([0.0, -0.0, 0.0, -0.0, -0.0]),
        "one value": Sample([0.1]),
        "two": Sample([1.0, 2.0]),
        "constant": Sample([0.04] * 30),
        "far from zero": Sample(1e8 + np.round(random.normal(0, 1, 100), 3)),
        "very far": Sample(1e15 + random.integers(0, 50, 80)),
        "huge": Sample(random.normal(0, 1, 40) * 1e307),
        "tiny": Sample(random.normal(0, 1, 40) * 1e-300),
        "subnormal": Sample(random.normal(0, 1, 40) * 1e-310),
        "an outlier": Sample([*np.round(random.normal(0, 1, 50), 4), 1e300]),
        "powers of two": Sample([-(2.0**-k) for k in range(0, 1000, 7)]),
    }


def write(about, tolerance, cases, **more):
    """Prints the oracle. `about` says where the numbers come from."""
    head = {
        "about": about,
        "versions": {
            "python": sys.version.split()[0],
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "mpmath": mpmath.__version__,
        },
        "script": sys.argv[0].split("/")[-1],
        "seed": seed,
        "tolerance": tolerance,
        **more,
    }
    lines = ",\n".join(json.dumps(plain(case), separators=(",", ":"), allow_nan=False) for case in cases)
    print(json.dumps(head, allow_nan=False)[:-1] + ',"cases":[\n' + lines + "\n]}")
