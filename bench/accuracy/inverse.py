"""Tables for erfcx and for the inverses of erf and erfc.

Source: mpmath 1.3.0 at 60 digits, evaluated at the exact binary64 arguments; 24 digits are kept. Inverses are judged by
what they undo: rows [x, erf(x)] and [x, erfc(x)], read from right to left.
Seed: 20250808.
Run: python3 inverse.py > inverse.json
"""

import json
import random

from mpmath import erf, erfc, exp, mp, mpf, nstr

random.seed(20250808)
mp.dps = 60
text = lambda value: nstr(value, 24)
tables = {"erfcx": [], "erf": [], "erfc": []}
for i in range(250):
    x = (random.uniform(0, 3), random.uniform(-5, 26), 10 ** random.uniform(-8, 8))[i % 3]
    if x < 1e3:
        value = exp(mpf(x) ** 2) * erfc(mpf(x))
    else:
        # mpmath underflows; the asymptotic series has 60 digits from here on
        y, value, term = mpf(x), mpf(0), mpf(1)
        for k in range(1, 30):
            value += term
            term *= -(2 * k - 1) / (2 * y * y)
        value /= y * mp.sqrt(mp.pi)
    tables["erfcx"].append([x, text(value)])
for i in range(200):
    x = random.uniform(0, 1.2) if i % 2 else 10 ** random.uniform(-12, 0)
    tables["erf"].append([x, text(erf(mpf(x)))])
for i in range(200):
    x = random.uniform(0.1, 25.5) if i % 2 else random.uniform(0.1, 3)
    tables["erfc"].append([x, text(erfc(mpf(x)))])
print(json.dumps(tables, separators=(",", ":")))
