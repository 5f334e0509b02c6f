"""Writes jensen-shannon.json. python3 jensen-shannon.py > jensen-shannon.json

The definition in mpmath; scipy.spatial.distance.jensenshannon agrees to 1e-7 (it loses digits where the sides are close).
"""

import mpmath
from oracle import write
from scipy.spatial.distance import jensenshannon
from tables import tables, used

cases = []
for name, (reference, current) in tables().items():
    x, y = used(reference, current)
    total = mpmath.mpf(0)
    for i, j in zip(x, y):
        p, q = mpmath.mpf(i) / sum(x), mpmath.mpf(j) / sum(y)
        total += mpmath.fsum(s * mpmath.log(2 * s / (p + q)) / 2 for s in (p, q) if s)
    distance = mpmath.sqrt(max(total, 0))
    if mpmath.almosteq(distance, 0, abs_eps=1e-25):
        distance = mpmath.mpf(0)
    bits = distance / mpmath.sqrt(mpmath.log(2))
    assert abs(jensenshannon(x, y, base=2) - bits) < 1e-7, name
    cases.append({"name": name, "reference": reference, "current": current, "bits": bits, "nats": distance})
write("mpmath; scipy.spatial.distance.jensenshannon agrees", 1e-13, cases)
