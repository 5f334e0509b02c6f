import warnings

import numpy
from serve import serve
from sklearn import metrics
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")


def everything(labels, scores, predictions):
    names = ["precision", "recall", "f1"]
    found = {"accuracy": metrics.accuracy_score(labels, predictions)}
    table = metrics.confusion_matrix(labels, predictions)
    metrics.precision_recall_fscore_support(labels, predictions, zero_division=0)
    for average in ["macro", "weighted"]:
        values = metrics.precision_recall_fscore_support(labels, predictions, average=average, zero_division=0)
        found.update({f"{name}.{average}": value for name, value in zip(names, values)})
    if len(scores) == 0:
        return {key: float(value) for key, value in found.items()}
    observed, _ = calibration_curve(labels, scores, n_bins=10)
    found.update(
        balancedAccuracy=metrics.balanced_accuracy_score(labels, predictions),
        mcc=metrics.matthews_corrcoef(labels, predictions),
        rocAuc=metrics.roc_auc_score(labels, scores),
        averagePrecision=metrics.average_precision_score(labels, scores),
        logLoss=metrics.log_loss(labels, scores),
        brier=metrics.brier_score_loss(labels, scores),
        observed=numpy.mean(observed),
        hits=table[1][1],
    )
    return {key: float(value) for key, value in found.items()}


serve(everything, lambda found: found)
