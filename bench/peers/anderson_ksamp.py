import warnings

from scipy.stats import anderson_ksamp
from serve import serve


def run(x, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the p-value is clipped
        return anderson_ksamp([x, y], variant="midrank")


# SciPy's statistic is A² minus 1 over its standard deviation.
serve(run, lambda found: {"statistic": float(found.statistic)})
