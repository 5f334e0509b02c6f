"""Reference values of the incomplete gamma and beta functions, Student's t and Fisher's F in the corners of the box.

Source: mpmath 1.3.0 by tails.py at 90 digits, evaluated at the exact binary64 arguments; 24 digits are kept. Shapes are
1e-10 to 1e6 with the values between which methods change among them; arguments are next to 0, 1 and the mean, and where
a tail is about 1e-300 to 1/2. Degrees of freedom are 0.01 to 1e6.
Seed: 20250809. Tolerance: max(1e-13, 4 * 2^-52 * (1 + condition number)) in the body, 1e-10 down to 1e-300; in units of 2^-52 as
stated in extremes.test.ts.
Run: python3 extremes.py > extremes.json
"""

import json
import random

from mpmath import mp, mpf, nstr
from tails import beta_tails, gamma_tails

random.seed(20250809)
text = lambda value: nstr(value, 24)
shapes = [1e-10, 1e-5, 0.01, 0.3, 0.499, 0.5, 0.9, 1.0, 1.5, 4.0, 7.9, 8.0, 15.9, 16.0, 40.0, 1e3, 1e5, 1e6]
shape = lambda: random.choice(shapes) if random.random() < 0.7 else 10 ** random.uniform(-10, 6)
target = lambda: 10 ** -random.choice([random.uniform(0.3, 3), random.uniform(3, 40), random.uniform(40, 299)])
near = lambda x: x * (1 + random.choice([-1, 1]) * 10 ** random.uniform(-16, -1))


def gamma_argument(a):
    way = random.randrange(5)
    if way == 0:
        return near(random.choice([a, max(a, 0.6), 0.6]))
    if way == 1 and target() ** (1 / max(a, 0.05)) > 0:
        return max(1e-300, target() ** (1 / max(a, 0.05)) * max(a, 1))
    if a > 20:
        return a + a**0.5 * random.uniform(-36, 38)
    return random.uniform(0, 690) ** random.choice([1, 0.5]) + a


def beta_argument(a, b):
    way = random.randrange(6)
    mean = a / (a + b)
    if way == 0:
        return near(mean)
    if way == 1:
        return random.choice([1e-300, 1e-20, 1e-6, 1 - 1e-6, 1 - 2**-53, 0.9, 0.7, 0.3])
    if way == 2:
        return target() ** (1 / max(a, 0.5))
    if way == 3:
        return 1 - target() ** (1 / max(b, 0.5))
    if way == 4:
        return random.random()
    return mean + random.uniform(-36, 36) * (mean * (1 - mean) / (a + b + 1)) ** 0.5


tables = {"gamma": [], "beta": [], "studentT": [], "fisherF": []}
while len(tables["gamma"]) < 500:
    a = shape()
    x = float(gamma_argument(a))
    if 1e-300 <= x < 1e300:
        tables["gamma"].append([a, x, *map(text, gamma_tails(a, x))])
while len(tables["beta"]) < 700:
    a, b = shape(), shape()
    x = float(beta_argument(a, b))
    if 0 < x < 1:
        tables["beta"].append([a, b, x, *map(text, beta_tails(a, b, x))])
for i in range(250):
    df = random.choice([0.01, 0.1, 0.5, 1.0, 2.0, 3.0, 15.0, 16.0, 100.0, 1e4, 1e6, 10 ** random.uniform(-2, 6)])
    t = random.choice([random.uniform(0, 8), 10 ** random.uniform(-9, 1), 10 ** random.uniform(0, 100), random.uniform(0, 37)])
    mp.dps = 90
    square = mpf(t) ** 2
    p = beta_tails(mpf(df) / 2, mpf(1) / 2, mpf(df) / (mpf(df) + square))[0] / 2
    tables["studentT"].append([t, df, text(p)])
degrees = lambda: random.choice([0.01, 0.1, 1.0, 2.0, 15.0, 32.0, 100.0, 1e4, 1e6, 10 ** random.uniform(-2, 6)])
while len(tables["fisherF"]) < 300:
    d1, d2 = degrees(), degrees()
    mp.dps = 90
    if random.random() < 0.5:
        f = 10 ** random.choice([random.uniform(-1, 1), random.uniform(-30, 30), random.uniform(-0.01, 0.01)])
    else:
        x = beta_argument(d1 / 2, d2 / 2)
        if not 0 < x < 1:
            continue
        f = float(x / (1 - x) / d1 * d2)
    x = mpf(d1) * mpf(f) / (mpf(d1) * mpf(f) + mpf(d2))
    tables["fisherF"].append([f, d1, d2, *map(text, beta_tails(mpf(d1) / 2, mpf(d2) / 2, x))])
print(json.dumps(tables, separators=(",", ":")))
