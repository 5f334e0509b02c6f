"""Writes correlation.json. python3 correlation.py > correlation.json

Pearson's and Spearman's correlation from exact rationals, p-values by mpmath's incomplete beta function, intervals by
Fisher's z; scipy.stats.pearsonr and spearmanr must agree. Cramér's V: X² from rationals, scipy's association must agree.
"""

from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, exact, mp, samples, seed, write


def correlation(x, y):
    x, y = exact(x), exact(y)
    n = len(x)
    a, b = sum(x) / n, sum(y) / n
    xx, yy = sum((u - a) ** 2 for u in x), sum((v - b) ** 2 for v in y)
    return mp(sum((u - a) * (v - b) for u, v in zip(x, y))) / mpmath.sqrt(mp(xx) * mp(yy))


def p_value(r, n):
    return mpmath.betainc(mpmath.mpf(n - 2) / 2, mpmath.mpf(1) / 2, 0, 1 - r * r, regularized=True)


def interval(r, variance):
    z, reach = mpmath.atanh(r), mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf(19) / 20) * mpmath.sqrt(variance)
    return [mpmath.tanh(z - reach), mpmath.tanh(z + reach)]


random = np.random.default_rng(seed + 33)
every = samples()
shared = np.array(every["normal"])
pairs = [
    ("related", every["normal"], Sample(np.round(shared + random.normal(0, 0.5, 200), 6))),
    ("unrelated", Sample(every["normal"][:150]), every["shifted normal"]),
    ("opposed", every["normal"], Sample(np.round(-(shared**3) + random.normal(0, 0.1, 200), 6))),
    ("ties", Sample(every["digits"][:64]), every["more digits"]),
    ("far from zero", every["far from zero"], Sample(1e8 - np.array(every["far from zero"]) / 2 + np.round(random.normal(0, 1, 100), 3))),
    ("huge and tiny", every["huge"], every["tiny"]),
    ("five rows", Sample([1, 2, 3, 4, 5]), Sample([2, 1, 4, 3, 7])),
]
cases = []
for name, x, y in pairs:
    n = len(x)
    r = correlation(x, y)
    ranks = [Sample(scipy.stats.rankdata(side)) for side in (x, y)]
    rho = correlation(*ranks)
    if name != "huge and tiny":
        peer = scipy.stats.pearsonr(x, y)
        assert abs(peer.statistic - float(r)) < 1e-8 and abs(peer.pvalue - float(p_value(r, n))) < 1e-8, name
    peer = scipy.stats.spearmanr(x, y)
    assert abs(peer.statistic - float(rho)) < 1e-9 and abs(peer.pvalue - float(p_value(rho, n))) < 1e-9, name
    cases.append({
        "name": name, "x": x.written(), "y": y.written(),
        "pearson": {"coefficient": r, "pValue": p_value(r, n), "interval": interval(r, mpmath.mpf(1) / (n - 3))},
        "spearman": {"coefficient": rho, "pValue": p_value(rho, n), "interval": interval(rho, (1 + rho**2 / 2) / (n - 3))},
    })

tables = [
    ("two by two", [[10, 20], [30, 5]]),
    ("three by four", [[10, 3, 0, 7], [2, 12, 5, 1], [0, 4, 9, 8]]),
    ("unrelated", [[10, 20], [20, 40]]),
    ("nearly all told", [[10, 0, 1], [0, 20, 0], [0, 0, 5]]),
]
for name, table in tables:
    n, rows, columns = sum(map(sum, table)), len(table), len(table[0])
    margins = [sum(row) for row in table], [sum(row[j] for row in table) for j in range(columns)]
    x2 = sum((table[i][j] - Fraction(margins[0][i] * margins[1][j], n)) ** 2 / Fraction(margins[0][i] * margins[1][j], n)
             for i in range(rows) for j in range(columns))
    df = (rows - 1) * (columns - 1)
    v = mpmath.sqrt(mp(x2 / n / (min(rows, columns) - 1)))
    assert abs(float(v) - scipy.stats.contingency.association(np.array(table), method="cramer")) < 1e-12
    least = min(size - Fraction((size - 1) ** 2, n - 1) for size in (rows, columns)) - 1
    corrected = mpmath.sqrt(mp(max(Fraction(0), x2 / n - Fraction(df, n - 1)) / least))
    p = mpmath.gammainc(mpmath.mpf(df) / 2, mp(x2) / 2, regularized=True)
    cases.append({"name": name, "table": table, "cramersV": {"coefficient": v, "corrected": corrected, "statistic": x2, "pValue": p}})
write("exact rationals, mpmath; scipy agrees", 1e-11, cases)
