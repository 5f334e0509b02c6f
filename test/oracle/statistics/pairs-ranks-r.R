# Writes pairs-ranks-r.json. Rscript pairs-ranks-r.R > pairs-ranks-r.json
#
# ks.test (exact p-values given the ties, by Schroer and Trenkler's recurrence; the limit law) and wilcox.test (exact
# below 50 values a side without ties; the normal law with and without correction for continuity), each two-sided, less
# and greater, on every pair of pairs.tsv.

source("pairs.R")
options(warn = -1)
alternatives <- c("two.sided", "less", "greater")

each <- function(of) {
  found <- lapply(alternatives, of)
  names(found) <- c("two-sided", "less", "greater")
  found
}

write_oracle("pairs-ranks-r.R", "ks.test and wilcox.test", function(x, y) {
  n <- length(x)
  m <- length(y)
  found <- list()
  # Beyond, ks.test draws samples instead of counting.
  if (n * m <= 1e5) {
    exactly <- lapply(alternatives, function(side) ks.test(x, y, alternative = side, exact = TRUE))
    found$ksStatistic <- lapply(exactly, function(test) unname(test$statistic))
    found$ksExact <- lapply(exactly, function(test) test$p.value)
    names(found$ksStatistic) <- names(found$ksExact) <- c("two-sided", "less", "greater")
  }
  found$ksLimit <- ks.test(x, y, exact = FALSE)$p.value
  distinct <- length(unique(c(x, y)))
  tied <- distinct < n + m
  why <- list()
  if (tied) why$ksLess <- "R 4.2 takes the law of D+ for that of D- too; given ties they differ"
  if (distinct == 1) why$wilcox <- "all values are equal: R divides 0, or its correction for continuity, by 0"
  found$U <- unname(wilcox.test(x, y, exact = FALSE)$statistic)
  if (!tied && max(n, m) < 50) {
    found$wilcoxExact <- each(function(side) wilcox.test(x, y, alternative = side, exact = TRUE)$p.value)
  }
  found$wilcoxCorrected <- each(function(side) wilcox.test(x, y, alternative = side, exact = FALSE)$p.value)
  found$wilcoxUncorrected <- each(function(side) {
    wilcox.test(x, y, alternative = side, exact = FALSE, correct = FALSE)$p.value
  })
  if (length(why) > 0) found$why <- why
  found
})
