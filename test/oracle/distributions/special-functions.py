"""Reference values of the special functions and the laws made of them.

Source: mpmath 1.3.0 at 60 to 90 digits, evaluated at the exact binary64 arguments; 24 digits are kept.
  gamma  series of P below the mean, Lentz' continued fraction of Q above, a complement at 90 digits
  beta   the even part of Gauss' continued fraction (Didonato and Morris 1992) on the side below the mean
Seed: 20250807. Tolerance: stated in special-functions.test.ts, in units of 2^-52.
Run: python3 special-functions.py > special-functions.json
"""

import json
import random
import sys

from mpmath import erf, erfc, exp, log, loggamma, mp, mpf, nstr, sqrt

random.seed(20250807)
mp.dps = 60
text = lambda value: nstr(value, 24)


def decade(low, high):
    return 10 ** random.uniform(low, high)


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
    sys.exit("continued fraction did not converge")


def gamma_tails(a, x):
    mp.dps = 90
    a, x = mpf(a), mpf(x)
    factor = exp(a * log(x) - x - loggamma(a))
    if x < a + 1:
        total = term = 1 / a
        n = 1
        while term > total * mpf(10) ** -80:
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


def beta_tails(a, b, x):
    """Lower and upper tail at the exact x."""
    mp.dps = 90
    a, b, x = mpf(a), mpf(b), mpf(x)
    if x < a / (a + b):
        lower = beta_below(a, b, x, 1 - x)
        tails = lower, 1 - lower
    else:
        upper = beta_below(b, a, 1 - x, x)
        tails = 1 - upper, upper
    mp.dps = 60
    return tails


def around(mean, deviation, low, high):
    for _ in range(100):
        x = mean + deviation * random.choice([1, 3, 10, 34]) * random.uniform(-1, 1)
        if low < x < high:
            return float(x)
    return float(mean)


tables = {"gamma": {}, "beta": {}, "erf": [], "lgamma": [], "normal": [], "studentT": [], "fisherF": []}

for name, (low, high), count in (("small", (-5, 1), 250), ("medium", (0, 2.5), 250), ("large", (2.5, 6), 250)):
    rows = tables["gamma"][name] = []
    for _ in range(count):
        a = decade(low, high)
        x = a * decade(-6, 2.5) if name == "small" else around(a, float(sqrt(a)), 0, 1e300)
        rows.append([a, x, *map(text, gamma_tails(a, x))])

for name, (low, high), count in (
    ("small", (-5, 1), 250), ("medium", (0, 2.5), 250), ("large", (2.5, 6), 200), ("mixed", (-5, 6), 350), ("half", (0, 6), 150),
):
    rows = tables["beta"][name] = []
    for _ in range(count):
        a, b = decade(low, high), decade(low, high)
        if name == "half":
            a, b = random.choice([(a, 0.5), (0.5, b)])
        mean = a / (a + b)
        x = around(mean, float(sqrt(a * b / (a + b + 1))) / (a + b), 0, 1)
        if random.random() < 0.3:
            x = random.random() if random.random() < 0.5 else mean * decade(-3, 0)
        rows.append([a, b, x, *map(text, beta_tails(a, b, x))])

for i in range(300):
    x = (random.uniform(0, 3), random.uniform(-6, 26.5), decade(-10, 0))[i % 3]
    tables["erf"].append([x, text(erf(mpf(x))), text(erfc(mpf(x)))])

for i in range(300):
    x = (random.uniform(0, 4), decade(-10, 6), 1 + random.choice([-1, 1]) * decade(-12, -0.3),
         2 + random.choice([-1, 1]) * decade(-12, -0.3))[i % 4]
    tables["lgamma"].append([x, text(loggamma(mpf(x)))])

for i in range(200):
    x = random.uniform(-5, 5) if i % 2 else random.uniform(0, 37)
    tables["normal"].append([x, text(erfc(mpf(x) / sqrt(mpf(2))) / 2)])

for i in range(250):
    df = (decade(-1, 2), decade(2, 6), float(random.randint(1, 30)))[i % 3]
    t = random.uniform(0, 6) if i % 2 else decade(-3, 1.5)
    # the tail of a beta law at t² / (df + t²), an argument that is no binary64 number
    mp.dps = 90
    square = mpf(t) ** 2
    tables["studentT"].append([t, df, text(beta_tails(mpf(df) / 2, mpf(1) / 2, mpf(df) / (mpf(df) + square))[0] / 2)])

for i in range(250):
    d1, d2 = decade(-0.5, 4), decade(-0.5, 5)
    if i % 2:
        d1, d2 = float(random.randint(1, 20)), float(random.randint(1, 500))
    f = decade(-2, 2) if i % 3 else random.uniform(0.5, 2)
    mp.dps = 90
    x = mpf(d1) * mpf(f) / (mpf(d1) * mpf(f) + mpf(d2))
    tables["fisherF"].append([f, d1, d2, *map(text, beta_tails(mpf(d1) / 2, mpf(d2) / 2, x))])

print(json.dumps(tables, separators=(",", ":")))
