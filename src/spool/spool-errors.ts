/** What a spool says when it cannot do what it promises. */

/** No room: `maximumBytes` are waiting. Nothing was appended, and appending goes on once records were released. */
export class SpoolFull extends RangeError {
  override readonly name = "SpoolFull";
}

/** Bytes on disk are not what was written there. Nothing is skipped: who owns the data decides. */
export class SpoolDamaged extends Error {
  override readonly name = "SpoolDamaged";
  readonly file: string;
  /** Of the first byte that is not as it should be. */
  readonly offset: number;

  constructor(file: string, offset: number, found: string, remedy: string) {
    super(`openSpool: ${file} is damaged at byte ${offset}: ${found}. ${remedy}`);
    this.file = file;
    this.offset = offset;
  }
}

/** The folder is in use by a process that lives. */
export class SpoolLocked extends Error {
  override readonly name = "SpoolLocked";
}

/** The disk failed, so that it is not known any more what is on it: the spool takes nothing until it is opened again. */
export class SpoolFailed extends Error {
  override readonly name = "SpoolFailed";
}
