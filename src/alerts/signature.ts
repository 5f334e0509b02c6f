/** Signatures of webhooks: HMAC-SHA-256 of the time and the body, so that neither can be changed nor sent again later. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { type Duration, milliseconds } from "../monitor/duration.js";

/** `t=<seconds since 1970>,v1=<HMAC-SHA-256 of "t.body" in hexadecimal>` */
export function signatureOf(secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${digestOf(secret, seconds, body)}`;
}

function digestOf(secret: string, seconds: number, body: string | Uint8Array): string {
  return createHmac("sha256", secret).update(`${seconds}.`).update(body).digest("hex");
}

export interface VerifyOptions {
  /** How old, or how far ahead, a signature may be; default 5m. */
  readonly tolerance?: Duration;
  /** Milliseconds since 1970; default: the clock. */
  readonly now?: number;
}

/**
 * Whether a webhook came from who knows the secret, and lately.
 *
 * Within the tolerance the same request can be sent again: who must not act twice remembers `smirnov-delivery`, which is the
 * same however often a delivery is tried.
 *
 * @param signature the header `smirnov-signature`; @param body exactly as it came, before it is parsed
 */
export function verifySignature(
  secret: string,
  signature: string | null | undefined,
  body: string | Uint8Array,
  { tolerance = "5m", now = Date.now() }: VerifyOptions = {},
): boolean {
  if (typeof secret !== "string" || secret === "") throw new TypeError("verifySignature: needs the secret");
  const within = milliseconds("verifySignature: tolerance", tolerance);
  const [, time, given] = /^t=(\d{1,15}),v1=([0-9a-f]{64})$/.exec(signature ?? "") ?? [];
  if (time === undefined || given === undefined) return false;
  const wanted = digestOf(secret, Number(time), body);
  const isTheirs = timingSafeEqual(Buffer.from(given, "hex"), Buffer.from(wanted, "hex"));
  return isTheirs && Math.abs(now - Number(time) * 1000) <= within;
}
