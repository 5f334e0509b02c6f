from scipy.stats import permutation_test, wasserstein_distance
from serve import serve

serve(
    lambda x, y: permutation_test(
        (x, y), wasserstein_distance, n_resamples=99, alternative="greater", vectorized=False, rng=1
    ),
    lambda found: {"statistic": float(found.statistic)},
)
