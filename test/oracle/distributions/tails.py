"""Tails of the gamma and beta laws in mpmath, for the scripts beside this file.

  gamma  series of P below the mean, Lentz' continued fraction of Q above
  beta   the even part of Gauss' continued fraction (Didonato and Morris 1992) on the side below the mean; the series
         next to the end of a small shape
The other tail is a complement at `digits` digits.
"""

from mpmath import exp, log, loggamma, mp, mpf


def lentz(first, terms, epsilon):
    tiny = mpf(10) ** -500
    value = first or tiny
    c, d = value, mpf(0)
    for above, below in terms:
        d = 1 / ((below + above * d) or tiny)
        c = (below + above / c) or tiny
        value *= c * d
        if abs(c * d - 1) < epsilon:
            return value
    raise ArithmeticError("continued fraction did not converge")


def gamma_tails(a, x, digits=90):
    """P(a, x) and Q(a, x)."""
    mp.dps = digits
    a, x = mpf(a), mpf(x)
    factor = exp(a * log(x) - x - loggamma(a))
    if x < a + 1:
        total = term = 1 / a
        n = 1
        while term > total * mpf(10) ** (10 - digits):
            term *= x / (a + n)
            total += term
            n += 1
        p = factor * total
        tails = p, 1 - p
    else:
        b = x + 1 - a
        q = factor / lentz(b, ((-i * (i - a), b + 2 * i) for i in range(1, 200000)), mpf(10) ** -60)
        tails = 1 - q, q
    mp.dps = 60
    return tails


def beta_below(a, b, x, y):
    at_mode = a * y - b * x + 1

    def terms():
        for n in range(1, 400000):
            k = a + 2 * n - 1
            above = (a + n - 1) * (a + b + n - 1) * n * (b - n) * x * x / (k * k)
            yield above, n + n * (b - n) * x / k + (a + n) * (at_mode + n * (2 - x)) / (k + 2)

    fraction = lentz(a * at_mode / (a + 1), terms(), mpf(10) ** -60)
    return exp(a * log(x) + b * log(y) - loggamma(a) - loggamma(b) + loggamma(a + b)) / fraction


def beta_series(a, b, x):
    """x^a / B(a, b) sum of (1 - b)_n x^n / (n! (a + n)), where a small shape would need long fractions."""
    total, term, n = 1 / a, mpf(1), 0
    while abs(term) > total * mpf(10) ** -100:
        n += 1
        term *= (n - b) * x / n
        total += term / (a + n)
    return total * exp(a * log(x) - loggamma(a) - loggamma(b) + loggamma(a + b))


def beta_tails(a, b, x, digits=90):
    """Lower and upper tail at the exact x."""
    mp.dps = digits
    a, b, x = mpf(a), mpf(b), mpf(x)
    if a < 1 and x * (b + 1) < 0.5:
        lower = beta_series(a, b, x)
        tails = lower, 1 - lower
    elif b < 1 and (1 - x) * (a + 1) < 0.5:
        upper = beta_series(b, a, 1 - x)
        tails = 1 - upper, upper
    elif x < a / (a + b):
        lower = beta_below(a, b, x, 1 - x)
        tails = lower, 1 - lower
    else:
        upper = beta_below(b, a, 1 - x, x)
        tails = 1 - upper, upper
    mp.dps = 60
    return tails
