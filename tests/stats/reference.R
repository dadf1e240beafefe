# Reference results for indicators/stats from R. Run in this folder: Rscript reference.R
# Writes the *.json beside it; every file says which R and which survival made it.

library(survival)

VERSIONS <- list(
  made_by = "tests/stats/reference.R",
  r = paste(R.version$major, R.version$minor, sep = "."),
  survival = as.character(packageVersion("survival"))
)

# JSON without a package: named lists are objects, other vectors arrays, NA is null.
as_json <- function(x) {
  if (is.list(x)) {
    parts <- vapply(x, as_json, "")
    if (is.null(names(x))) return(paste0("[", paste(parts, collapse = ", "), "]"))
    return(paste0("{", paste0("\"", names(x), "\": ", parts, collapse = ",\n "), "}"))
  }
  if (is.matrix(x)) return(as_json(unname(split(x, row(x)))))
  if (is.character(x)) return(paste0("\"", x, "\""))
  numbers <- ifelse(is.finite(x), formatC(x, digits = 15, format = "g", width = 1), "null")
  paste0("[", paste(numbers, collapse = ", "), "]")
}

write_json <- function(name, ...) writeLines(as_json(c(VERSIONS, list(...))), name)

bounds <- function(fit, keep) list(ci_low = fit$lower[keep], ci_high = fit$upper[keep])
half <- function(fit) unlist(quantile(fit, 0.5), use.names = FALSE)

kaplan_meier <- function(spells) {
  outcome <- Surv(spells$entry, spells$stop, spells$event > 0)
  log_log <- survfit(outcome ~ 1, conf.type = "log-log")
  plain_log <- survfit(outcome ~ 1, conf.type = "log")
  keep <- log_log$n.event > 0
  mean_24 <- summary(log_log, rmean = 24)$table
  write_json("kaplan_meier.json",
    time = log_log$time[keep], at_risk = log_log$n.risk[keep], events = log_log$n.event[keep],
    survival = log_log$surv[keep], se = (log_log$surv * log_log$std.err)[keep],
    loglog = bounds(log_log, keep), log = bounds(plain_log, keep),
    median_loglog = half(log_log), median_log = half(plain_log),
    restricted_mean_24 = unname(mean_24[c("rmean", "se(rmean)")])
  )
}

aalen_johansen <- function(spells) {
  outcome <- Surv(spells$entry, spells$stop, factor(spells$event))
  fit <- survfit(outcome ~ 1, id = spells$id, conf.type = "log-log")
  keep <- rowSums(fit$n.event) > 0
  of <- function(state) {
    list(probability = fit$pstate[keep, state], se = fit$std.err[keep, state],
      ci_low = fit$lower[keep, state], ci_high = fit$upper[keep, state])
  }
  write_json("aalen_johansen.json",
    time = fit$time[keep], at_risk = fit$n.risk[keep, 1], cause_1 = of(2), cause_2 = of(3)
  )
}

# survfit stops when no step moves by 5e-5, and puts its jumps in the middle of the innermost intervals;
# the value at a right end is the one after the jump.
turnbull <- function(intervals) {
  fit <- survfit(Surv(intervals$lo, intervals$hi, type = "interval2") ~ 1)
  ends <- sort(unique(na.omit(intervals$hi)))
  ends <- ends[ends <= max(fit$time)]
  after <- vapply(ends, function(end) min(c(1, fit$surv[fit$time <= end])), 0)
  write_json("turnbull.json", time = ends, survival = after)
}

transitions <- function(panel) {
  panel <- panel[order(panel$id, panel$q), ]
  last <- nrow(panel)
  adjacent <- panel$id[-1] == panel$id[-last] & panel$q[-1] - panel$q[-last] == 1
  counts <- unclass(table(panel$segment[-last][adjacent], panel$segment[-1][adjacent]))
  share <- counts / rowSums(counts)
  # prop.test without continuity correction gives Wilson's interval.
  side <- function(which) {
    wilson <- function(k, n) suppressWarnings(prop.test(k, n, correct = FALSE))$conf.int[which]
    matrix(mapply(wilson, counts, rowSums(counts)[row(counts)]), nrow(counts))
  }
  write_json("transitions.json",
    counts = unname(counts), probabilities = unname(share), ci_low = side(1), ci_high = side(2),
    four_steps = unname(share %*% share %*% share %*% share)
  )
}

spells <- read.csv("segment_spells.csv")
kaplan_meier(spells)
aalen_johansen(spells)
turnbull(read.csv("segment_interval.csv"))
transitions(read.csv("segment_panel.csv"))
