from scipy.stats import mannwhitneyu
from serve import serve

serve(mannwhitneyu, lambda found: {"statistic": float(found.statistic), "pValue": float(found.pvalue)})
