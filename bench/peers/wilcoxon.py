from scipy.stats import wilcoxon
from serve import serve

serve(
    lambda x, y: wilcoxon(x, y, alternative="greater", method="asymptotic"),
    lambda found: {"statistic": float(found.statistic), "pValue": float(found.pvalue)},
)
