"""What our report says of columns of numbers, by SciPy and pandas, timed once: python3 scipy_columns.py folder columns"""

import json
import os
import resource
import sys
import time
import warnings

import numpy
import scipy.stats

warnings.filterwarnings("ignore")

try:
    import pandas
except ImportError as error:
    print(json.dumps({"missing": f"pandas is left out: {error}"}))
    sys.exit()

folder, columns = sys.argv[1], int(sys.argv[2])


def side(name):
    files = {f"c{k}": os.path.join(folder, f"{name}-{k}.f64") for k in range(columns)}
    return pandas.DataFrame({column: numpy.fromfile(path) for column, path in files.items()})


reference, current = side("reference"), side("current")
found = {}
start = time.perf_counter_ns()
for column in reference.columns:
    x, y = reference[column], current[column]
    scipy.stats.anderson_ksamp([x.to_numpy(), y.to_numpy()], variant="midrank")
    ks = scipy.stats.ks_2samp(x, y)
    scipy.stats.wasserstein_distance(x, y)
    x.describe()
    y.describe()
    found.setdefault("ks", float(ks.statistic))
nanoseconds = time.perf_counter_ns() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"name": "SciPy and pandas", "found": found, "nanoseconds": nanoseconds, "peak": peak}))
