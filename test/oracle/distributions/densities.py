"""Reference values of densities and their logarithms.

Source: mpmath 1.3.0 at 60 digits by the formulas themselves, evaluated at the exact binary64 arguments; 24 digits are
kept. Shapes and degrees of freedom are 1e-10 (0.01) to 1e6; arguments reach densities of 1e-300 and next to the ends.
Seed: 20250810. Tolerance: in units of 2^-52, stated in densities.test.ts.
Run: python3 densities.py > densities.json
"""

import json
import random

from mpmath import erfc, exp, log, loggamma, mp, mpf, nstr, pi, sqrt

random.seed(20250810)
mp.dps = 60
text = lambda value: nstr(value, 24)
decade = lambda low, high: 10 ** random.uniform(low, high)
shapes = [1e-10, 1e-3, 0.5, 1.0, 2.0, 15.9, 16.0, 100.0, 1e4, 1e6]
shape = lambda: random.choice(shapes) if random.random() < 0.5 else decade(-4, 6)
log_beta = lambda a, b: loggamma(a) + loggamma(b) - loggamma(a + b)
tables = {name: [] for name in ("gamma", "chiSquare", "beta", "studentT", "fisherF", "normal", "logNormal", "exponential")}


def row(name, arguments, log_density):
    if -690 < log_density < 690:
        tables[name].append([*arguments, text(exp(log_density)), text(log_density)])


def beta_log(a, b, x, y):
    return a * log(x) + b * log(y) - log_beta(a, b)


for _ in range(250):
    a, scale = shape(), random.choice([1.0, 2.0, decade(-3, 3)])
    x = random.choice([decade(-12, 2.5), a + a**0.5 * random.uniform(-36, 36), a * (1 + decade(-12, -1))])
    if x > 0:
        # the argument as it is divided in binary64 is the scale's business, so scales of the table are powers of 2
        scale = 2.0 ** round(float(log(scale, 2)))
        x = float(x * scale)
        u = mpf(x) / scale
        row("gamma", (x, a, scale), (mpf(a) - 1) * log(u) - u - loggamma(mpf(a)) - log(mpf(scale)))
    df = 2 * a if random.random() < 0.5 else float(random.randint(1, 50))
    x = df * decade(-1, 1) if df < 30 else df + df**0.5 * random.uniform(-20, 20)
    if x > 0:
        half = mpf(df) / 2
        row("chiSquare", (x, df), (half - 1) * log(mpf(x) / 2) - mpf(x) / 2 - loggamma(half) - log(mpf(2)))
for _ in range(400):
    a, b = shape(), shape()
    mean = a / (a + b)
    x = random.choice([random.random(), mean, decade(-300, 0), 1 - decade(-15, -1), mean + random.uniform(-36, 36) * (mean * (1 - mean) / (a + b + 1)) ** 0.5])
    if 0 < x < 1:
        row("beta", (x, a, b), beta_log(mpf(a), mpf(b), mpf(x), 1 - mpf(x)) - log(mpf(x)) - log(1 - mpf(x)))
for _ in range(250):
    df = random.choice([0.01, 1.0, 2.0, 31.9, 32.0, 1e6, 1e10, 1e14, decade(-2, 6)])
    t = random.choice([0.0, random.uniform(-8, 8), random.uniform(-37, 37), decade(-9, 1), decade(0, 90)])
    square = mpf(t) ** 2
    log_density = -(mpf(df) + 1) / 2 * log(1 + square / df) - log(mpf(df)) / 2 - log_beta(mpf(df) / 2, mpf(1) / 2)
    row("studentT", (t, df), log_density)
for _ in range(250):
    d1, d2 = (random.choice([0.01, 1.0, 2.0, 5.0, 32.0, 1e6, decade(-2, 6)]) for _ in range(2))
    f = random.choice([decade(-1, 1), decade(-30, 30), 1 + random.uniform(-0.5, 0.5) * min(1, (2 / d1 + 2 / d2) ** 0.5)])
    above, below = mpf(d1) * mpf(f), mpf(d2)
    row("fisherF", (f, d1, d2), beta_log(mpf(d1) / 2, mpf(d2) / 2, above / (above + below), below / (above + below)) - log(mpf(f)))
for _ in range(200):
    mean, sd = random.choice([(0.0, 1.0), (2.1, 1.4), (-1.0, 0.1), (1e6, 1e-3), (decade(-3, 3), decade(-3, 3))])
    x = mean + sd * random.choice([random.uniform(-3, 3), random.uniform(-37, 37)])
    z = (mpf(x) - mpf(mean)) / mpf(sd)
    row("normal", (x, mean, sd), -z * z / 2 - log(mpf(sd)) - log(2 * pi) / 2)
    mu, sigma = random.choice([(0.0, 1.0), (2.1, 1.4), (-1.0, 2.0), (random.uniform(-5, 5), decade(-2, 1))])
    x = float(exp(mu + sigma * random.choice([random.uniform(-3, 3), random.uniform(-36, 36)])))
    if 1e-300 < x < 1e300:
        z = (log(mpf(x)) - mpf(mu)) / mpf(sigma)
        row("logNormal", (x, mu, sigma), -z * z / 2 - log(mpf(x)) - log(mpf(sigma)) - log(2 * pi) / 2)
    rate = decade(-5, 5)
    x = random.choice([decade(-3, 1), random.uniform(0, 690)]) / rate
    row("exponential", (x, rate), log(mpf(rate)) - mpf(rate) * mpf(x))

# tails of the normal and lognormal laws whose standard value is no binary64 number: x, parameters, cdf, sf
for name in ("normal", "logNormal"):
    tables[f"{name}Tails"] = []
    for _ in range(200):
        mean, sd = random.choice([(0.0, 1.0), (2.1, 1.4), (-1.0, 0.1), (random.uniform(-5, 5), decade(-2, 1))])
        x = mean + sd * random.choice([random.uniform(-3, 3), random.uniform(-37, 37)])
        if name == "logNormal":
            if abs(x) > 680:
                continue
            x = float(exp(x))
        z = ((log(mpf(x)) if name == "logNormal" else mpf(x)) - mpf(mean)) / mpf(sd) / sqrt(mpf(2))
        tables[f"{name}Tails"].append([x, mean, sd, text(erfc(-z) / 2), text(erfc(z) / 2)])
print(json.dumps(tables, separators=(",", ":")))
