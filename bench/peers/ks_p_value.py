"""The p-value of ks_2samp(method="exact") alone, without sorting; the array is n, m and the gap n m D."""

from math import gcd

from scipy.stats._stats_py import _attempt_exact_2kssamp
from serve import serve


def exact(given):
    n, m, gap = (int(x) for x in given)
    return _attempt_exact_2kssamp(n, m, gcd(n, m), gap / n / m, "two-sided")


serve(exact, lambda found: {"p": float(found[2])})
