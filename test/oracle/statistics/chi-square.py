"""Writes chi-square.json. python3 chi-square.py > chi-square.json

X² and degrees of freedom are scipy.stats.chi2_contingency's without Yates' correction, Cramér's V is
scipy.stats.contingency.association's; X² is written from exact rationals, of which SciPy's is a rounding.

Mean and variance of X² over all assignments of rows to sides, given the margins, come from the factorial moments of the
multivariate hypergeometric law in exact rationals: X² = N²/(n m) (S - n²/N) with S = sum of O_k²/C_k, and the products of
falling factorials of O_k, O_l of orders a, b have mean (n)_{a+b} (C_k)_a (C_l)_b / (N)_{a+b}. The p-value is mpmath's
incomplete gamma function with that mean and variance; where most categories have a single row, the mean of it over the
number x of these on the reference: X² is then what single rows and all others together give, in exact rationals, and
p'q'/(pq) times the others' own X². `meanDivergence` is the mean of the Jensen-Shannon divergence over
the same assignments, by mpmath from the hypergeometric law of each cell.
"""

from fractions import Fraction
from math import comb

import mpmath
import numpy as np
from oracle import mp, write
from scipy.stats import chi2_contingency
from scipy.stats.contingency import association
from tables import tables, used


def falling(n, a):
    product = 1
    for k in range(a):
        product *= n - k
    return product


def permutation_moments(totals, n):
    all = sum(totals)
    f = [Fraction(falling(n, a), falling(all, a)) if a <= all else Fraction(0) for a in range(5)]
    cells = len(totals)
    mean = f[2] * (all - cells) + f[1] * cells
    a = all - cells
    b = sum((c - 1) ** 2 for c in totals)
    square = sum(
        (f[4] * (c - 1) * (c - 2) * (c - 3) + 6 * f[3] * (c - 1) * (c - 2) + 7 * f[2] * (c - 1) + f[1]) / c
        for c in totals
    )
    square += f[4] * (a * a - b) + 2 * f[3] * (cells - 1) * a + f[2] * cells * (cells - 1)
    scale = Fraction(all * all, n * (all - n))
    return scale * (mean - Fraction(n * n, all)), scale * scale * (square - mean * mean)


def divergence(i, j, n, m):
    """A cell's part of the Jensen-Shannon divergence in nats."""
    p, q = mpmath.mpf(i) / n, mpmath.mpf(j) / m
    part = lambda x: x * mpmath.log(2 * x / (p + q)) / 2 if x else mpmath.mpf(0)
    return part(p) + part(q)


def mean_divergence(totals, n, m):
    known = {}
    for c in set(totals):
        ways = comb(n + m, n)
        known[c] = mpmath.fsum(
            mpmath.mpf(comb(c, i) * comb(n + m - c, n - i)) / ways * divergence(i, c - i, n, m)
            for i in range(max(0, c - m), min(c, n) + 1)
        )
    return mpmath.fsum(known[c] for c in totals)


def gamma_p(statistic, totals, n):
    mean, variance = permutation_moments(totals, n)
    if variance == 0:
        return mpmath.mpf(1) if statistic <= mean else mpmath.mpf(0)
    at = mp(max(statistic, Fraction(0)) * mean / variance)
    return mpmath.gammainc(mp(mean * mean / variance), at, regularized=True)


def p_value(statistic, totals, n, m):
    single = totals.count(1)
    if 2 * single <= len(totals):
        return gamma_p(statistic, totals, n)
    N = n + m
    p, q = Fraction(n, N), Fraction(m, N)
    others = [c for c in totals if c > 1]
    rest = N - single
    middle = round(Fraction(single * min(n, m), N) + Fraction(1, 10**9))
    fewer = min(max(min(n, m) - middle, 1), rest - 1)
    total = mpmath.mpf(0)
    for x in range(max(0, single - m), min(single, n) + 1):
        weight = Fraction(comb(single, x) * comb(rest, n - x), comb(N, n))
        left = statistic - x * q / p - (single - x) * p / q
        if rest > 0:
            share = Fraction(n - x, rest)
            left -= rest * (share - p) ** 2 / (p * q)
        if left <= 0:
            total += mp(weight)
        elif len(others) > 1 and 0 < share < 1:
            total += mp(weight) * gamma_p(left * p * q / (share * (1 - share)), others, fewer)
    return total


cases = []
for name, (reference, current) in tables().items():
    x, y = used(reference, current)
    n, m = sum(x), sum(y)
    totals = [i + j for i, j in zip(x, y)]
    statistic = sum(Fraction((i * m - j * n) ** 2, n * m * (i + j)) for i, j in zip(x, y))
    scipy_says = chi2_contingency(np.array([x, y]), correction=False)
    assert abs(scipy_says.statistic - statistic) <= 1e-9 * statistic + 1e-9, name
    mean, variance = permutation_moments(totals, n)
    p = p_value(statistic, totals, n, m)
    small = n + m <= 30_000
    if small:
        assert abs(association(np.array([x, y]), method="cramer") - float(mpmath.sqrt(mp(statistic / (n + m))))) < 1e-9
    cases.append(
        {
            "name": name,
            "reference": reference,
            "current": current,
            "statistic": statistic,
            "degreesOfFreedom": scipy_says.dof,
            "mean": mean,
            "variance": variance,
            "pValue": p,
            "cramersV": mpmath.sqrt(mp(statistic / (n + m))),
            "meanDivergence": mean_divergence(totals, n, m) if small else None,
        }
    )
write(
    "exact rationals and mpmath; scipy.stats.chi2_contingency(correction=False) and association agree",
    {"statistic, mean, cramersV": 1e-13, "variance": 1e-12, "pValue": 1e-10, "meanDivergence": 2e-2},
    cases,
)
