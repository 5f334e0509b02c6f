"""Writes placed-walk.json: A² with mid-ranks and W1 of long references and few values, exactly, in 60 digits.
python3 placed-walk.py > placed-walk.json"""

from fractions import Fraction

import mpmath
from oracle import exact, mp, write


def formula(length, multiplier, modulus, divisor, offset):
    return {
        "length": length,
        "multiplier": multiplier,
        "modulus": modulus,
        "divisor": divisor,
        "offset": offset,
        "cubed": False,
    }


def values(written):
    length, multiplier, modulus = written["length"], written["multiplier"], written["modulus"]
    return [((k * multiplier) % modulus) / written["divisor"] + written["offset"] for k in range(length)]


def walk(reference, current):
    """A² and W1 from every distinct value, one after the other."""
    n, m = len(reference), len(current)
    total = n + m
    counts = {}
    for side, sample in enumerate((reference, current)):
        for value in exact(sample):
            counts.setdefault(value, [0, 0])[side] += 1
    i = j = 0
    weighted = mpmath.mpf(0)
    area = Fraction(0)
    previous = None
    for value in sorted(counts):
        a, b = counts[value]
        if previous is not None:
            area += abs(i * m - j * n) * (value - previous)
        ties = a + b
        middle = i + j + Fraction(ties, 2)
        gap = (i + Fraction(a, 2)) * m - (j + Fraction(b, 2)) * n
        variance = middle * (total - middle) - Fraction(total * ties, 4)
        if variance > 0:
            weighted += mp(ties * gap * gap / variance)
        i, j, previous = i + a, j + b, value
    return weighted * (total - 1) / total / n / m, area / n / m


cases = []
for name, reference, current in [
    ("evenly between", formula(20000, 7919, 20011, 8, 0), formula(100, 37, 101, 0.04, 3.0625)),
    ("all below", formula(20000, 7919, 20011, 8, 0), formula(40, 7, 41, 1, -50)),
    ("all above", formula(20000, 7919, 20011, 8, 0), formula(40, 7, 41, 1, 3000)),
    ("in one place", formula(20000, 7919, 20011, 8, 0), formula(200, 7, 211, 2**20, 700.03125)),
    ("far from zero", formula(20000, 7919, 20011, 1024, 1e9), formula(100, 37, 101, 5.25, 1e9 + 0.0625)),
    ("tied with the reference", formula(20000, 7919, 20011, 8, 0), formula(100, 37, 101, 0.0625, 8)),
    ("a tied reference", formula(20000, 7919, 307, 8, 0), formula(100, 37, 101, 2.625, 0)),
    ("few ties", formula(20000, 7919, 19937, 8, 0), formula(100, 37, 101, 0.040625, 3.0625)),
    ("one value", formula(20000, 7919, 20011, 8, 0), formula(1, 1, 2, 1, 1234.5)),
    ("as long as can be", formula(100000, 7919, 100003, 8, 0), formula(300, 37, 307, 0.025, 3.0625)),
]:
    statistic, distance = walk(values(reference), values(current))
    cases.append(
        {"name": name, "reference": reference, "current": current, "statistic": statistic, "distance": distance}
    )
write("exact arithmetic", 1e-13, cases)
