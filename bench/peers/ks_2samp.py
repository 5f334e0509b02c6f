from scipy.stats import ks_2samp
from serve import serve

serve(
    lambda x, y: ks_2samp(x, y, method="asymp"),
    lambda found: {
        "statistic": float(found.statistic),
        "location": float(found.statistic_location),
        "sign": int(found.statistic_sign),
    },
)
