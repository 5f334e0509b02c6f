from scipy.stats import describe
from serve import serve

serve(
    describe,
    lambda found: {key: float(getattr(found, key)) for key in ("mean", "variance", "skewness", "kurtosis")},
)
