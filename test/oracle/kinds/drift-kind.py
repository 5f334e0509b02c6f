"""Writes drift-kind.json. python3 drift-kind.py > drift-kind.json

Posterior probabilities of the kinds of drift the naive way: the covariance matrix of the scored windows is written out and
inverted, every template is a vector of numbers, and the amplitude is integrated out numerically (composite Gauss-Legendre,
held against scipy.integrate.quad). Shapes, priors and constants are those of docs/drift-kinds.md.
"""

import json
import math
import sys

import numpy as np
import scipy
import scipy.stats
from scipy.integrate import quad

KINDS = ["none", "instantaneous", "gradual", "temporary", "periodic"]
PRIOR = np.array([4, 1, 1, 1, 1]) / 8


def step_of(length):
    return 1 if length < 16 else length // 8


def lengths(least, most):
    length = least
    while length <= most:
        yield length, step_of(length) / math.sqrt(length)
        length += step_of(length)


def next_scored(z, t):
    while t < len(z) and math.isnan(z[t]):
        t += 1
    return t


def ramp(onset, width):
    return lambda t: 0.0 if t < onset else min(1.0, (t - onset + 1) / width)


def stretch(onset, end):
    return lambda t: 1.0 if onset <= t < end else 0.0


def steps(z):
    for onset in range(len(z)):
        if not math.isnan(z[onset]):
            yield 1.0, stretch(onset, len(z)), (onset, 0)


def ramps(z):
    n = len(z)
    for width, weight in lengths(6, n):
        stride = max(1, width // 6)
        onset = next_scored(z, 0)
        while onset < n - 2:
            yield weight * stride, ramp(onset, width), (onset, width)
            onset = next_scored(z, onset + stride)


def stretches(z):
    n = len(z)
    last = max(t for t in range(n) if not math.isnan(z[t]))
    for duration, weight in lengths(1, n - 1):
        for onset in range(n):
            if not math.isnan(z[onset]) and onset + duration <= (last if duration < 16 else last - 8):
                yield weight, stretch(onset, onset + duration), (onset, duration)
    for onset in range(n):
        for end in range(last - 7, last + 1):
            if not math.isnan(z[onset]) and end - onset >= 16:
                yield 1 / math.sqrt(end - onset), stretch(onset, end), (onset, end - onset)


def grid_of_periods(n):
    found = []
    period = 3
    while 3 * period <= n:
        found.append(period)
        period += max(1, period * period // (4 * n))
    return found


def rhythms(z, periods):
    n = len(z)
    for period in periods:
        begins = [begin for begin in (0, n // 3) if begin == 0 or n - begin >= 3 * period]
        # Math.round rounds halves up.
        ons = {max(1, min(period - 1, math.floor(duty * period + 0.5))) for duty in (0.25, 0.5, 0.75)}
        for begin in begins:
            for on in [0, *sorted(ons)]:
                stride = max(1, period // (8 if on == 0 else 12))
                phases = range(0, period, stride)
                weight = 1 / period / len(begins) / len(phases) / (1 if on == 0 else len(ons))
                for phase in phases:

                    def value(t, period=period, phase=phase, on=on, begin=begin):
                        place = (t - phase) % period
                        if t < begin:
                            return 0.0
                        return (1 + math.cos(2 * math.pi * place / period)) / 2 if on == 0 else float(place < on)

                    yield weight, value, (period, phase, on, begin)


def covariance(times, phi, level):
    gaps = np.abs(np.subtract.outer(times, times))
    return np.power(phi, gaps) + level**2


def log_density(z, sigma):
    sign, log_determinant = np.linalg.slogdet(sigma)
    return -(z @ np.linalg.solve(sigma, z) + log_determinant) / 2


nodes, weights = np.polynomial.legendre.leggauss(40)


def integrate(b, a, tau, two_sided):
    """log of ∫ p(A) exp(A b - A² a / 2) dA, with p the moment prior, in 60 panels over where the integrand lives."""

    def log_integrand(amplitude):
        prior = np.log(amplitude**2 / tau**3 / math.sqrt(2 * math.pi)) - amplitude**2 / (2 * tau**2)
        return prior + (0 if two_sided else math.log(2)) + amplitude * b - amplitude**2 * a / 2

    sd = 1 / math.sqrt(a + 1 / tau**2)
    mean = b * sd * sd
    low, high = mean - 14 * sd, mean + 14 * sd
    if not two_sided:
        low, high = max(low, 0), max(high, 14 * sd)
    edges = np.linspace(low, high, 61)
    half = (edges[1] - edges[0]) / 2
    points = (edges[:-1, None] + half * (1 + nodes)).ravel()
    points = points[points != 0]
    logs = log_integrand(points)
    top = logs.max()
    return top + math.log(np.sum(np.tile(half * weights, 60) * np.exp(logs - top)))


def check_integration():
    for b, a, tau, both in [(3.0, 10.0, 2.25, False), (-2.0, 5.0, 2.25, False), (-2.0, 5.0, 3.0, True)]:
        density = lambda A: A**2 / tau**3 / math.sqrt(2 * math.pi) * math.exp(-(A**2) / 2 / tau**2 + A * b - A * A * a / 2)
        value = quad(density, -np.inf if both else 0, np.inf, epsabs=0, epsrel=1e-12)[0] * (1 if both else 2)
        assert abs(math.log(value) - integrate(b, a, tau, both)) < 1e-9


def seasonal_template(value, period):
    """What a comparison with the window a period ago sees: √½ of the change; before the first period nothing is compared."""
    return lambda t: math.sqrt(0.5) * abs(value(t) - (value(t - period) if t >= period else 0.0))


def logs_of(z, phi, level, tau, two_sided, periods, seasonal):
    n = len(z)
    times = np.array([t for t in range(n) if not math.isnan(z[t])])
    sigma = covariance(times, phi, level)
    q = np.linalg.inv(sigma)
    seen = z[times]
    base = log_density(seen, sigma)
    if seasonal is not None:
        other, period = seasonal
        other_times = np.array([t for t in range(n) if not math.isnan(other[t])])
        other_sigma = covariance(other_times, phi, 0)
        other_q = np.linalg.inv(other_sigma)
        base += log_density(other[other_times], other_sigma)
    logs = [base]
    best = {}
    for kind, shapes in [
        ("instantaneous", steps(z)),
        ("gradual", ramps(z)),
        ("temporary", stretches(z)),
        ("periodic", rhythms(z, periods)),
    ]:
        parts = []
        total = 0
        for weight, value, shape in shapes:
            s = np.array([value(t) for t in times])
            b, a = s @ q @ seen, s @ q @ s
            if seasonal is not None and kind != "periodic":
                template = seasonal_template(value, period)
                d = np.array([template(t) for t in other_times])
                b += d @ other_q @ other[other_times]
                a += d @ other_q @ d
            total += weight
            part = math.log(weight) + integrate(b, a, tau, two_sided)
            parts.append(part)
            if kind not in best or part > best[kind][0]:
                best[kind] = (part, shape, b / (a + 1 / tau**2))
        logs.append(base + np.logaddexp.reduce(parts) - math.log(total) if parts else -np.inf)
    return np.array(logs), best


def nodes_of(reference):
    """Mean and standard deviation of φ under a uniform prior, from a fine grid, and the three nodes of Gauss and Hermite."""
    grid = np.linspace(-0.98, 0.98, 197)
    x, y = np.array(reference[:-1]), np.array(reference[1:])
    scale = max(1, np.mean(np.square(reference)))
    logs = np.array(
        [sum(scipy.stats.norm.logpdf(y / math.sqrt(scale), phi * x / math.sqrt(scale), math.sqrt(1 - phi**2))) for phi in grid]
    )
    density = np.exp(logs - logs.max())
    mean = np.sum(grid * density) / density.sum()
    sd = math.sqrt(np.sum((grid - mean) ** 2 * density) / density.sum())
    return [(mean, 2 / 3), (mean - math.sqrt(3) * sd, 1 / 6), (mean + math.sqrt(3) * sd, 1 / 6)]


def probabilities(logs):
    masses = PRIOR * np.exp(logs - logs.max())
    return masses / masses.sum()


def case(name, scores, autocorrelation=None, reference=None, level=0, two_sided=False, period=None, seasonal=None):
    z = np.array([math.nan if s is None else s for s in scores])
    top = max(abs(s) if two_sided else s for s in scores if s is not None)
    tau = max(2.5, math.sqrt(0.5) * top)
    phis = [(autocorrelation or 0.0, 1.0)] if reference is None else nodes_of(reference)
    if period is None:
        periods = grid_of_periods(len(z))
    elif seasonal is None:
        periods = [period]
    else:
        periods = [p for p in range(2, period + 1) if period % p == 0 and 2 * p <= len(z)]
    other = None if seasonal is None else (np.array([math.nan if s is None else s for s in seasonal]), period)
    found = []
    for phi, weight in phis:
        logs, best = logs_of(z, phi, level, tau, two_sided, periods, other)
        if found:
            logs[1:][alone[1:] <= 1e-3] = -np.inf
        found.append((math.log(weight) + logs, best))
        alone = probabilities(found[0][0])
        if alone.max() >= 0.9:
            break
    result = probabilities(np.logaddexp.reduce([logs for logs, _ in found]))
    options = {
        "autocorrelation": autocorrelation,
        "reference": reference,
        "level": level or None,
        "twoSided": two_sided or None,
        "period": period,
        "seasonal": seasonal,
    }
    step = found[0][1]["instantaneous"]
    return {
        "name": name,
        "scores": scores,
        "options": {key: value for key, value in options.items() if value is not None},
        "probabilities": dict(zip(KINDS, result.tolist())),
        "step": {"onset": step[1][0], "amplitude": step[2]},
        "nodes": len(found),
    }


def main():
    check_integration()
    rng = np.random.default_rng(20260711)

    def noise(n, phi=0.0):
        values = [rng.standard_normal()]
        while len(values) < n:
            values.append(phi * values[-1] + math.sqrt(1 - phi**2) * rng.standard_normal())
        return np.array(values)

    def written(values, missing=()):
        return [None if t in missing else round(float(v), 6) for t, v in enumerate(values)]

    t = np.arange(48)
    seasonal_wave = 2 * ((t % 12) < 6)
    cases = [
        case("noise", written(noise(40))),
        case("noise that shares a level", written(noise(40) + 0.8), level=0.4),
        case("a step", written(noise(40) + 1.4 * (np.arange(40) >= 22))),
        case("a step at the end", written(noise(30) + 3 * (np.arange(30) >= 28))),
        case("a ramp, windows missing", written(noise(45, 0.5) + 2.2 * np.clip((np.arange(45) - 14) / 16, 0, 1), {0, 3, 4, 17, 30, 44}), autocorrelation=0.5),
        case("a stretch, negative autocorrelation", written(noise(40, -0.3) + 1.6 * ((np.arange(40) >= 12) & (np.arange(40) < 19))), autocorrelation=-0.3),
        case("a rhythm, windows missing", written(noise(40, 0.4) + 1.1 * (1 + np.cos(2 * np.pi * np.arange(40) / 8)), {5, 6, 21}), autocorrelation=0.4),
        case("a fall, both directions", written(noise(36) - 1.5 * (np.arange(36) >= 20)), two_sided=True),
        case("estimated autocorrelation", written(noise(36, 0.5) + 1.5 * (np.arange(36) >= 18)), reference=written(noise(30, 0.5))),
        case("a period that was given", written(noise(30) + 1.5 * ((np.arange(30) % 7) < 2)), period=7),
        case("a rhythm, windows against those a period ago", written(noise(48) + seasonal_wave), period=12, seasonal=written(noise(48), set(range(12)))),
        case("a step, windows against those a period ago", written(noise(48, 0.2) + 1.3 * (t >= 25), {31}), autocorrelation=0.2, period=12, seasonal=written(noise(48, 0.2) + 0.9 * ((t >= 25) & (t < 37)), set(range(12)) | {31, 43})),
    ]
    source = f"dense covariance matrices and numerical integration: numpy {np.__version__}, scipy {scipy.__version__}"
    json.dump({"source": source, "script": "drift-kind.py", "seed": 20260711, "tolerance": "1e-7 absolute", "cases": cases}, sys.stdout, indent=1)



main()
