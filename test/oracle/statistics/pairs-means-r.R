# Writes pairs-means-r.json. Rscript pairs-means-r.R > pairs-means-r.json
#
# t.test (Welch's, Student's, of one sample, of paired rows), var.test, and Levene's test with the median and the mean by
# its definition: the analysis of variance of the distances. Each t test is two-sided at 95 %, less at 99 % and greater
# at 75 %, the interval of the ratio of variances at 90 %. NULL is where R refuses.

source("pairs.R")
options(warn = -1)
levels <- c(two.sided = 0.95, less = 0.99, greater = 0.75)

answer <- function(test, about = 0) {
  list(
    statistic = unname(test$statistic), degreesOfFreedom = unname(test$parameter), pValue = test$p.value,
    confidenceInterval = c(test$conf.int - about))
}

refused <- function(work) tryCatch(work(), error = function(problem) NULL)

sided <- function(of) {
  found <- lapply(names(levels), function(side) refused(function() of(side, levels[[side]])))
  names(found) <- c("two-sided", "less", "greater")
  if (all(vapply(found, is.null, TRUE))) NULL else found
}

levene <- function(x, y, centre) {
  side <- factor(c(rep(1, length(x)), rep(2, length(y))))
  distance <- c(abs(x - centre(x)), abs(y - centre(y)))
  table <- anova(lm(distance ~ side))
  list(statistic = table$`F value`[1], degreesOfFreedom = table$Df, pValue = table$`Pr(>F)`[1])
}

write_oracle("pairs-means-r.R", "t.test, var.test, anova(lm) of distances", function(x, y) {
  n <- length(x)
  m <- length(y)
  about <- attr(x, "about")
  found <- list()
  if (n > 1 && m > 1) {
    found$welch <- sided(function(side, level) answer(t.test(x, y, alternative = side, conf.level = level)))
    found$student <- sided(function(side, level) {
      answer(t.test(x, y, alternative = side, conf.level = level, var.equal = TRUE))
    })
    found$`levene median` <- refused(function() levene(x, y, median))
    found$`levene mean` <- refused(function() levene(x, y, mean))
    found$f <- refused(function() answer(var.test(x, y, conf.level = 0.9)))
    if (n == m) {
      found$paired <- sided(function(side, level) {
        answer(t.test(x, y, alternative = side, conf.level = level, paired = TRUE))
      })
    }
  }
  if (n > 1) {
    found$oneSample <- sided(function(side, level) {
      answer(t.test(x, mu = about, alternative = side, conf.level = level), about)
    })
  }
  if (length(found) > 0) found
})
