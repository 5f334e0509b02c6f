import numpy
from scipy.stats import norm
from serve import serve
from sklearn import metrics

probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]


def everything(target, prediction):
    errors = numpy.sort(prediction - target)
    n = len(errors)
    z = (errors - errors.mean()) / errors.std(ddof=1)
    weights = 2 * numpy.arange(1, n + 1) - 1
    return {
        "meanAbsoluteError": metrics.mean_absolute_error(target, prediction),
        "meanAbsolutePercentageError": metrics.mean_absolute_percentage_error(target, prediction),
        "rootMeanSquaredError": metrics.root_mean_squared_error(target, prediction),
        "medianAbsoluteError": metrics.median_absolute_error(target, prediction),
        "maximumError": metrics.max_error(target, prediction),
        "r2": metrics.r2_score(target, prediction),
        "q95": numpy.quantile(errors, probabilities)[5],
        "normality": -n - numpy.mean(weights * (norm.logcdf(z) + norm.logsf(z[::-1]))),
    }


serve(everything, lambda found: {key: float(value) for key, value in found.items()})
