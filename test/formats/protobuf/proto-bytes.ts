/** Protobuf by hand. */
export const varint = (value: number | bigint): number[] => {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128)
  return [...bytes, Number(rest)]
}
export const number = (field: number, value: number | bigint): number[] => [...varint(field << 3), ...varint(value)]
export const bytes = (field: number, value: string | readonly number[]): number[] => {
  const content = typeof value === 'string' ? [...Buffer.from(value)] : value
  return [...varint((field << 3) | 2), ...varint(content.length), ...content]
}
export const fixed32 = (field: number, value: readonly number[]): number[] => [...varint((field << 3) | 5), ...value]
export const fixed64 = (field: number, value: readonly number[]): number[] => [...varint((field << 3) | 1), ...value]
