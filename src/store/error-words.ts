/** What systems, `pg` and DuckDB say when a store cannot be opened or reached, in words for those who gave its address. */

type Words = readonly (readonly [said: RegExp, meant: string])[];

/** `$1` is what stood in the first group. What is clear already, as most that PostgreSQL says, is not here. */
const ofDuckDb: Words = [
  [/^IO Error: Cannot open database (".+") in read-only mode: database does not exist/, "there is no file $1"],
  [/^IO Error: Cannot open file (".+"): No such file or directory/, "there is no folder for the file $1"],
  [/^IO Error: (?:Cannot open|Could not read from) file (".+"): Is a directory/, "$1 is a folder, not a file"],
  [/^IO Error: Cannot open file (".+"): Permission denied/, "this process may not open the file $1"],
  [/^IO Error: The file (".+") exists, but it is not a valid DuckDB/, "$1 is not a file of DuckDB"],
  [
    /^IO Error: Trying to read a database file with version number (\d+),/,
    "the file is of a version of DuckDB that this one cannot read (storage version $1)",
  ],
  [
    /^IO Error: Could not set lock on file (".+"): Conflicting lock is held in (.+?) \(PID (\d+)\)/,
    "$1 is held by process $3 ($2)",
  ],
];

const ofPostgres: Words = [
  [/^connect (?:ECONNREFUSED|ENOENT) (.+)$/, "nothing listens at $1"],
  [/^getaddrinfo ENOTFOUND (.+)$/, "there is no host $1"],
  [/^getaddrinfo EAI_AGAIN (.+)$/, "no name server knows the host $1 now"],
  [/^connect (ETIMEDOUT|EHOSTUNREACH|ENETUNREACH) (.+?)(?: - Local .*)?$/, "$2 cannot be reached ($1)"],
  [
    /^(?:timeout (?:expired|exceeded)|Connection terminated due to connection timeout)/,
    "the server did not answer in time",
  ],
  [
    /client password must be a/,
    "the server asks for a password: give it in the address, in PGPASSWORD or in a password file",
  ],
  [/^Connection terminated unexpectedly/, "the server ended the connection; is it PostgreSQL?"],
];

/** @returns the same text where nothing better is known */
export function plainWords(said: string): string {
  for (const [pattern, meant] of [...ofDuckDb, ...ofPostgres]) {
    const found = pattern.exec(said);
    if (found) return meant.replace(/\$(\d)/g, (_, group) => found[Number(group)] ?? "");
  }
  return said;
}
