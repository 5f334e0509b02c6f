from numpy import quantile
from scipy.stats import describe
from serve import serve


def answer(found):
    moments, quartiles = found
    return {
        "mean": float(moments.mean),
        "variance": float(moments.variance),
        "skewness": float(moments.skewness),
        "kurtosis": float(moments.kurtosis),
        "quartiles": quartiles.tolist(),
    }


serve(lambda x: (describe(x), quantile(x, [0.25, 0.5, 0.75])), answer)
