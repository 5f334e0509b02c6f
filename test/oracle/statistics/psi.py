"""Writes psi.json. python3 psi.py > psi.json

The definition in mpmath: sum of (p - q) ln(p / q) over the cells that are not empty on both sides, with half a row added
to every count, with one, and with none ("Infinity" where a cell is empty).
"""

import mpmath
from oracle import write
from tables import tables, used


def psi(x, y, smoothing):
    n, m = (mpmath.fsum(side) + smoothing * len(side) for side in (x, y))
    if not smoothing and 0 in (*x, *y):
        return mpmath.inf
    shares = [((i + smoothing) / n, (j + smoothing) / m) for i, j in zip(x, y)]
    return mpmath.fsum((p - q) * mpmath.log(p / q) for p, q in shares)


half = mpmath.mpf(1) / 2
cases = []
for name, (reference, current) in tables().items():
    x, y = used(reference, current)
    values = {"half": psi(x, y, half), "one": psi(x, y, mpmath.mpf(1)), "none": psi(x, y, mpmath.mpf(0))}
    cases.append({"name": name, "reference": reference, "current": current, **values})
write("mpmath", 1e-12, cases)
