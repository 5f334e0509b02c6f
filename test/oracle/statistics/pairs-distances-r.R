# Writes pairs-distances-r.json. Rscript pairs-distances-r.R > pairs-distances-r.json
#
# chisq.test without Yates' correction of the table of the distinct values, where there are 2 to 20 of them.

source("pairs.R")
options(warn = -1)

write_oracle("pairs-distances-r.R", "chisq.test(correct = FALSE)", function(x, y) {
  distinct <- sort(unique(c(x, y)))
  if (length(distinct) < 2 || length(distinct) > 20 || length(x) + length(y) <= 3) return(NULL)
  counts <- rbind(table(factor(x, distinct)), table(factor(y, distinct)))
  test <- chisq.test(counts, correct = FALSE)
  list(statistic = unname(test$statistic), degreesOfFreedom = unname(test$parameter), pValue = test$p.value)
})
