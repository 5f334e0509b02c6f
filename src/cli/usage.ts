/** What `smirnov --help` prints. */
export const usage = `Usage: smirnov compare [options] <reference> <current>

Does the current data still come from where the reference data came from?
Compares two tables column by column, prints a line per column and a verdict.

<reference> and <current> are Arrow or Feather (.arrow .arrows .feather .ipc),
Parquet (.parquet) or CSV (.csv, with a header line) files.

What is compared:
  --columns <a,b,...>        only these columns; repeatable; a comma or
                             backslash in a name is written \\, or \\\\
  --temporal                 judge dates and times too; without it those that
                             no --method names only report ranges and missing
                             values

  --by <a,b,...>             also compare each segment of rows with equal values
                             in these columns
  --pair-by <a,b,...>        rows with equal values in these columns are the
                             same row: compare them pair by pair

How it is decided:
  --method <column=name>     method for a column; repeatable. For numbers:
                             anderson-darling (default), ks, t-test,
                             wasserstein. For text, and for numbers with few
                             distinct values: chi-square (default). For all:
                             psi, jensen-shannon
  --threshold <x>            for tests: the adjusted p-value up to which a
                             difference is evidence (default 0.005); for
                             distances (wasserstein, psi, jensen-shannon): the
                             distance from which on a change matters
  --threshold <column=x>     the same for one column; repeatable
  --correction <name>        how p-values are adjusted for the number of
                             columns: bh (default), by, holm or bonferroni
  --share <x>                the dataset drifted when at least this share of its
                             judged columns did (default 0.5)

What comes out:
  --json                     the complete report as one JSON document
  --fail-on-drift[=dataset]  exit with 1 when the dataset drifted
  --fail-on-drift=any        exit with 1 when any column drifted (in a segment
                             too), vanished, appeared or changed its type

  -h, --help                 print this help
  -V, --version              print the version

Examples:
  smirnov compare train.parquet today.parquet
  smirnov compare train.arrow today.csv --columns price,city --fail-on-drift=any
  smirnov compare a.csv b.csv --method price=ks --threshold price=0.001
  smirnov compare train.parquet today.parquet --by country,device
  smirnov compare champion.csv challenger.csv --pair-by id
  smirnov compare a.arrow b.arrow --json | jq '.columns[] | select(.drifted)'

Exit status:
  0  compared (and, with --fail-on-drift, no drift)
  1  drift (with =any also another set of columns), only with --fail-on-drift
  2  usage or input error; with --fail-on-drift also when no column was judged

Environment:
  NO_COLOR, FORCE_COLOR      colours off, on; without them: on at a terminal
  COLUMNS                    width where there is no terminal (default 100)
  SMIRNOV_DEBUG=1            print a stack trace with errors
`;
