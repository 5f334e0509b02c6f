"""Writes proportion-test.json. python3 proportion-test.py > proportion-test.json

z, its tails, Cohen's h and Newcombe's hybrid score interval (method 10) by their formulas in mpmath. `published` are the
intervals that Newcombe (Statistics in Medicine 17, 1998, table II) prints for his examples (a) to (h).
"""

import mpmath
from oracle import write

published = {
    (56, 70, 48, 80): ("0.0524", "0.3339"),
    (9, 10, 3, 10): ("0.1705", "0.8090"),
    (6, 7, 2, 7): ("0.0582", "0.8062"),
    (5, 56, 0, 29): ("-0.0381", "0.1926"),
    (0, 10, 0, 20): ("-0.1611", "0.2775"),
    (0, 10, 0, 10): ("-0.2775", "0.2775"),
    (10, 10, 0, 20): ("0.6791", "1.0000"),
    (10, 10, 0, 10): ("0.6075", "1.0000"),
}
tables = [
    *published,
    (500, 1000, 480, 1000),
    (1, 1_000_000, 9, 1_000),
    (300_000, 1_000_000, 306_000, 1_000_000),
    (400_000, 1_000_000, 500_000, 1_000_000),
    (3_000_000_001, 7_000_000_000, 3_000_000_000, 7_000_000_000),
    (10, 10, 3, 10),
    (17, 17, 40, 41),
]


def wilson(i, n, z):
    p = mpmath.mpf(i) / n
    half = z * mpmath.sqrt(p * (1 - p) / n + z * z / (4 * mpmath.mpf(n) ** 2))
    middle = p + z * z / (2 * n)
    return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def newcombe(i, n, j, m, confidence):
    z = mpmath.sqrt(2) * mpmath.erfinv(confidence)
    p, q = mpmath.mpf(i) / n, mpmath.mpf(j) / m
    (l1, u1), (l2, u2) = wilson(i, n, z), wilson(j, m, z)
    d = p - q
    return d - mpmath.sqrt((p - l1) ** 2 + (u2 - q) ** 2), d + mpmath.sqrt((u1 - p) ** 2 + (q - l2) ** 2)


cases = []
for table in tables:
    i, n, j, m = table
    p, q, s = mpmath.mpf(i) / n, mpmath.mpf(j) / m, mpmath.mpf(i + j) / (n + m)
    constant = s in (0, 1)
    z = None if constant else (p - q) / mpmath.sqrt(s * (1 - s) * (mpmath.mpf(1) / n + mpmath.mpf(1) / m))
    above = lambda x: mpmath.erfc(x / mpmath.sqrt(2)) / 2
    low, high = newcombe(i, n, j, m, mpmath.mpf("0.95"))
    if table in published:
        assert abs(low - mpmath.mpf(published[table][0])) < 6e-5 and abs(high - mpmath.mpf(published[table][1])) < 6e-5, table
    cases.append(
        {
            "name": f"{i} of {n}, {j} of {m}",
            "reference": [i, n - i],
            "current": [j, m - j],
            "statistic": z,
            "pValues": None if constant else {"two-sided": 2 * above(abs(z)), "greater": above(z), "less": above(-z)},
            "interval": [low, high],
            "interval at 80 %": newcombe(i, n, j, m, mpmath.mpf("0.8")),
            "effect": 2 * mpmath.asin(mpmath.sqrt(p)) - 2 * mpmath.asin(mpmath.sqrt(q)),
            "published": [float(end) for end in published[table]] if table in published else None,
        }
    )
write(
    "the formulas in mpmath; Newcombe (1998), table II, for `published`",
    {"statistic, effect": 1e-13, "pValues": 1e-11, "interval": 1e-13, "published": 6e-5},
    cases,
)
