"""Writes quantile.json. python3 quantile.py > quantile.json

numpy.quantile by all nine methods, in the order of Hyndman and Fan's numbers. The answers are one rounding from an order
statistic or a mean of two, so they must be equal to the last bit.
"""

import numpy as np
from oracle import Sample, formula, samples, write

methods = [
    "inverted_cdf",
    "averaged_inverted_cdf",
    "closest_observation",
    "interpolated_inverted_cdf",
    "hazen",
    "weibull",
    "linear",
    "median_unbiased",
    "normal_unbiased",
]
probabilities = [0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.3, 1 / 3, 0.5, 0.6, 2 / 3, 0.75, 0.9, 0.95, 0.99, 0.999, 1]

every = {name: values for name, values in samples().items() if name != "huge"}
every["integers"] = Sample(range(1, 11))
every["halves"] = Sample(range(1, 9))
every["long"] = formula(20000, 7919, 104729, 1024, -50)
every["long and skewed"] = formula(17001, 7907, 65521, 4096, -8, True)
every["long with ties"] = formula(9000, 7919, 30, 2, -3)
cases = [
    {
        "name": name,
        "values": values.written(),
        "quantiles": [np.quantile(np.array(values), probabilities, method=method) for method in methods],
    }
    for name, values in every.items()
]
write("numpy.quantile", 0, cases, methods=methods, probabilities=probabilities)
