/** What `smirnov --help` prints. */
export const usage = `Usage: smirnov compare [options] <reference> <current>
       smirnov check [options] <suite> <reference> <current>
       smirnov suite [options] <reference>
       smirnov profile [options] <data>...
       smirnov merge [options] <profile>...
       smirnov history [options] <dataset> [column]
       smirnov serve --config <file>
       smirnov demo

Does the current data still come from where the reference data came from?

compare  compares two tables column by column, prints a line per column and a
         verdict
check    checks a suite, a YAML or JSON file of conditions, prints those that do
         not hold
suite    writes a suite of what the reference is like, to be edited
profile  reads a table once and keeps what comparing needs: a profile is small
         whatever the number of rows, and stands for its table in compare
merge    makes one profile of several, of parts of a table or of several days
serve    takes rows by HTTP and tells what it finds, window by window
demo     starts a service with traffic that drifts, and says what to open
history  tells and plots how a column's scores, or another metric, went on, from
         a store that compare --store or a monitor wrote to; without a column,
         a line for each

Tables are Arrow or Feather (.arrow .arrows .feather .ipc), Parquet (.parquet)
or CSV (.csv, with a header line) files, or profiles, also as JSON. A pattern in
quotes ('data/2026-*.parquet') is one table of several files, or one profile of
several; - is an Arrow stream or a profile from the standard input. Files may be
larger than memory.

What is compared:
  --where <condition>        only rows that fulfil it: country=DE, price>=3,
                             "city in a,b", "city not in a,b",
                             "age is missing", "age is not missing"; repeatable,
                             all must hold
  --quality                  also tell what both tables are like: missing and
                             repeated values, ranges, duplicated rows; --html
                             asks for it too
  --no-quality               not, with --html
  --columns <a,b,...>        only these columns; repeatable; a comma or
                             backslash in a name is written \\, or \\\\
  --temporal                 judge dates and times too; without it those that
                             no --method names only report ranges and missing
                             values
  --by <a,b,...>             also compare each segment of rows with equal values
                             in these columns
  --pair-by <a,b,...>        rows with equal values in these columns are the
                             same row: compare them pair by pair
  --correlations             also tell which pairs of columns go together in
                             another way than they did

What kind of change:
  --target <column>          what is to be predicted: tells a change of the
                             features (data drift) from one of what they say of
                             the target (concept drift)
  --prediction <column>      what the model predicts: tells whether it changed
  --features <a,b,...>       what these may depend on; without it all others,
                             but the columns of --scores and --query;
                             repeatable
  --start-of-serving <file>  rows from when serving started: tells whether a
                             difference was there from the start (domain shift)
  --joint                    whether all features together tell the two tables
                             apart

How well a model does:
  --model-quality            judge it on both tables: needs --target, and
                             --prediction or --scores; the kind of change is
                             told too, unless rows depend on each other
  --task <name>              classification, regression or ranking, where the
                             target does not tell
  --scores <column>          the model's score of a row
  --positive <class>         the positive one of two classes
  --query <column>           rankings: rows with one value in it are one list

How it is decided:
  --method <name>            method for all columns that it applies to. For
                             numbers: anderson-darling (default), ks, kuiper,
                             cramer-von-mises, mann-whitney, epps-singleton,
                             t-test, wasserstein, energy, mmd. For text, and for
                             numbers with few distinct values: chi-square
                             (default), g-test, fisher, proportion. For all:
                             psi, jensen-shannon, kl-divergence, hellinger,
                             bhattacharyya, total-variation, chebyshev. With a
                             p-value of their own, by resampling:
                             wasserstein-resampled, energy-resampled,
                             total-variation-resampled, chebyshev-resampled.
                             For vectors: mmd (default), mean-distance,
                             cosine-distance, drifted-components,
                             domain-classifier
  --method <column=name>     the same for one column, or for one kind of them:
                             numeric, boolean, categorical, temporal,
                             vector; repeatable
  --threshold <x>            for tests: the adjusted p-value up to which a
                             difference is evidence (default: the level); for
                             distances (wasserstein, psi, energy, …): the
                             distance from which on a change matters
  --threshold <column=x>     the same for one column or kind; repeatable
  --learn <n>                thresholds of effects from n chunks of the
                             reference: mean + 3 standard deviations
  --level <p>                adjusted p-value up to which a difference is
                             evidence of drift (default 0.005)
  --possible-level <p>       adjusted p-value up to which drift is possible
                             (default 0.05)
  --minimum-values <n>       values a side needs to be judged (default 20)
  --correction <name>        how p-values are adjusted for the number of
                             columns: bh (default), by, holm or bonferroni
  --cluster-by <column>      rows with one value in it depend on each other
  --blocks[=<n>]             rows depend on their neighbours, up to n rows away
                             or as far as the reference shows
  --preset evidently         everything as Evidently 0.7 decides it, with its
                             methods' names and thresholds
  --share <x>                the dataset drifted when at least this share of its
                             judged columns did (default 0.5)
  --weight <column=x>        how much a column counts in that share (default 1);
                             repeatable
  --dataset-rule any         the dataset drifted when any column did
  --schedule <n/unit>        how often you compare, as 24/day: tells how many
                             false alarms a year to expect

How it is computed:
  --threads <n>              threads to compute on; all cores without it
  --memory <size>            about how much of files to hold at once, as 512MB
                             or 2GiB

How a suite is made:
  --preset <a,b,...>         suite: conditions known by a name: data-drift,
                             data-quality, data-stability, no-target,
                             classification, regression
  --expected-rows <n>        rows of the tables that will be checked; as many as
                             the reference has without it
  --tolerance <x>            how far off everything may be at least (default
                             0.1)

What comes out; each goes to a file, or with - to the standard output in place
of the text:
  --html <file>              a page with pictures, to be opened or sent
  --markdown <file>          a comment for a pull request
  --junit <file>             tests for CI: one a column, or one a check; a
                             column fails where --fail-on-drift=any would
  --json[=<file>]            the complete report, results of checks, suite,
                             profile or history, as one JSON document
  --csv <file>               every metric of the report, a line each
  --arrow <file>             the same as an Arrow file
  -o, --output <file>        suite, profile, merge: where it goes, - for the
                             standard output; without it, a profile is shown as
                             text
  --fail-on-drift[=dataset]  exit with 1 when the dataset drifted
  --fail-on-drift=any        exit with 1 when any column drifted (in a segment
                             too), vanished, appeared or changed its type, or
                             a correlation changed

Where results are kept:
  --store <url>              compare: also write the run there; history: read it
                             from there. A DuckDB file (history.duckdb,
                             duckdb:file), made if it is not there, or
                             PostgreSQL (postgres://user@host/database, with the
                             password in PGPASSWORD)
  --dataset <name>           compare: whose history it belongs to; without it,
                             the name of the reference's file
  --metric <name>            history: another metric than the verdicts, as
                             missingShare; docs/metrics.md has all
  --segment <name>           history: of the rows of a segment of --by, as
                             country=DE
  --from <time>              history: windows that begin then or later, as
                             2026-11-26, 2026-11-26T10:00 (UTC), or how long
                             ago, as 7d
  --to <time>                history: windows that begin before
  --limit <n>                history: the latest n windows (default 100)

How a service is run:
  --config <file>            serve: datasets, windows, alerts, limits, as YAML
                             or JSON
  --host <address>           serve: instead of listen.host
  --port <n>                 serve, demo: instead of listen.port or 8787; 0 is
                             any free one
  --check                    serve: only say whether the file is right
  --windows <n>              demo: end after so many windows

  -h, --help                 print this help
  -V, --version              print the version

Examples:
  smirnov compare train.parquet today.parquet
  smirnov compare train.arrow today.csv --columns price,city --fail-on-drift=any
  smirnov compare a.csv b.csv --method price=ks --threshold price=0.001
  smirnov compare train.parquet today.parquet --by country,device
  smirnov compare a.csv b.csv --html report.html --junit drift.xml
  smirnov suite train.parquet -o suite.yaml
  smirnov check suite.yaml train.parquet today.parquet --markdown comment.md
  smirnov compare champion.csv challenger.csv --pair-by id
  smirnov compare a.arrow b.arrow --json | jq '.columns[] | select(.drifted)'
  smirnov profile 'train/*.parquet' -o train.smirnov
  smirnov compare train.smirnov today.parquet
  smirnov merge monday.smirnov tuesday.smirnov -o week.smirnov
  smirnov serve --config monitor.yaml
  smirnov demo
  smirnov compare train.smirnov today.csv --store runs.duckdb --dataset orders
  smirnov history orders price --store runs.duckdb --from 30d

Exit status:
  0  compared (and, with --fail-on-drift, no drift); no check failed
  1  drift (=any: also other columns), only with --fail-on-drift; a check failed
  2  usage or input error; with --fail-on-drift also when no column was judged;
     check: also when something could not be told and nothing failed

Environment:
  NO_COLOR, FORCE_COLOR      colours off, on; without them: on at a terminal
  COLUMNS                    width where there is no terminal (default 100)
  SMIRNOV_DEBUG=1            print a stack trace with errors
`;
