"""The exact law of Mann and Whitney's U: in how many orders of the pooled values it is at least so large.

Counted with Python's integers where there are few; else a contour integral of the product that generates the counts, in
extended precision, which must agree with the counts where there are both.
"""

from fractions import Fraction
from functools import cache
from math import comb

import mpmath
import numpy as np
from oracle import mp


@cache
def frequencies(n, m):
    """In how many orders U = 0, 1, …: the coefficients of a Gaussian binomial."""
    known = [1]
    for k in range(1, n + 1):
        longer = known + [0] * (m + k)
        for i in range(len(longer) - 1, m + k - 1, -1):
            longer[i] -= longer[i - m - k]
        for i in range(k, len(longer)):
            longer[i] += longer[i - k]
        while longer[-1] == 0:
            longer.pop()
        known = longer
    assert sum(known) == comb(n + m, n)
    return known


@cache
def upper(n, m, u):
    """P(U >= u) without ties."""
    if 2 * u <= n * m:
        return 1 - upper(n, m, n * m - u + 1)
    n, m = min(n, m), max(n, m)
    below = n * m - u
    if n * n * m > 3e6:
        return contour(n, m, below)
    counted = mp(Fraction(sum(frequencies(n, m)[: below + 1]), comb(n + m, n)))
    if n >= 8 and n + m <= 200 and below >= 10:
        integral = contour(n, m, below)
        assert abs(integral / counted - 1) < 1e-14, (n, m, u, integral, counted)
    return counted


def contour(n, m, below):
    """P(U <= below): the integral of the generating function on a circle through the saddle point."""
    k = np.arange(1, n + 1).astype(np.longdouble)
    one = np.longdouble(1)
    log_part = lambda z: np.log(-np.expm1(-z))
    # E q^U with q = e^-t is the product of (1 - q^(m + k)) / (1 - q^k) over C(n + m, n); the sum of all up to `below`
    # divides it by 1 - q.
    exponent = lambda t: (
        np.sum(log_part((m + k) * t) - log_part(k * t) - np.log((m + k) / k)) + below * t - log_part(t)
    )
    scale = np.sqrt(one * n * m * (n + m + 1) / 12)
    low, high = np.longdouble(1e-4) / scale, np.longdouble(5)
    for _ in range(200):
        a, b = low + (high - low) * 0.382, low + (high - low) * 0.618
        low, high = (low, b) if exponent(a) < exponent(b) else (a, high)
    t = (low + high) / 2
    d = t * np.longdouble(1e-3)
    curvature = (exponent(t + d) - 2 * exponent(t) + exponent(t - d)) / d**2
    step = min(np.longdouble(0.4) / np.sqrt(curvature), 2 * np.pi * t / 80)
    pi = np.arctan(one) * 4
    steps = int(np.ceil(pi / step))
    step = pi / steps
    height = exponent(t)
    total = np.longdouble(0.5)
    for j in range(1, steps + 1):
        phase = step * j
        z = t + np.clongdouble(1j) * phase
        f = np.sum(np.log(-np.expm1(-(m + k) * z)) - np.log(-np.expm1(-k * z)) - np.log((m + k) / k))
        term = np.exp(f + below * z - np.log(-np.expm1(-z)) - height)
        total += term.real / (2 if j == steps else 1)
        # Far from 0 there are other, much lower peaks.
        if abs(term) < 1e-22 and n + m > 200:
            break
    value = total * step / pi * np.exp(height - np.round(height))
    return mpmath.mpf(np.format_float_scientific(value, precision=20)) * mpmath.exp(int(np.round(height)))


def given_ties(n, m, u, runs):
    """P(U >= u) over all ways to deal n of the values, of which runs of so many, from the smallest, are equal."""
    # Counts by 2U, side by side in one long integer.
    width = comb(n + m, n).bit_length() + 1
    rows = [1] + [0] * n
    before = 0
    for t in runs:
        dealt = [0] * (n + 1)
        for i in range(min(n, before) + 1):
            if rows[i] and before - i <= m:
                for p in range(min(t, n - i) + 1):
                    dealt[i + p] += comb(t, p) * rows[i] << width * p * (2 * (before - i) + t - p)
        rows = dealt
        before += t
    counts, mask, reached = rows[n] >> width * int(2 * u), (1 << width) - 1, 0
    while counts:
        reached += counts & mask
        counts >>= width
    return Fraction(reached, comb(n + m, n))
