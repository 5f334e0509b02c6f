"""Writes mmd.json. python3 mmd.py > mmd.json

Unbiased MMD² with a Gaussian kernel from exact rationals of the binary64 inputs and mpmath: sigma² is half the lower median
of the squared distances of all pairs of the pooled rows, or, where that is 0, of those that are not 0. Exact p-values of
small samples are the shares of all ways to label the rows that are at least as large. For ordinary samples two functions
of alibi-detect 0.12 (Apache-2.0; `sigma_median` of utils/pytorch/kernels.py and `mmd2_from_kernel_matrix` of
utils/pytorch/distance.py, written down in numpy) must agree to 1e-12.
"""

from itertools import combinations

import mpmath
import numpy as np
from oracle import Sample, exact, formula, mp, samples, write

mpmath.mp.dps = 40


def alibi(x, y):
    pooled = np.concatenate([x, y])
    squares = ((pooled[:, None, :] - pooled[None, :, :]) ** 2).sum(-1)
    # sigma_median, called with both arguments the pooled rows: as many zeros as rows are passed over.
    n = len(pooled)
    sigma = (0.5 * np.sort(squares.flatten())[n + (squares.size - n) // 2 - 1]) ** 0.5
    kernel = np.exp(-squares / (2 * sigma**2))
    m = len(y)
    n = len(x)
    kernel = kernel - np.diag(np.diag(kernel))
    xx, yy, xy = kernel[:-m, :-m], kernel[-m:, -m:], kernel[-m:, :-m]
    return sigma, xx.sum() / (n * (n - 1)) + yy.sum() / (m * (m - 1)) - 2 * xy.mean()


def squared_distances(rows):
    exactly = [exact(row) for row in rows]
    return {
        (i, j): sum((a - b) ** 2 for a, b in zip(exactly[i], exactly[j])) for i, j in combinations(range(len(rows)), 2)
    }


def statistic(kernel, x, y):
    pair = lambda i, j: kernel[(min(i, j), max(i, j))]
    inside = lambda side: 2 * mpmath.fsum(pair(i, j) for i, j in combinations(side, 2)) / (len(side) * (len(side) - 1))
    across = mpmath.fsum(pair(i, j) for i in x for j in y) / (len(x) * len(y))
    return inside(x) + inside(y) - 2 * across


every = samples()
normal, other = every["normal"], every["shifted normal"]
cases = []
for name, dimension, x, y, sigma in [
    ("normal", 1, Sample(normal[:90]), Sample(other[:70]), None),
    ("a given bandwidth", 1, Sample(normal[:40]), Sample(other[:50]), 0.7),
    ("digits", 1, every["digits"], every["more digits"], None),
    ("most are equal", 1, Sample([1.0] * 20 + [2.0, 3.5]), Sample([1.0] * 9 + [4.0, 7.0, 1.5]), None),
    ("far from zero", 1, every["far from zero"], Sample([v + 1 for v in every["far from zero"][:60]]), None),
    ("an outlier", 1, every["an outlier"], Sample(normal[:40]), None),
    ("huge", 1, every["huge"], Sample([v / -3 for v in every["huge"]]), None),
    ("tiny", 1, every["tiny"], Sample([v / -3 for v in every["tiny"]]), None),
    ("subnormal", 1, every["subnormal"], Sample([v / -3 for v in every["subnormal"]]), None),
    ("lognormal", 1, every["lognormal"], Sample([v * 1.5 for v in every["lognormal"][:80]]), None),
    ("vectors of three", 3, formula(150, 7919, 104729, 1024, -50), formula(120, 7907, 104723, 1024, -45), None),
    ("vectors of seven", 7, formula(7 * 25, 7919, 104729, 8192, -6), formula(7 * 33, 104659, 104723, 8192, -5), None),
    ("five and four", 1, Sample(normal[:5]), Sample(other[:4]), None),
    ("six and six, shifted", 1, Sample(normal[:6]), Sample([v + 1.5 for v in other[:6]]), None),
    ("few digits", 1, Sample(every["digits"][:5]), Sample(every["more digits"][:6]), None),
    ("four vectors and five", 2, Sample(normal[:8]), Sample(other[:10]), None),
]:
    rows = [list(side[k : k + dimension]) for side in (x, y) for k in range(0, len(side), dimension)]
    n = len(x) // dimension
    squares = squared_distances(rows)
    ordered = sorted(squares.values())
    median = ordered[(len(ordered) - 1) // 2]
    if median == 0:
        positive = [square for square in ordered if square > 0]
        median = positive[(len(positive) - 1) // 2]
    width = mpmath.sqrt(mp(median) / 2) if sigma is None else mpmath.mpf(sigma)
    kernel = {pair: mpmath.exp(-mp(square) / (2 * width**2)) for pair, square in squares.items()}
    everyone = range(len(rows))
    found = statistic(kernel, everyone[:n], everyone[n:])
    if sigma is None and name not in ("most are equal", "an outlier", "huge", "tiny", "subnormal"):
        peer_sigma, peer = alibi(np.array(rows[:n]), np.array(rows[n:]))
        assert abs(peer_sigma - float(width)) <= 1e-7 * float(width), name
        assert abs(peer - float(found)) <= (1e-6 if name == "far from zero" else 1e-12), (name, peer, float(found))
    p = None
    if len(rows) < 13:
        ways = [statistic(kernel, x, [k for k in everyone if k not in x]) for x in combinations(everyone, n)]
        p = sum(way >= found - mpmath.mpf("1e-25") for way in ways) / len(ways)
    case = {"name": name, "dimension": dimension, "bandwidth": sigma, "reference": x.written(), "current": y.written()}
    cases.append({**case, "sigma": width, "statistic": found, "pValue": p})
write("exact rationals, mpmath; alibi-detect's definition in numpy agrees", 1e-14, cases)
