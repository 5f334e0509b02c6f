// The error of a double against a decimal of any length, exactly: a double cannot measure the error of a double.

const bits = new DataView(new ArrayBuffer(8));

/** A finite double as [numerator, denominator]. */
function fractionOf(x) {
  bits.setFloat64(0, x);
  const high = bits.getUint32(0);
  const exponent = (high >>> 20) & 0x7ff;
  const mantissa = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4)) | (exponent > 0 ? 2n ** 52n : 0n);
  const power = Math.max(exponent, 1) - 1075;
  const signed = x < 0 ? -mantissa : mantissa;
  return power >= 0 ? [signed << BigInt(power), 1n] : [signed, 1n << BigInt(-power)];
}

/** Decimal text as [numerator, denominator]. */
function fractionOfText(text) {
  const [, sign, whole, fraction = "", exponent = "0"] = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  const digits = BigInt(sign + whole + fraction);
  const power = Number(exponent) - fraction.length;
  return power >= 0 ? [digits * 10n ** BigInt(power), 1n] : [digits, 10n ** BigInt(-power)];
}

/** (found - expected) in units of 2^-52 · |expected|, or of 2^-52 when `absolute`. */
export function unitsOff(found, expected, absolute = false) {
  if (!Number.isFinite(found)) return Number(expected) === found ? 0 : Number.POSITIVE_INFINITY;
  const [a, b] = fractionOf(found);
  const [c, d] = fractionOfText(expected);
  const difference = a * d - c * b;
  const size = absolute ? d * b : (c < 0n ? -c : c) * b;
  if (size === 0n) return difference === 0n ? 0 : Number.POSITIVE_INFINITY;
  // 2^20 more than asked for, so that a thousandth of a unit is still told
  return Number((difference << 72n) / size) / 2 ** 20;
}
