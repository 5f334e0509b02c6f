/** Exact arithmetic for counting correct digits: a double cannot measure the error of a double. */

interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const bits = new DataView(new ArrayBuffer(8));

/** The value of a finite double. */
function ofDouble(x: number): Fraction {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const mantissa = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4)) | (exponent > 0 ? 2n ** 52n : 0n);
  const power = Math.max(exponent, 1) - 1075;
  const signed = x < 0 ? -mantissa : mantissa;
  return power >= 0
    ? { numerator: signed * 2n ** BigInt(power), denominator: 1n }
    : { numerator: signed, denominator: 2n ** BigInt(-power) };
}

/** The value of decimal text, exponent included. */
function ofDecimal(text: string): Fraction {
  const [, sign, whole, fraction = "", exponent = "0"] = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text)!;
  const digits = BigInt(sign + whole + fraction);
  const power = Number(exponent) - fraction.length;
  return power >= 0
    ? { numerator: digits * 10n ** BigInt(power), denominator: 1n }
    : { numerator: digits, denominator: 10n ** BigInt(-power) };
}

const size = (x: bigint) => (x < 0n ? -x : x);

/** The correct digits of a double: minus the decimal logarithm of its relative error (LRE), whole ones; at most 40. */
export function correctDigits(found: number, exact: string): number {
  const a = ofDouble(found);
  const b = ofDecimal(exact);
  const error = size(a.numerator * b.denominator - b.numerator * a.denominator);
  const whole = size(b.numerator) * a.denominator;
  let digits = 0;
  while (digits < 40 && error * 10n ** BigInt(digits + 1) <= whole) digits++;
  return digits;
}
