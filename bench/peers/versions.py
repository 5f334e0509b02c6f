"""Prints what there is to compare with, as JSON; `null` for packages that are not installed."""

import importlib.metadata
import json
import platform

import numpy
import scipy


def version(package):
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


print(
    json.dumps(
        {
            "Python": platform.python_version(),
            "NumPy": numpy.__version__,
            "SciPy": scipy.__version__,
            **{
                package: version(package)
                for package in ["fast-histogram", "boost-histogram", "scikit-learn", "lightgbm", "pandas", "pyarrow", "polars", "datasketches", "evidently", "river"]
            },
        }
    )
)
