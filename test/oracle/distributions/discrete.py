"""Reference values of the binomial, Poisson and hypergeometric laws: P(X = k), its logarithm and both tails.

Source: mpmath 1.3.0 at 60 digits, evaluated at the exact binary64 parameters; 24 digits are kept. Probabilities are
products of gamma functions; tails are added term by term, outwards from the mean where there are millions of them, until
nothing changes; the other tail is the complement at 400 digits.
Rows: k, parameters, pmf, log pmf, P(X <= k), P(X > k). Hypergeometric parameters: population, successes, draws.
Seed: 20250811. Tolerance: in units of 2^-52, stated in discrete.test.ts.
Run: python3 discrete.py > discrete.json
"""

import json
import random

from mpmath import exp, log, log1p, loggamma, mp, mpf, nstr

random.seed(20250811)
mp.dps = 60
text = lambda value: nstr(value, 24)
decade = lambda low, high: 10 ** random.uniform(low, high)
log_choose = lambda n, k: loggamma(mpf(n) + 1) - loggamma(mpf(k) + 1) - loggamma(mpf(n - k) + 1)


def tails(k, mean, mass, up, down, first, last):
    """P(X <= k) and P(X > k): the sum that leads away from the mean, and its complement."""
    above = k + 1 > mean
    total, at = mpf(0), k + 1 if above else k
    if (at > last) if above else (at < first):
        small = mpf(0)
    else:
        term = mass(at)
        while term and first <= at <= last:
            total += term
            ratio = up(at) if above else down(at)
            if term < total * mpf(10) ** -45 and ratio < 1:
                break
            term *= ratio
            at += 1 if above else -1
        small = total
    mp.dps = 400
    large = 1 - small
    mp.dps = 60
    return (large, small) if above else (small, large)


def add(name, k, parameters, log_mass, mean, up, down, first, last):
    inside = first <= k <= last
    lower, upper = tails(k, mean, lambda j: exp(log_mass(j)), up, down, first, last)
    value = log_mass(k) if inside else None
    if value is not None and value < -690:
        return
    rows[name].append([k, *parameters, text(exp(value)) if inside else "0", text(value) if inside else None, text(lower), text(upper)])


rows = {"binomial": [], "poisson": [], "hypergeometric": []}

while len(rows["binomial"]) < 260:
    n = random.choice([1, 2, 5, 10, 31, 100, 1000, 10**6, int(decade(0, 6))])
    p = random.choice([0.5, 0.01, 0.99, random.random(), decade(-12, -1), 1 - decade(-12, -1), decade(-300, -1)])
    deviation = (n * p * (1 - p)) ** 0.5
    k = int(random.choice([n * p + deviation * random.uniform(-3, 3), n * p + deviation * random.uniform(-36, 36), random.randint(0, n), 0, n, n - 1]))
    if not 0 <= k <= n or not 0 < p < 1:
        continue
    chance, other = mpf(p), 1 - mpf(p)
    add("binomial", k, (n, p), lambda j: log_choose(n, j) + j * log(chance) + (n - j) * log1p(-chance), n * chance,
        lambda j: chance / other * (n - j) / (j + 1), lambda j: other / chance * j / (n - j + 1), 0, n)

while len(rows["poisson"]) < 220:
    mean = random.choice([1.0, 4.0, 0.5, decade(-10, 0), decade(0, 6), decade(3, 6), 1e6])
    k = int(random.choice([mean + mean**0.5 * random.uniform(-3, 3), mean + mean**0.5 * random.uniform(-36, 36), random.randint(0, 40), 0]))
    if k < 0:
        continue
    rate = mpf(mean)
    add("poisson", k, (mean,), lambda j: j * log(rate) - rate - loggamma(mpf(j) + 1), rate,
        lambda j: rate / (j + 1), lambda j: j / rate, 0, 10**18)

while len(rows["hypergeometric"]) < 320:
    size = random.choice([1, 5, 10, 40, 200, 5000, 10**6, 10**9, 10**12, int(decade(0, 9))])
    marked, draws = (random.choice([random.randint(0, size), int(size * decade(-5, 0)), min(size, random.randint(0, 50))]) for _ in range(2))
    p = marked / size
    mean = draws * p
    deviation = (mean * (1 - p) * (size - draws) / max(1, size - 1)) ** 0.5
    if deviation > 30000:
        continue
    k = int(random.choice([mean + deviation * random.uniform(-3, 3), mean + deviation * random.uniform(-36, 36), mean + deviation * random.uniform(-9, 9), min(marked, draws)]))
    first, last = max(0, draws - (size - marked)), min(marked, draws)
    if not first <= k <= last:
        continue
    rest = size - marked - draws
    add("hypergeometric", k, (size, marked, draws),
        lambda j: log_choose(marked, j) + log_choose(size - marked, draws - j) - log_choose(size, draws), mpf(draws) * marked / size,
        lambda j: mpf((marked - j) * (draws - j)) / ((j + 1) * (rest + j + 1)),
        lambda j: mpf(j * (rest + j)) / ((marked - j + 1) * (draws - j + 1)), first, last)
print(json.dumps(rows, separators=(",", ":")))
