"""Exact p-values of the two-sample Kolmogorov-Smirnov statistic, with and without ties, one- and two-sided.

Source: lattice paths counted with Python integers, over every cell, without any bound: obviously right and slow.
Rows: n, m, gap, alternative, ends of the tie blocks (null without ties), p (the nearest binary64 number).
Seed: 3. Tolerance: relative 1e-13.
Run: python3 ks-exact.py > ks-exact.json
"""

import json
import random
from fractions import Fraction
from math import comb

random.seed(3)


def p_value(n, m, gap, alternative, ends):
    tested = set(ends) if ends else set(range(1, n + m + 1))
    inside = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            paths = 1 if i + j == 0 else (inside[i - 1][j] if i else 0) + (inside[i][j - 1] if j else 0)
            lead = i * m - j * n
            size = {"two-sided": abs(lead), "greater": lead, "less": -lead}[alternative]
            inside[i][j] = 0 if i + j in tested and size >= gap else paths
    return float(Fraction(comb(n + m, n) - inside[n][m], comb(n + m, n)))


rows = []
for t in range(700):
    n = random.randint(1, 60)
    m = random.randint(1, 60) if t % 3 else n
    ends = None
    if random.random() < 0.7:
        ends, at, longest = [], 0, random.choice([2, 5, 20, 80])
        while at < n + m:
            at = min(n + m, at + random.randint(1, longest))
            ends.append(at)
    gap = random.randint(1, n * m) if random.random() < 0.6 else random.randint(max(1, n * m // 4), n * m)
    alternative = random.choice(["two-sided", "two-sided", "less", "greater"])
    rows.append([n, m, gap, alternative, ends, p_value(n, m, gap, alternative, ends)])
print(json.dumps(rows, separators=(",", ":")))
