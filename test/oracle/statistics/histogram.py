"""Writes histogram.json. python3 histogram.py > histogram.json

numpy.histogram: a number of bins, a range, explicit edges. Counts and edges must be equal. Where NumPy has no answer
(the range overflows, edges coincide) there is no case here.
"""

import numpy as np
from oracle import Sample, formula, plain, samples, write


def ulps(x, steps):
    towards = np.inf if steps > 0 else -np.inf
    for _ in range(abs(steps)):
        x = np.nextafter(x, towards)
    return float(x)


cases = []


def add(name, values, bins, range=None):
    counts, edges = np.histogram(np.array(values), bins=bins, range=range)
    cases.append(
        {
            "name": name,
            "values": values.written() if isinstance(values, Sample) else plain(values),
            "bins": bins if isinstance(bins, int) else [float(edge) for edge in bins],
            "range": range,
            "counts": counts,
            "edges": edges if isinstance(bins, int) and bins <= 60 else None,
        }
    )


every = samples()
for name, values in every.items():
    if name in ("huge", "subnormal"):
        continue
    for bins in (1, 10, 37):
        try:
            add(f"{name}, {bins} bins", values, bins)
        except ValueError as error:  # NumPy: "Too many bins for data range"
            assert name == "very far" or "Too many bins" in str(error), (name, error)
add("normal in a range", every["normal"], 50, (-4.0, 4.0))
add("normal in a narrow range", every["normal"], 7, (-0.3, 0.1))
add("lognormal in a range", every["lognormal"], 1000, (0.0, 20.0))
add("digits in a range", every["digits"], 10, (0.0, 10.0))
add("one decimal by tenths", every["one decimal"], 60, (-3.0, 3.0))

# Values within a few units in the last place of every edge: a scale factor alone puts many of them one bin off.
for bins, low, high in [(10, 0.0, 1.0), (49, -0.7, 1.3), (30, 1e8, 1e8 + 3), (7, -1e-3, 1.0), (13, 1e-300, 3e-300)]:
    edges = np.linspace(low, high, bins + 1)
    values = [ulps(edge, step) for edge in edges for step in (-2, -1, 0, 1, 2)]
    add(f"around the edges of {bins} bins from {low} to {high}", Sample(values), bins, (low, high))
edges = np.linspace(2, 2280, 8297)
chosen = [float(edge) for edge in edges[::101]] + [float(round(edge)) for edge in edges[::53]]
add("integers against 8296 bins", Sample(chosen), 8296, (2.0, 2280.0))
add("thirds", Sample([k / 3 for k in range(100)]), 99, (0.0, 33.0))
add("tenths by arange", Sample(np.arange(0, 1, 0.01)), list(np.arange(0, 1.1, 0.1)))

add("explicit edges", every["normal"], [-3, -1, -0.5, 0, 0.1, 2, 4])
add("explicit edges on the values", every["digits"], [0, 1, 2, 5, 9])
add("two edges", every["cauchy"], [-1, 1])
add("equal edges", every["digits"], [0, 3, 3, 7, 7])
add("explicit edges by tenths", every["one decimal"], [k / 10 for k in range(-20, 21)])
add("explicit edges with infinities", every["cauchy"], [-np.inf, -1, 0, 1, np.inf])
add("a range of one number", every["digits"], 3, (5.0, 5.0))
add("long", formula(20000, 7919, 104729, 1024, -50), 50, (-40.0, 40.0))
add("long, odd scale", formula(20000, 7919, 104729, 1000, -50), 777, (-49.9, 51.3))
add("long by edges", formula(20000, 7919, 104729, 1000, -50), [-50, -20.5, -20, 0.001, 0.002, 30, 54.729])
write("numpy.histogram", 0, cases)
