"""Writes paired-tables.json. python3 paired-tables.py > paired-tables.json

McNemar's test: the binomial law by integers, statsmodels mcnemar must agree. Stuart and Maxwell's: X² from exact rationals,
with statsmodels' SquareTable.homogeneity where S has an inverse; and where there are few changes the mean and the variance
of X² over all ways to turn them round, one by one.
"""

from fractions import Fraction
from itertools import product
from math import comb

import mpmath
import numpy as np
from oracle import mp, seed, write
from statsmodels.stats.contingency_tables import SquareTable, mcnemar


def solve(matrix, vector):
    """A solution of a consistent singular system, by Gauss with rationals; and the rank."""
    rows = [list(map(Fraction, row)) + [Fraction(value)] for row, value in zip(matrix, vector)]
    size, pivots = len(vector), []
    for column in range(size):
        found = next((r for r in range(len(pivots), size) if rows[r][column] != 0), None)
        if found is None:
            continue
        place = len(pivots)
        rows[place], rows[found] = rows[found], rows[place]
        rows[place] = [x / rows[place][column] for x in rows[place]]
        for r in range(size):
            if r != place:
                rows[r] = [x - rows[r][column] * y for x, y in zip(rows[r], rows[place])]
        pivots.append(column)
    solution = [Fraction(0)] * size
    for place, column in enumerate(pivots):
        solution[column] = rows[place][size]
    return solution, len(pivots)


def statistic(table):
    size = len(table)
    d = [sum(table[i]) - sum(row[i] for row in table) for i in range(size)]
    s = [[-(table[i][j] + table[j][i]) for j in range(size)] for i in range(size)]
    for i in range(size):
        s[i][i] = sum(table[i][j] + table[j][i] for j in range(size) if j != i)
    solution, rank = solve(s, d)
    return sum(x * y for x, y in zip(d, solution)), rank


def moments(table):
    """Mean and variance of X² over all ways to turn the changes round."""
    size = len(table)
    edges = [(i, j, table[i][j] + table[j][i]) for i in range(size) for j in range(i) if table[i][j] + table[j][i]]
    total, square = Fraction(0), Fraction(0)
    for ways in product(*[range(w + 1) for _, _, w in edges]):
        turned = [[0] * size for _ in range(size)]
        chance = Fraction(1)
        for (i, j, w), k in zip(edges, ways):
            turned[i][j], turned[j][i] = k, w - k
            chance *= Fraction(comb(w, k), 2**w)
        x, _ = statistic(turned)
        total += chance * x
        square += chance * x * x
    return total, square - total * total


def kappa(table):
    n = sum(map(sum, table))
    same = sum(table[i][i] for i in range(len(table)))
    expected = sum(Fraction(sum(table[i]) * sum(row[i] for row in table), n) for i in range(len(table)))
    return None if expected == n else (same - expected) / (n - expected)


random = np.random.default_rng(seed + 32)
tables = [
    ("approval", [[794, 86], [150, 570]]),
    ("few changes", [[10, 1], [6, 3]]),
    ("one way", [[5, 0], [12, 9]]),
    ("as many either way", [[5, 4], [4, 9]]),
    ("no change", [[5, 0], [0, 9]]),
    ("many changes", [[50, 20000], [21000, 90]]),
    ("vision", [[1520, 266, 124, 66], [234, 1512, 432, 78], [117, 362, 1772, 205], [36, 82, 179, 492]]),
    ("three", [[20, 2, 1], [5, 17, 0], [3, 1, 11]]),
    ("two components", [[9, 2, 0, 0], [1, 9, 0, 0], [0, 0, 3, 4], [0, 0, 1, 6]]),
    ("a category without change", [[9, 2, 0], [4, 9, 0], [0, 0, 7]]),
    ("a chain", [[3, 2, 0, 0], [0, 3, 3, 0], [0, 1, 3, 1], [0, 0, 0, 3]]),
    ("random", random.integers(0, 30, (9, 9)).tolist()),
]
cases = []
for name, table in tables:
    n = sum(map(sum, table))
    x, rank = statistic(table)
    case = {"name": name, "table": table, "statistic": x, "degreesOfFreedom": rank, "kappa": kappa(table)}
    case["changed"] = Fraction(n - sum(table[i][i] for i in range(len(table))), n)
    case["asymptotic"] = mpmath.gammainc(mpmath.mpf(rank) / 2, mp(x) / 2, regularized=True) if rank else 1
    if all(sum(table[i][j] + table[j][i] for j in range(len(table)) if j != i) for i in range(len(table))) and rank == len(table) - 1:
        peer = SquareTable(np.array(table), shift_zeros=False).homogeneity()
        assert abs(peer.statistic - float(x)) <= 1e-9 * float(x) + 1e-12, name
        assert abs(peer.pvalue - float(case["asymptotic"])) <= 1e-9, name
    changes = sum(table[i][j] for i in range(len(table)) for j in range(len(table)) if i != j)
    if changes <= 20 and rank:
        case["mean"], case["variance"] = moments(table)
        assert case["mean"] == rank
    if len(table) == 2:
        (_, b), (c, _) = table
        tail = sum(comb(b + c, k) for k in range(min(b, c) + 1))
        exact = min(Fraction(1), Fraction(2 * tail, 2 ** (b + c)))
        case["mcnemar"] = {"exact": exact, "mid-p": Fraction(1) if b == c else exact - Fraction(comb(b + c, b), 2 ** (b + c))}
        case["mcnemar"]["corrected"] = mp(Fraction(max(abs(b - c) - 1, 0) ** 2, b + c)) if b + c else 0
        corrected = case["mcnemar"]["corrected"]
        case["mcnemar"]["asymptotic"] = mpmath.erfc(mpmath.sqrt(corrected / 2)) if b != c else 1
        if b != c:
            peer = mcnemar(np.array(table), exact=True)
            assert abs(peer.pvalue - float(exact)) <= 1e-9 * float(exact) + 1e-300, name
            peer = mcnemar(np.array(table), exact=False, correction=True)
            assert abs(peer.statistic - float(corrected)) <= 1e-9 * float(corrected)
            assert abs(peer.pvalue - float(case["mcnemar"]["asymptotic"])) <= 1e-9
    cases.append(case)
write("integers, rationals, mpmath; statsmodels 0.15 agrees", {"statistic": 1e-12, "pValue": 1e-11}, cases)
