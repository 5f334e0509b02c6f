"""Reference values of the special functions and the laws made of them.

Source: mpmath 1.3.0 at 60 to 90 digits, evaluated at the exact binary64 arguments; 24 digits are kept.
Gamma and beta tails are those of tails.py, at 90 digits.
Seed: 20250807. Tolerance: stated in special-functions.test.ts, in units of 2^-52.
Run: python3 special-functions.py > special-functions.json
"""

import json
import random

from mpmath import erf, erfc, loggamma, mp, mpf, nstr, sqrt
from tails import beta_tails, gamma_tails

random.seed(20250807)
mp.dps = 60
text = lambda value: nstr(value, 24)


def decade(low, high):
    return 10 ** random.uniform(low, high)


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
