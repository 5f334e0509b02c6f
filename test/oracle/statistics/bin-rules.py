"""Writes bin-rules.json. python3 bin-rules.py > bin-rules.json

numpy.histogram with a rule for the number of bins, counts and density. Where NumPy has no answer (too many bins, a range
that overflows) there is no case here.
"""

import numpy as np
from oracle import Sample, formula, samples, write

every = samples()
every["long"] = formula(20000, 7919, 104729, 1024, -50)
every["sixteen"] = Sample(range(16))
every["normal times 2^600"] = Sample([v * 2.0**600 for v in every["normal"]])
every["normal times 2^-600"] = Sample([v * 2.0**-600 for v in every["normal"]])
# NumPy's own variances overflow or vanish.
skipped = {"huge", "tiny", "subnormal", "an outlier", "powers of two", "normal times 2^600", "normal times 2^-600"}
cases = []
for name, values in every.items():
    for rule in ("sturges", "doane", "scott", "fd"):
        plainly = "normal" if name.startswith("normal times") else name
        if name in skipped and plainly == name:
            continue
        factor = 2.0 ** float(name.split("^")[1]) if plainly != name else 1
        a = np.array(list(every[plainly]))
        try:
            counts, edges = np.histogram(a, bins=rule)
        except (MemoryError, ValueError):
            continue
        if len(counts) > 5000:
            continue
        density = np.histogram(a, bins=rule, density=True)[0]
        ends = [edges[0] * factor, edges[-1] * factor]
        record = {"name": name, "rule": rule, "counts": counts, "ends": ends, "density": density / factor}
        cases.append(record)
write("numpy.histogram", {"density": 1e-13}, cases, samples={name: v.written() for name, v in every.items()})
