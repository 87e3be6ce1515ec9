import type { Show } from '../../reader.ts'

/** A registry: number to name. Missing numbers are unknown, not errors. */
export type Names = Readonly<Record<number, string | undefined>>

/** A registry written as lines: a number, then the name of it and those of the numbers that follow it. */
export function registryOf(lines: string): Names {
  const names: Record<number, string> = {}
  for (const line of lines.trim().split('\n')) {
    const [first, ...run] = line.trim().split(' ')
    for (const [index, name] of run.entries()) names[Number(first) + index] = name
  }
  return names
}

/** RFC 8701: 0x0a0a, 0x1a1a ... 0xfafa, sent so that peers keep ignoring what they do not know. */
export const isGrease = (value: number): boolean => (value & 0x0f0f) === 0x0a0a && value >> 8 === (value & 0xff)

/** `0x1301`, padded to `digits`. */
export const hexNumber = (value: number, digits = 4): string => `0x${value.toString(16).padStart(digits, '0')}`

/** The registered name; `GREASE (0x1a1a)` or `0x1a2b` where there is none. `digits` is the width of the bare number. */
export function nameOf(table: Names, value: number, digits = 4): string {
  const name = table[value]
  if (name !== undefined) return name
  return isGrease(value) ? `GREASE (${hexNumber(value)})` : hexNumber(value, digits)
}

/** `TLS_AES_128_GCM_SHA256 (0x1301)`; the number alone where it has no name. */
export function labelOf(table: Names, value: number, digits = 4): string {
  const name = table[value]
  return name === undefined ? nameOf(table, value, digits) : `${name} (${hexNumber(value, digits)})`
}

/** A Show for numbers of a registry. Remembers the labels of known names: a hello is shown on the hot path. */
export function shower(table: Names, digits = 4): Show {
  const known = new Map<number, string>()
  return value => {
    const seen = known.get(value)
    if (seen !== undefined) return seen
    const label = labelOf(table, value, digits)
    if (table[value] !== undefined) known.set(value, label)
    return label
  }
}

/** As `shower`, with the number in decimal as IANA's own table has it: `key_share (51)`. */
export function decimalShower(table: Names): Show {
  return value => (table[value] === undefined ? nameOf(table, value) : `${table[value]} (${value})`)
}

/** The names of a list in a line; a long one is cut after `most`. */
export function namesIn(table: Names, values: readonly number[], most = 8, digits = 4): string {
  const shown = values.slice(0, most).map(value => nameOf(table, value, digits))
  if (values.length > most) shown.push(`${values.length - most} more`)
  return shown.join(', ')
}
