"""Writes sort.json. python3 sort.py > sort.json

numpy.sort of doubles (NaN, which it puts last, left out), int64 and uint64; integers are written as text.
"""

import numpy as np
from oracle import Sample, plain, samples, seed, write

random = np.random.default_rng(seed)
every = samples()
every["with NaN and infinities"] = Sample([3.0, np.nan, np.inf, -np.inf, 1.0, np.nan, np.inf, -0.5])
every["ascending"] = Sample(range(100))
every["descending"] = Sample(range(100, 0, -1))
cases = []
for name, values in every.items():
    x = np.sort(np.array(values))
    cases.append({"name": name, "type": "f64", "values": values.written(), "sorted": plain(x[~np.isnan(x)])})
for name, type, values in [
    ("small int64", np.int64, random.integers(-50, 50, 80)),
    ("wide int64", np.int64, random.integers(-(2**63), 2**63 - 1, 200)),
    ("int64 far from zero", np.int64, 2**62 + random.integers(0, 40, 90)),
    ("the ends of int64", np.int64, [2**63 - 1, -(2**63), 0, -1, 2**63 - 1]),
    ("small uint64", np.uint64, random.integers(0, 50, 80)),
    ("wide uint64", np.uint64, random.integers(0, 2**64 - 1, 200, dtype=np.uint64)),
    ("the ends of uint64", np.uint64, [2**64 - 1, 0, 2**63, 2**63 - 1, 1]),
]:
    x = np.array(values, dtype=type)
    kind = "i64" if type is np.int64 else "u64"
    text = lambda array: [str(int(v)) for v in array]
    cases.append({"name": name, "type": kind, "values": text(x), "sorted": text(np.sort(x))})
write("numpy.sort", 0, cases)
