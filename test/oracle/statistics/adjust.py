"""Writes adjust.json. python3 adjust.py > adjust.json

bh and by: scipy.stats.false_discovery_control. bonferroni: p * count, at most 1. holm: the largest p_(i) * (count - i)
among the smaller or equal p-values, at most 1 (its definition, by sets instead of steps).
"""

import numpy as np
import scipy.stats
from oracle import seed, write


def holm(p):
    order = sorted(p)
    stepped = [(len(p) - k) * value for k, value in enumerate(order)]
    return [min(1.0, max(stepped[k] for k, value in enumerate(order) if value <= each)) for each in p]


random = np.random.default_rng(seed)
published = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0
]  # Benjamini and Hochberg (1995), section 3.2
every = {
    "Benjamini and Hochberg's fifteen": published,
    "the same, mixed": [published[k] for k in random.permutation(15)],
    "one": [0.03],
    "equal": [0.02, 0.02, 0.02, 0.5],
    "zeros and ones": [0.0, 1.0, 0.0, 1.0, 0.2],
    "tiny": [1e-300, 1e-200, 5e-324, 0.5],
    "uniform": list(np.round(random.random(60), 5)),
    "small": list(np.round(random.random(200) ** 4, 9)),
}
cases = [
    {
        "name": name,
        "pValues": p,
        "bonferroni": [min(1.0, value * len(p)) for value in p],
        "holm": holm(p),
        "bh": scipy.stats.false_discovery_control(p, method="bh"),
        "by": scipy.stats.false_discovery_control(p, method="by"),
    }
    for name, p in every.items()
]
write("scipy.stats.false_discovery_control; holm and bonferroni by definition", 1e-14, cases)
