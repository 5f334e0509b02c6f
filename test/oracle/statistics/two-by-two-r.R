# Writes two-by-two-r.json. Rscript two-by-two-r.R > two-by-two-r.json
# R's fisher.test finds odds ratios with uniroot's default tolerance of eps^(1/4), 1.2e-4; its p-values have all digits.
source("oracle.R")

tables <- list(c(8, 2, 1, 5), c(3, 1, 1, 3), c(100, 200, 150, 120), c(7, 12, 3, 5), c(1, 9, 11, 3), c(12, 5, 7, 9),
               c(50, 50, 60, 40), c(2, 500, 30, 400), c(500, 20, 20, 500))
cases <- unlist(lapply(tables, function(counts) lapply(c("two.sided", "less", "greater"), function(alternative) {
  table <- matrix(counts, 2, byrow = TRUE)
  exact <- fisher.test(table, alternative = alternative)
  shares <- suppressWarnings(prop.test(table, alternative = alternative, correct = FALSE))
  list(name = paste(counts, collapse = " "), reference = as.list(counts[1:2]), current = as.list(counts[3:4]),
       alternative = sub(".", "-", alternative, fixed = TRUE), fisher = exact$p.value,
       oddsRatio = unname(exact$estimate), interval = as.list(as.numeric(exact$conf.int)), proportion = shares$p.value,
       squared = unname(shares$statistic))
})), recursive = FALSE)
write_oracle("R's fisher.test and prop.test(correct = FALSE)", list(fisher = 1e-7, oddsRatio = 1.3e-4, proportion = 1e-12),
             "two-by-two-r.R", cases)
