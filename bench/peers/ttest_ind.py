from scipy.stats import ttest_ind
from serve import serve

serve(
    lambda x, y: ttest_ind(x, y, equal_var=False),
    lambda found: {
        "statistic": float(found.statistic),
        "degreesOfFreedom": float(found.df),
        "pValue": float(found.pvalue),
    },
)
