"""Writes cell-distances.json. python3 cell-distances.py > cell-distances.json

The definitions in mpmath with 40 digits, and in exact rationals where they are rational, of shares p, q in the cells that
are not empty on both sides. KL with half a row, one row or none added to every count ("Infinity" where the current side
lacks a cell); scipy.stats.entropy and scipy.spatial.distance agree.

`mean…` is the mean over all ways to deal the rows to the sides, given the cells' totals: sums over the hypergeometric law
of each cell, of tables with at most 6 000 rows.
"""

from fractions import Fraction

import mpmath
import numpy as np
from oracle import write
from scipy import stats
from scipy.spatial.distance import chebyshev, cityblock
from tables import tables, used

mpmath.mp.dps = 40
half = Fraction(1, 2)


def mp(value):
    return mpmath.mpf(value.numerator) / value.denominator


def shares(x, y, added):
    n, m = sum(x) + added * len(x), sum(y) + added * len(y)
    return [((i + added) / Fraction(n), (j + added) / Fraction(m)) for i, j in zip(x, y)]


def kl_term(p, q):
    if p == 0:
        return mpmath.mpf(0)
    return mpmath.inf if q == 0 else mp(p) * mpmath.log(mp(p / q))


def psi_term(p, q):
    return mp(p - q) * mpmath.log(mp(p / q)) if p != q else mpmath.mpf(0)


def hellinger_term(p, q):
    return (mpmath.sqrt(mp(p)) - mpmath.sqrt(mp(q))) ** 2 / 2


def variation_term(p, q):
    return mp(abs(p - q)) / 2


def mean_by_chance(x, y, term, added=Fraction(0)):
    """Sum over cells of the mean of term(p, q)."""
    n, m = sum(x), sum(y)
    total = mpmath.mpf(0)
    totals = [i + j for i, j in zip(x, y)]
    for count in set(totals):
        mean = mpmath.mpf(0)
        for i in range(max(0, count - m), min(count, n) + 1):
            ways = mpmath.binomial(n, i) * mpmath.binomial(m, count - i) / mpmath.binomial(n + m, count)
            p = (i + added) / (n + added * len(x))
            q = (count - i + added) / (m + added * len(x))
            mean += ways * term(Fraction(p), Fraction(q))
        total += totals.count(count) * mean
    return total


cases = []
for name, (reference, current) in tables().items():
    x, y = used(reference, current)
    kl = lambda added: mpmath.fsum(kl_term(p, q) for p, q in shares(x, y, added))
    plain = shares(x, y, Fraction(0))
    disjoint = all(p == 0 or q == 0 for p, q in plain)
    overlap = mpmath.fsum(mpmath.sqrt(mp(p * q)) for p, q in plain)
    square = mpmath.fsum(hellinger_term(p, q) for p, q in plain)
    variation = sum(abs(p - q) for p, q in plain) / 2
    largest = max(abs(p - q) for p, q in plain)
    p, q = [np.array(side, dtype=float) / sum(side) for side in (x, y)]
    none = kl(Fraction(0))
    assert mpmath.isinf(none) == np.isinf(stats.entropy(p, q)), name
    assert mpmath.isinf(none) or abs(stats.entropy(p, q) - none) < 1e-12, name
    assert abs(cityblock(p, q) / 2 - variation) < 1e-12 and abs(chebyshev(p, q) - largest) < 1e-12, name
    means = {}
    if sum(x) + sum(y) <= 6000:
        means = {
            "meanKl": mean_by_chance(x, y, kl_term, half),
            "meanPsi": mean_by_chance(x, y, psi_term, half),
            "meanHellinger": mean_by_chance(x, y, hellinger_term),
            "meanVariation": mean_by_chance(x, y, variation_term),
        }
    cases.append(
        {
            "name": name,
            "reference": reference,
            "current": current,
            "klHalf": kl(half),
            "klOne": kl(Fraction(1)),
            "klNone": none,
            "hellinger": mpmath.sqrt(square),
            "bhattacharyya": mpmath.inf if disjoint else -mpmath.log(overlap),
            "totalVariation": mp(variation),
            "chebyshev": mp(largest),
            **means,
        }
    )
write("mpmath, exact rationals; scipy.stats.entropy and scipy.spatial.distance agree", 1e-12, cases)
