import { type ProtoValue, readPackedVarints, signed, zigzag } from './wire-tree.ts'

type Show = (value: bigint) => string

const varints: Readonly<Record<string, Show>> = {
  int32: value => String(BigInt.asIntN(32, value)),
  int64: value => String(signed(value)),
  uint32: value => String(BigInt.asUintN(32, value)),
  uint64: String,
  sint32: value => String(BigInt.asIntN(32, zigzag(value))),
  sint64: value => String(signed(zigzag(value))),
  bool: value => (value === 0n ? 'false' : 'true'),
}

const view = new DataView(new ArrayBuffer(8))
const asFloat = (value: bigint): string => {
  view.setUint32(0, Number(value))
  return String(Number(view.getFloat32(0).toPrecision(7)))
}
const asDouble = (value: bigint): string => {
  view.setBigUint64(0, value)
  return String(view.getFloat64(0))
}

const fixed32: Readonly<Record<string, Show>> = {
  float: asFloat,
  fixed32: String,
  sfixed32: value => String(BigInt.asIntN(32, value)),
}
const fixed64: Readonly<Record<string, Show>> = {
  double: asDouble,
  fixed64: String,
  sfixed64: value => String(signed(value)),
}

/** A value as a scalar type reads it; undefined where its wire type is another, or the name is no scalar's. */
export function scalarText(type: string, value: ProtoValue): string | undefined {
  switch (value.wire) {
    case 'varint':
      return own(varints, type)?.(value.value)
    case 'fixed32':
      return own(fixed32, type)?.(BigInt(value.value))
    case 'fixed64':
      return own(fixed64, type)?.(value.value)
    case 'bytes':
      if (type === 'string') return new TextDecoder().decode(value.bytes)
      return type === 'bytes' ? Buffer.from(value.bytes).toString('hex') : undefined
    case 'group':
      return undefined
  }
}

const own = (table: Readonly<Record<string, Show>>, type: string): Show | undefined =>
  Object.hasOwn(table, type) ? table[type] : undefined

/** The values of a packed field; undefined where the type is never packed or the bytes do not come out even. */
export function splitPacked(type: string, bytes: Uint8Array): readonly ProtoValue[] | undefined {
  if (type === 'enum' || Object.hasOwn(varints, type))
    return readPackedVarints(bytes)?.map(value => ({ wire: 'varint', value }))
  const size = Object.hasOwn(fixed32, type) ? 4 : Object.hasOwn(fixed64, type) ? 8 : undefined
  if (size === undefined || bytes.length % size !== 0) return undefined
  const from = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return Array.from({ length: bytes.length / size }, (_, index) =>
    size === 4
      ? { wire: 'fixed32', value: from.getUint32(index * 4, true) }
      : { wire: 'fixed64', value: from.getBigUint64(index * 8, true) },
  )
}
