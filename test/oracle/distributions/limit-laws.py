"""Reference values of the limit laws of Kolmogorov, Anderson-Darling and Cramer-von Mises, and of Smirnov's finite law.

Source: mpmath 1.3.0. The two quadratic forms do not use the library's formulas: the Laplace transform of the law,
  E exp(-s A^2) = (2 pi s / cosh(pi sqrt(8 s - 1)/2))^(1/2),  E exp(-s W^2) = (sqrt(2 s)/sinh sqrt(2 s))^(1/2),
is inverted along a parabola through the saddle point, at 45 digits. Kolmogorov's limit is summed directly at 60 digits;
Smirnov's one-sided law is his finite sum; the two-sided finite law is Durbin's matrix, both at 80 digits.
No random numbers. Tolerance: 1e-13 relative for limits, 1e-10 for finite laws, times the exponent in far tails.
Run: python3 limit-laws.py > limit-laws.json
"""

import json

from mpmath import binomial, ceil, exp, factorial, floor, im, log, matrix, mp, mpc, mpf, nstr, pi, quad, sqrt

text = lambda value: nstr(value, 22)
mp.dps = 45


def log_transform_ad(s):
    z = pi * sqrt(8 * s - 1) / 2
    return (log(2 * pi * s) - (z + log(1 + exp(-2 * z)) - log(mpf(2)))) / 2


def log_transform_cvm(s):
    r = sqrt(2 * s)
    return (log(r) - (r + log(1 - exp(-2 * r)) - log(mpf(2)))) / 2


def invert(log_transform, x, crossing, sign):
    """sign * (1/pi) Im of the integral of transform(s)/s e^(s x) along s = crossing + i t - bend t²."""
    bend = mpf(1) / 4 if crossing < 0 else 1 / (4 * crossing)

    # quad judges its error absolutely: the integrand is brought to the order of 1
    peak = (log_transform(mpc(crossing, 0)) + crossing * x).real

    def integrand(t):
        s = mpc(crossing - bend * t * t, t)
        return im(exp(log_transform(s) + s * x - peak) / s * mpc(-2 * bend * t, 1)) * abs(crossing)

    end = sqrt(120 / (bend * x))
    first = min(abs(crossing + 1) if crossing < 0 else crossing, end / 64)
    cuts = [mpf(0)]
    at = first / 4
    while at < end:
        cuts.append(at)
        at *= mpf("1.5")
    return sign * exp(peak) * quad(integrand, cuts + [end], maxdegree=9) / (pi * abs(crossing))


def density(log_transform, x, crossing):
    """(1/pi) Im of the integral of transform(s) e^(s x) along the same line."""
    bend = mpf(1) / 4 if crossing < 0 else 1 / (4 * crossing)
    peak = (log_transform(mpc(crossing, 0)) + crossing * x).real

    def integrand(t):
        s = mpc(crossing - bend * t * t, t)
        return im(exp(log_transform(s) + s * x - peak) * mpc(-2 * bend * t, 1))

    end = sqrt(120 / (bend * x))
    first = min(abs(crossing + 1) if crossing < 0 else crossing, end / 64)
    cuts = [mpf(0)]
    at = first / 4
    while at < end:
        cuts.append(at)
        at *= mpf("1.5")
    return exp(peak) * quad(integrand, cuts + [end], maxdegree=9) / pi


def upper(log_transform, first_pole, x):
    x = mpf(x)
    return invert(log_transform, x, -first_pole + min(first_pole / 2, 1 / (2 * x)), -1)


def lower(log_transform, saddle, x):
    return invert(log_transform, mpf(x), saddle, 1)


def kolmogorov(z):
    mp.dps = 60
    z = mpf(z)
    count = int(ceil(14 / z)) + 3
    tail = 2 * sum((-1) ** (k - 1) * exp(-2 * k * k * z * z) for k in range(1, count))
    body = sqrt(2 * pi) / z * sum(exp(-((2 * k - 1) ** 2) * pi**2 / (8 * z * z)) for k in range(1, int(12 * z) + 8))
    mp.dps = 45
    return body, tail


def kolmogorov_density(z):
    """Derivative of the two series of `kolmogorov`, term by term; the faster one at z."""
    mp.dps = 60
    z = mpf(z)
    if z > 1:
        value = 8 * z * sum((-1) ** (k - 1) * k * k * exp(-2 * k * k * z * z) for k in range(1, 40))
    else:
        rates = [((2 * k - 1) * pi) ** 2 / (8 * z * z) for k in range(1, 40)]
        value = sqrt(2 * pi) / z**2 * sum(exp(-rate) * (2 * rate - 1) for rate in rates)
    mp.dps = 45
    return value


def smirnov_density(n, d):
    """Symmetric difference of the sum: 30 digits of 80."""
    mp.dps = 80
    step = mpf(10) ** -25 * min(mpf(d), 1 - mpf(d))
    value = (smirnov(n, mpf(d) - step) - smirnov(n, mpf(d) + step)) / (2 * step)
    return value


def smirnov(n, d):
    mp.dps = 80
    d = mpf(d)
    total = (1 - d) ** n
    for j in range(1, int(floor(n * (1 - d))) + 1):
        total += d * binomial(n, j) * (d + mpf(j) / n) ** (j - 1) * (1 - d - mpf(j) / n) ** (n - j)
    return total


def durbin(n, d):
    mp.dps = 80
    d = mpf(d)
    k = int(floor(n * d)) + 1
    h = k - n * d
    side = 2 * k - 1
    entry = matrix(side, side)
    for i in range(side):
        for j in range(side):
            order = i - j + 1
            if order < 0:
                continue
            value = mpf(1)
            if j == 0:
                value -= h**order
            if i == side - 1:
                value -= h**order
            if j == 0 and i == side - 1 and h > mpf(1) / 2:
                value += (2 * h - 1) ** order
            entry[i, j] = value / factorial(order)
    row = matrix(1, side)
    row[0, k - 1] = 1
    for step in range(1, n + 1):
        row = row * entry * mpf(step) / n
    mp.dps = 45
    return row[0, k - 1]


tables = {"andersonDarling": [], "cramerVonMises": [], "kolmogorov": [], "smirnovN": [], "kolmogorovN": []}
for x in [0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 0.75, 0.99, 1.0, 1.5, 2.0, 3.0, 4.5, 7.0, 12.0, 20.0, 40.0, 90.0, 200.0, 450.0, 685.0]:
    saddle = pi**2 / (8 * mpf(x) ** 2)
    cdf, sf = (lower(log_transform_ad, saddle, x), None) if x < 0.6 else (None, upper(log_transform_ad, mpf(1), x))
    tables["andersonDarling"].append([x, text(cdf if cdf is not None else 1 - sf), text(sf if sf is not None else 1 - cdf)])
for x in [0.0003, 0.0007, 0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.12, 0.125, 0.13, 0.2, 0.3, 0.5, 0.8, 1.2, 2.0, 4.0, 9.0, 20.0, 45.0, 90.0, 138.0]:
    saddle = 1 / (8 * mpf(x) ** 2)
    cdf, sf = (lower(log_transform_cvm, saddle, x), None) if x < 0.1 else (None, upper(log_transform_cvm, pi**2 / 2, x))
    tables["cramerVonMises"].append([x, text(cdf if cdf is not None else 1 - sf), text(sf if sf is not None else 1 - cdf)])
for z in [0.043, 0.06, 0.1, 0.2, 0.3, 0.5, 0.7, 0.79, 0.8, 0.81, 1.0, 1.3581, 1.7, 2.2, 3.0, 5.0, 8.0, 13.0, 18.5]:
    tables["kolmogorov"].append([z, *map(text, kolmogorov(z))])
for n in (1, 2, 5, 20, 100, 700, 3000):
    for z in (0.05, 0.3, 0.7, 1.0, 1.4, 2.0, 3.0, 5.0, 9.0, 16.0):
        d = float(z / sqrt(n))
        if d < 1:
            tables["smirnovN"].append([d, n, text(smirnov(n, d))])
for n in (1, 2, 3, 7, 20, 50, 120):
    for z in (0.35, 0.5, 0.8, 1.1, 1.3, 1.6, 1.95):
        d = float(z / sqrt(n))
        if 0.5 / n < d < 1:
            cdf = durbin(n, d)
            tables["kolmogorovN"].append([d, n, text(cdf), text(1 - cdf)])

# densities [x, pdf, log pdf], and both tails and the density of Smirnov's law where n d is anything
laws = {
    "andersonDarlingDensity": (log_transform_ad, mpf(1), pi**2 / 8, 0.6, [0.0025, 0.01, 0.05, 0.25, 0.5, 0.7, 0.99, 1.0, 1.3, 2.0, 4.5, 12.0, 40.0, 200.0, 680.0]),
    "cramerVonMisesDensity": (log_transform_cvm, pi**2 / 2, mpf(1) / 8, 0.1, [0.0003, 0.001, 0.005, 0.02, 0.04, 0.08, 0.12, 0.125, 0.13, 0.2, 0.5, 1.2, 4.0, 20.0, 90.0, 138.0]),
}
for name, (log_transform, first_pole, saddle, turn, points) in laws.items():
    tables[name] = []
    for x in points:
        crossing = saddle / mpf(x) ** 2 if x < turn else -first_pole + min(first_pole / 2, 1 / (2 * mpf(x)))
        value = density(log_transform, mpf(x), crossing)
        tables[name].append([x, text(value), text(log(value))])
tables["kolmogorovDensity"] = []
for z in [0.043, 0.06, 0.1, 0.3, 0.5, 0.7, 0.79, 0.8, 0.81, 0.9, 1.0, 1.3581, 1.7, 2.2, 3.0, 5.0, 8.0, 13.0, 18.5]:
    value = kolmogorov_density(z)
    tables["kolmogorovDensity"].append([z, text(value), text(log(value))])
tables["smirnovTails"] = []
for n in (1, 2, 3, 6, 17, 60, 150, 400, 1500):
    for d in (1e-9, 1e-4, 0.3 / n, 0.99 / n, 1.01 / n, 2.5 / n, 7.3 / n, 24.1 / n, 0.03, 0.11, 0.28, 0.5, 0.77, 0.97):
        # the density jumps at 1/2 for two values
        if 0 < d < 1 and (n, d) != (2, 0.5):
            sf = smirnov(n, d)
            tables["smirnovTails"].append([d, n, text(1 - sf), text(sf), text(smirnov_density(n, d))])
            mp.dps = 45
print(json.dumps(tables, separators=(",", ":")))
