/** Typed arrays by name: what columns and states are made of. */
export const typedArrays = {
  Int8Array,
  Uint8Array,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

export type TypedArrayName = keyof typeof typedArrays;
export type TypedArray = InstanceType<(typeof typedArrays)[TypedArrayName]>;
