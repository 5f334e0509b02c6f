"""DataDriftPreset over columns in files of raw numbers, timed once: python3 evidently_columns.py folder columns"""

import json
import os
import resource
import sys
import time
import warnings

import numpy

warnings.filterwarnings("ignore")

try:
    import pandas
    from evidently import DataDefinition, Dataset, Report
    from evidently.presets import DataDriftPreset
except ImportError as error:
    print(json.dumps({"missing": f"Evidently is left out: {error}"}))
    sys.exit()

folder, columns = sys.argv[1], int(sys.argv[2])


def side(name):
    files = {f"c{k}": os.path.join(folder, f"{name}-{k}.f64") for k in range(columns)}
    return pandas.DataFrame({column: numpy.fromfile(path) for column, path in files.items()})


reference, current = side("reference"), side("current")
definition = DataDefinition(numerical_columns=list(reference.columns))
start = time.perf_counter_ns()
snapshot = Report([DataDriftPreset()]).run(
    Dataset.from_pandas(current, data_definition=definition),
    Dataset.from_pandas(reference, data_definition=definition),
)
found = snapshot.dict()
nanoseconds = time.perf_counter_ns() - start
first = [metric["value"] for metric in found["metrics"] if metric.get("config", {}).get("column") == "c0"]
distance = {"distance": float(first[0])} if first else {}
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"name": "Evidently", "found": distance, "nanoseconds": nanoseconds, "peak": peak}))
