# Writes adjust-r.json. Rscript adjust-r.R > adjust-r.json
#
# R's p.adjust by all four corrections. NA is what was not tested: it stays NA and does not count.
source("oracle.R")

set.seed(20260117)
published <- c(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
               0.7590, 1)
samples <- list(
  "Benjamini and Hochberg's fifteen" = published,
  "the same, mixed, with three that were not tested" = sample(c(published, NA, NA, NA)),
  "one" = 0.03,
  "one, and one that was not tested" = c(NA, 0.03),
  "none that was tested" = c(NA_real_, NA_real_),
  "equal" = c(0.02, 0.02, 0.02, 0.5),
  "zeros and ones" = c(0, 1, 0, NA, 1, 0.2),
  "tiny" = c(1e-300, NA, 1e-200, 4.9406564584124654e-324, 0.5),
  "uniform" = ifelse(runif(80) < 0.2, NA, round(runif(80), 5)),
  "small" = ifelse(runif(300) < 0.1, NA, signif(runif(300)^6, 8))
)
case_of <- function(name, p) {
  adjusted <- function(method) sample_of(p.adjust(p, method))
  list(name = name, pValues = sample_of(p), bonferroni = adjusted("bonferroni"), holm = adjusted("holm"),
       bh = adjusted("BH"), by = adjusted("BY"))
}
write_oracle("R p.adjust", 1e-14, "adjust-r.R", unname(Map(case_of, names(samples), samples)))
