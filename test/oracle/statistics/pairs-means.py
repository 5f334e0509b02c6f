"""Writes pairs-means.json. python3 pairs-means.py > pairs-means.json

The t tests and the tests of variances on every pair of pairs.tsv: statistics from exact rationals of the binary64 inputs,
p-values and intervals by mpmath. SciPy is asked for everything, and what R says is read from pairs-means-r.json; where
one differs by more than 1e-9, the case says why, and a difference without a known reason stops the script.
"""

import json
import math
import warnings
from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from oracle import exact, mp, write
from pairs import read, values

warnings.simplefilter("ignore")
mpmath.mp.dps = 90
asked = {"two-sided": 0.95, "less": 0.99, "greater": 0.75}


def beta_part(a, b, x, rest):
    """The regularised incomplete beta function at x, with rest = 1 - x, by a series of positive terms."""
    # Near 1 the other end is nearer, with digits to spare for the difference.
    if x > a / (a + b) or (rest < 0.5 and rest * (a + b) < 80):
        return 1 - beta_series(b, a, rest, x)
    return beta_series(a, b, x, rest)


def beta_series(a, b, x, rest):
    factor = mpmath.exp(a * mpmath.log(x) + b * mpmath.log(rest) - mpmath.log(a)) / mpmath.beta(a, b) if x else 0
    total, term, k = mpmath.mpf(0), mpmath.mpf(1), 0
    while term > total * mpmath.mpf("1e-80"):
        total += term
        term *= x * (a + b + k) / (a + 1 + k)
        k += 1
    return factor * total


def student_sf(t, df):
    if t < 0:
        return 1 - student_sf(-t, df)
    return beta_part(df / 2, mpmath.mpf(1) / 2, df / (df + t * t), t * t / (df + t * t)) / 2


def fisher_cdf(f, n, m):
    n, m = mpmath.mpf(n), mpmath.mpf(m)
    return beta_part(n / 2, m / 2, n * f / (n * f + m), m / (n * f + m))


def fisher_sf(f, n, m):
    n, m = mpmath.mpf(n), mpmath.mpf(m)
    return beta_part(m / 2, n / 2, m / (n * f + m), n * f / (n * f + m))


def solved(guess, of, tail):
    return mpmath.findroot(lambda q: mpmath.log(of(q) / tail), mpmath.mpf(guess))


def t_result(difference, error, df, alternative):
    t = difference / error
    p = {"two-sided": 2 * student_sf(abs(t), df), "greater": student_sf(t, df), "less": student_sf(-t, df)}[alternative]
    tail = (1 - mpmath.mpf(asked[alternative])) / (2 if alternative == "two-sided" else 1)
    reach = solved(scipy.stats.t.isf(float(tail), float(df)), lambda t: student_sf(t, df), tail) * error
    interval = [
        None if alternative == "less" else difference - reach,
        None if alternative == "greater" else difference + reach,
    ]
    return {"statistic": t, "degreesOfFreedom": df, "pValue": p, "confidenceInterval": interval}


def integers(x):
    """Doubles as integers over a common power of two."""
    values = exact(x)
    divisor = max(v.denominator for v in values)
    return [v.numerator * (divisor // v.denominator) for v in values], divisor


def of_integers(values, divisor):
    """Mean and sum of squares about it."""
    n, total = len(values), sum(values)
    return Fraction(total, n * divisor), Fraction(n * sum(v * v for v in values) - total * total, n * divisor**2)


known = {}


def moments(x):
    key = np.asarray(x, dtype=float).tobytes()
    if key not in known:
        known[key] = of_integers(*integers(x))
    return known[key]


def two_samples(x, y, equal, alternative):
    (mean_x, a), (mean_y, b) = moments(x), moments(y)
    n, m = len(x), len(y)
    pooled = (a + b) / (n + m - 2)
    u, v = (pooled / n, pooled / m) if equal else (a / (n - 1) / n, b / (m - 1) / m)
    df = mpmath.mpf(n + m - 2) if equal else mp((u + v) ** 2 / (u * u / (n - 1) + v * v / (m - 1)))
    return t_result(mp(mean_x - mean_y), mpmath.sqrt(mp(u + v)), df, alternative)


def one_sample(x, about, alternative):
    mean, squares = moments(x)
    n = len(x)
    return t_result(mp(mean - about), mpmath.sqrt(mp(squares / (n - 1) / n)), mpmath.mpf(n - 1), alternative)


def paired(x, y, alternative):
    """Of the differences as doubles: rounded once each, as every implementation has them."""
    return one_sample((x - y).tolist(), 0, alternative)


def levene(x, y, centre):
    def distances(values):
        a, divisor = integers(values)
        n, a = len(a), sorted(a)
        times, of = (2, a[(n - 1) // 2] + a[n // 2]) if centre == "median" else (n, sum(a))
        return [abs(times * v - of) for v in a], times * divisor

    (mean_u, a), (mean_v, b) = of_integers(*distances(x)), of_integers(*distances(y))
    n, m = len(x), len(y)
    within = (a + b) / (n + m - 2)
    if within == 0:
        return None
    f = mp((mean_u - mean_v) ** 2 * n * m / (n + m) / within)
    return {"statistic": f, "degreesOfFreedom": [1, n + m - 2], "pValue": fisher_sf(f, 1, n + m - 2)}


def ratio(x, y, confidence):
    (_, a), (_, b) = moments(x), moments(y)
    n, m = len(x) - 1, len(y) - 1
    if a == 0 or b == 0:
        return None
    f = mp(a * m / (b * n))
    p = min(mpmath.mpf(1), 2 * min(fisher_cdf(f, n, m), fisher_sf(f, n, m)))
    law, tail = scipy.stats.f(n, m), (1 - mpmath.mpf(confidence)) / 2
    low = solved(law.ppf(float(tail)), lambda q: fisher_cdf(q, n, m), tail)
    high = solved(law.isf(float(tail)), lambda q: fisher_sf(q, n, m), tail)
    return {"statistic": f, "degreesOfFreedom": [n, m], "pValue": p, "confidenceInterval": [f / high, f / low]}


with open("pairs-means-r.json", encoding="utf-8") as file:
    from_r = {case["name"]: case for case in json.load(file)["cases"]}


def asked_of_r(name, *path):
    """R's statistic, p-value and interval; None where R refuses."""
    found = from_r.get(name)
    for key in path:
        found = found and found.get(key)
    if not found:
        return None
    ends = [float(end) for end in found["confidenceInterval"]] if "confidenceInterval" in found else None
    return float(found["statistic"]), float(found["pValue"]), ends


def compared(name, found, scipy_says, r_says):
    """The case with the peers' numbers, and why they differ."""
    reasons = {}
    for peer, says in (("SciPy", scipy_says), ("R", r_says)):
        if says is None:
            continue
        found = {**found, peer.lower(): says[:2]}
        why = reason(name, peer, found, *says)
        if why:
            reasons[peer.lower()] = why
    return {**found, "why": reasons} if reasons else found


def reason(name, peer, found, statistic, p, ends=None):
    interval = found["confidenceInterval"] if ends is not None else []
    ours = [float(v) for v in [found["statistic"], found["pValue"], *[end for end in interval if end is not None]]]
    theirs = [statistic, p, *[end for end in ends or () if np.isfinite(end)]]
    width = max(map(abs, ours[2:]), default=0)
    scales = [abs(ours[0]), abs(ours[1]), *[width for _ in ours[2:]]]
    if len(ours) == len(theirs) and all(
        abs(a - b) <= 1e-9 * scale + 1e-300 for a, b, scale in zip(ours, theirs, scales)
    ):
        return None
    if "2^" in name:
        return f"squares overflow or vanish in {peer} at this scale"
    if "1e9" in name or "constant" in name:
        return f"{peer} loses digits: values far from zero with little spread"
    if abs(ours[0]) < 1e-5:
        return f"nearly no difference: much of what {peer} has left is rounding"
    if abs(statistic - ours[0]) <= 1e-9 * abs(ours[0]) and ours[1] < 1e-4 and abs(p - ours[1]) < 1e-13:
        return f"{peer}'s p-value is the difference between 1 and a rounded number"
    raise SystemExit((name, peer, ours, theirs))


def tested(name, path, found, peer, ends=None):
    return compared(name, found, (peer.statistic, peer.pvalue, ends), asked_of_r(name, *path))


cases = []
for name, rules in read().items():
    x, y = (values(rule) for rule in rules)
    n, m = len(x), len(y)
    case = {"name": name}
    spread = [moments(v)[1] > 0 for v in (x, y)]
    if min(n, m) > 1 and any(spread):
        for key, equal in (("welch", False), ("student", True)):
            case[key] = {}
            for alternative, level in asked.items():
                peer = scipy.stats.ttest_ind(x, y, equal_var=equal, alternative=alternative)
                found = two_samples(x, y, equal, alternative)
                case[key][alternative] = tested(name, (key, alternative), found, peer, peer.confidence_interval(level))
        for centre in ("median", "mean"):
            found = levene(x, y, centre)
            if found:
                key = f"levene {centre}"
                case[key] = tested(name, (key,), found, scipy.stats.levene(x, y, center=centre))
        found = ratio(x, y, 0.9)
        if found:
            law = scipy.stats.f(n - 1, m - 1)
            f = np.var(x, ddof=1) / np.var(y, ddof=1)
            case["f"] = compared(name, found, (f, min(1, 2 * min(law.cdf(f), law.sf(f)))), asked_of_r(name, "f"))
    if n > 1 and spread[0]:
        _, _, _, _, shift, power = rules[0].split(" ")
        about = float(shift) + math.ldexp(0.25, int(power))
        case["oneSample"] = {"about": about}
        for alternative, level in asked.items():
            peer = scipy.stats.ttest_1samp(x, about, alternative=alternative)
            found = one_sample(x, exact([about])[0], alternative)
            ends = [end - about for end in peer.confidence_interval(level)]
            case["oneSample"][alternative] = tested(name, ("oneSample", alternative), found, peer, ends)
    if n == m > 1 and len(set((x - y).tolist())) > 1:
        case["paired"] = {}
        for alternative, level in asked.items():
            peer = scipy.stats.ttest_rel(x, y, alternative=alternative)
            found = paired(x, y, alternative)
            ends = peer.confidence_interval(level)
            case["paired"][alternative] = tested(name, ("paired", alternative), found, peer, ends)
    if len(case) > 1:
        cases.append(case)
write(
    "mpmath over exact rationals of the inputs; SciPy's and R's beside them",
    {"statistic, degreesOfFreedom, confidenceInterval": 1e-12, "pValue": 1e-10},
    cases,
    asked=asked,
)
