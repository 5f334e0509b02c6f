"""Writes pairs-ranks.json. python3 pairs-ranks.py > pairs-ranks.json (two minutes)

Tests that see only the order of the values, on every pair of pairs.tsv. Statistics are integers or exact rationals.
p-values are exact where they can be counted with integers: paths for Kolmogorov-Smirnov, orders for Mann-Whitney. For
Mann-Whitney beyond that they are a contour integral, see orders.py. SciPy is asked for everything; where it differs by more than 1e-9, the
case says why, and a difference without a known reason stops the script.
"""

import hashlib
import warnings
from fractions import Fraction
from functools import cache
from math import comb

import mpmath
import numpy as np
import scipy.stats
from oracle import mp, nearest, write
from orders import given_ties, upper
from pairs import read, values

warnings.simplefilter("ignore")
alternatives = ("two-sided", "less", "greater")


def counts(x, y):
    """Of each distinct pooled value, how many there are on both sides."""
    distinct = np.unique(np.concatenate([x, y]))
    upto = lambda side: np.searchsorted(np.sort(side), distinct, "right")
    return [np.diff(upto(side), prepend=0).tolist() for side in (x, y)]


def gaps(p, q):
    n, m = sum(p), sum(q)
    i = j = 0
    found = [0]
    for a, b in zip(p, q):
        i, j = i + a, j + b
        found.append(i * m - j * n)
    return found


def largest(found, alternative):
    return {"two-sided": max(map(abs, found)), "greater": max(found), "less": -min(found)}[alternative]


@cache
def share(n, m, gap, ends, alternative):
    """Share of the paths from (0, 0) to (n, m) that reach the gap at a step in `ends` (at any when None)."""
    row = [0] * (m + 1)
    for i in range(n + 1):
        left = 0
        for j in range(m + 1):
            paths = 1 if i == 0 and j == 0 else row[j] + left
            here = i * m - j * n
            size = abs(here) if alternative == "two-sided" else here if alternative == "greater" else -here
            if size >= gap and (ends is None or i + j in ends):
                paths = 0
            row[j] = left = paths
    return 1 - Fraction(row[m], comb(n + m, n))


def kolmogorov_smirnov(x, y, p, q, tied):
    n, m = len(x), len(y)
    found = gaps(p, q)
    ends = frozenset(np.cumsum(np.add(p, q)).tolist()) if tied else None
    result = {}
    for alternative in alternatives:
        gap = largest(found, alternative)
        case = {"gap": gap}
        if (n + 1) * (m + 1) <= 2e6 and gap > 0:
            case["ignore"] = share(n, m, gap, None, alternative)
            case["conditional"] = share(n, m, gap, ends, alternative) if tied else case["ignore"]
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            peer = scipy.stats.ks_2samp(x, y, alternative=alternative, method="exact")
        assert peer.statistic == gap / (n * m), (alternative, peer.statistic, gap)
        case["scipy"] = peer.pvalue
        failed = any("Exact calculation unsuccessful" in str(warning.message) for warning in said)
        if "ignore" not in case or abs(peer.pvalue - nearest(case["ignore"])) > 1e-9 * peer.pvalue:
            if failed:
                case["why"] = "SciPy's counts of paths overflow: it falls back on its asymptotic law"
            elif "ignore" in case:
                raise SystemExit((alternative, n, m, gap, peer.pvalue, nearest(case["ignore"])))
        result[alternative] = case
    return result


def squares(p, q):
    found = gaps(p, q)
    return sum((a + b) * (g * g + g * h + h * h) for a, b, g, h in zip(p, q, found, found[1:]))


def limit_tail(x):
    """1 - F(x) of the limit law by Csörgő and Faraway's series, down to 1e-90."""
    with mpmath.workdps(120):
        x, total, k = mp(x), mpmath.mpf(0), 0
        while True:
            q = mpmath.mpf(4 * k + 1) ** 2 / (16 * x)
            ways = mpmath.gamma(k + mpmath.mpf(1) / 2) / mpmath.factorial(k) * mpmath.sqrt(4 * k + 1)
            term = ways * mpmath.exp(-q) * mpmath.besselk(mpmath.mpf(1) / 4, q)
            total += term
            if q > 1 and term < mpmath.mpf("1e-110"):
                return 1 - total / (mpmath.pi ** mpmath.mpf("1.5") * mpmath.sqrt(x))
            k += 1


def cramer_von_mises(x, y, p, q, tied):
    n, m = len(x), len(y)
    total = n + m
    straight = Fraction(squares(p, q), 3 * total**2 * n * m) + Fraction(1, 6 * total)
    ranks = (2 * scipy.stats.rankdata(np.concatenate([np.sort(x), np.sort(y)]))).astype(int).tolist()
    u = n * sum((r - 2 * (k + 1)) ** 2 for k, r in enumerate(ranks[:n]))
    u += m * sum((r - 2 * (k + 1)) ** 2 for k, r in enumerate(ranks[n:]))
    ignoring = Fraction(u, 4 * n * m * total) - Fraction(4 * n * m - 1, 6 * total)
    assert tied or ignoring == straight
    result = {"statistic": straight, "ignore": ignoring}
    if min(n, m) == 1:
        return result
    variance = Fraction((total + 1) * (4 * n * m * total - 3 * (n * n + m * m) - 2 * n * m), 180 * n * m * total**2)
    at = mpmath.mpf(1) / 6 + mp(ignoring - Fraction(1, 6) - Fraction(1, 6 * total)) / mpmath.sqrt(45 * mp(variance))
    # Where p is below 1e-90, and where T is below all that the limit law knows, there is nothing to compare.
    if 0 < at < 40:
        limit = result["limit"] = limit_tail(Fraction(str(at)))
        peer = scipy.stats.cramervonmises_2samp(x, y, method="asymptotic")
        # SciPy takes the difference of two large numbers.
        assert abs(peer.statistic - float(ignoring)) <= 1e-15 * n * m + 1e-12, (peer.statistic, float(ignoring))
        result["scipy"] = peer.pvalue
        if abs(peer.pvalue - float(limit)) > 1e-9 * float(limit):
            assert abs(peer.pvalue - float(limit)) < 2e-5, (n, m, peer.pvalue, float(limit))
            result["why"] = "SciPy's is 1 less a series that ends at terms of 1e-7"
    if max(n, m) <= 20:
        result["exact"] = scipy.stats.cramervonmises_2samp(x, y, method="exact").pvalue
    return result


def anderson_darling(x, y, p, q):
    n, m = len(x), len(y)
    total = n + m
    scaled = below = i = j = 0
    bits = 300
    for a, b in zip(p, q):
        t = a + b
        # Twice the mid-ranks, so that everything is an integer.
        rank, first, second = 2 * below + t, 2 * i + a, 2 * j + b
        divisor = rank * (2 * total - rank) - total * t
        if divisor:
            top = (total * first - n * rank) ** 2 * m + (total * second - m * rank) ** 2 * n
            scaled += (t * top << bits) // divisor
        below, i, j = below + t, i + a, j + b
    result = {"statistic": Fraction(scaled * (total - 1), (total * total * n * m) << bits)}
    if len(p) > 1 and total >= 4:
        peer = scipy.stats.anderson_ksamp([x, y], variant="midrank")
        result["standardised"] = peer.statistic
        result["scipy"] = peer.pvalue
        result["why"] = "SciPy interpolates a table of seven levels, from 0.001 to 0.25"
    return result


def normal_tail(u, n, m, ties, correction):
    total = n + m
    variance = Fraction(n * m, 12) * (total + 1 - Fraction(sum(t**3 - t for t in ties), total * (total - 1)))
    if variance == 0:
        return mpmath.mpf(1)
    return mpmath.ncdf(-mp(u - Fraction(n * m, 2) - correction) / mpmath.sqrt(mp(variance)))


def mann_whitney(x, y, p, q, tied):
    n, m = len(x), len(y)
    j, twice = 0, 0
    for a, b in zip(p, q):
        twice += a * (2 * j + b)
        j += b
    u = Fraction(twice, 2)
    result = {"statistic": u}
    for alternative in alternatives:
        large = {"greater": u, "less": n * m - u, "two-sided": max(u, n * m - u)}[alternative]
        factor = 2 if alternative == "two-sided" else 1
        case = {}
        ties = np.add(p, q).tolist()
        for law, correction in (("asymptotic", Fraction(1, 2)), ("uncorrected", Fraction(0))):
            case[law] = min(mpmath.mpf(1), factor * normal_tail(large, n, m, ties, correction))
            peer = scipy.stats.mannwhitneyu(
                x, y, alternative=alternative, method="asymptotic", use_continuity=correction != 0
            )
            ours = float(case[law])
            if abs(peer.pvalue - ours) > 1e-9 * ours + 1e-307 and len(ties) > 1:
                raise SystemExit((alternative, law, peer.pvalue, ours))
            if len(ties) == 1 and not peer.pvalue == ours:
                case["why"] = f"All values are equal: SciPy divides 0 by 0 and gives {peer.pvalue}"
        if tied and n * m <= 1e4:
            # Of the negated values U is n * m - u.
            runs = ties if large == u else ties[::-1]
            case["conditional"] = min(Fraction(1), factor * given_ties(n, m, large, runs))
        if not tied:
            case["exact"] = min(mpmath.mpf(1), factor * upper(n, m, int(large)))
            if n * m <= 1e5:
                peer = scipy.stats.mannwhitneyu(x, y, alternative=alternative, method="exact")
                ours = float(case["exact"])
                if abs(peer.pvalue - ours) > 1e-9 * ours:
                    if abs(peer.pvalue - ours) > 1e-12:
                        raise SystemExit((alternative, n, m, u, peer.pvalue, ours))
                    case["why"] = "SciPy's is the difference between 1 and a rounded number"
        result[alternative] = case
    return result


if __name__ == "__main__":
    digest = hashlib.sha256()
    cases = []
    for name, rules in read().items():
        x, y = (values(rule) for rule in rules)
        digest.update(x.tobytes() + y.tobytes())
        p, q = counts(x, y)
        tied = len(p) < len(x) + len(y)
        cases.append(
            {
                "name": name,
                "tied": tied,
                "ks": kolmogorov_smirnov(x, y, p, q, tied),
                "cramerVonMises": cramer_von_mises(x, y, p, q, tied),
                "andersonDarling": anderson_darling(x, y, p, q),
                "mannWhitney": mann_whitney(x, y, p, q, tied),
            }
        )
    write(
        "integers and exact rationals, mpmath; SciPy's beside them",
        {"statistic": 1e-12, "pValue": 1e-10},
        cases,
        sha256=digest.hexdigest(),
    )
