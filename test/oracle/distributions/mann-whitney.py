"""P(U >= u) of Mann and Whitney's U without ties, over sizes and tails.

Source: ../statistics/orders.py: counted with Python integers, beyond some millions of additions a contour integral in
extended precision. Rows: n, m, u, p (the nearest binary64 number), the normal law with correction for continuity.
Tolerance: relative 1e-11.
Run: PYTHONPATH=../statistics python3 mann-whitney.py > mann-whitney.json
"""

import json

import mpmath
from orders import upper

sizes = [(1, 1), (1, 7), (7, 1), (2, 3), (5, 5), (3, 40), (10, 10), (20, 30), (50, 50), (49, 1), (100, 37), (150, 150)]
sizes += [(2, 5000), (20000, 3), (10, 20000), (10, 250000), (30, 2000), (50, 20000), (300, 300), (400, 1100), (1001, 1001)]
sizes += [(1200, 3000), (3000, 50000)]
rows = []
for n, m in sizes:
    spread = mpmath.sqrt(mpmath.mpf(n * m) * (n + m + 1) / 12)
    mean = mpmath.mpf(n * m) / 2
    for z in (-3, -0.5, 0, 0.01, 0.5, 1, 1.7, 2.4, 3.1, 4, 5.2, 7, 11, 19, 30, 37):
        u = int(mpmath.nint(mean + z * spread))
        if u < 0 or u > n * m or (u == n * m and n * m > 1e4):
            continue
        p = upper(n, m, u)
        if p > 1e-300:
            rows.append([n, m, u, float(p), float(mpmath.ncdf((mean - u + 0.5) / spread))])
    if n * n * m <= 3e6:
        for u in (n * m, n * m - 1, n * m - 5, 1, 0):
            if 0 <= u <= n * m:
                p = upper(n, m, u)
                rows.append([n, m, u, float(p), float(mpmath.ncdf((mean - u + 0.5) / spread))])
print(json.dumps(rows, separators=(",", ":")))
