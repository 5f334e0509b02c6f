/**
 * Where the rows of one column in one batch lie, as plain data: what a batch's metadata says about it, its bounds checked.
 * The buffers themselves were not looked at.
 */
import type { FixedChunk, Layout } from "../engine/chunk.js";

/** Bytes of a file, by position. */
export interface Span {
  readonly at: number;
  readonly length: number;
}

/** How fixed-width values lie. */
export interface Fixed {
  readonly layout: Layout;
  readonly scale: number;
}

/** A dictionary's values: of text the strings, of anything else a chunk. */
export type Dictionary = readonly (string | null)[] | FixedChunk;

interface AnyPart {
  /** For messages. */
  readonly where: string;
  readonly length: number;
  /** Rows that are null, as the file states it. */
  readonly nulls: number;
  /** How buffers are compressed: LZ4 frames (0), Zstandard (1) or not at all. */
  readonly codec: 0 | 1 | null;
}

/** All rows are null. */
export interface NullPart extends AnyPart {
  readonly form: "null";
}

export interface FixedPart extends AnyPart {
  readonly form: "fixed";
  readonly type: Fixed;
  readonly validity: Span;
  readonly values: Span;
}

export interface VectorPart extends AnyPart {
  readonly form: "vectors";
  readonly dimension: number;
  readonly validity: Span;
  readonly components: FixedPart;
}

export interface TextPart extends AnyPart {
  readonly form: "text";
  /** Bytes of an offset. */
  readonly width: 4 | 8;
  readonly validity: Span;
  readonly offsets: Span;
  readonly bytes: Span;
}

export interface ViewPart extends AnyPart {
  readonly form: "views";
  readonly validity: Span;
  readonly views: Span;
  readonly buffers: readonly Span[];
}

export interface CodesPart extends AnyPart {
  readonly form: "codes";
  readonly type: Fixed;
  readonly validity: Span;
  readonly values: Span;
  readonly dictionary: Dictionary;
}

export type Part = NullPart | FixedPart | VectorPart | TextPart | ViewPart | CodesPart;
