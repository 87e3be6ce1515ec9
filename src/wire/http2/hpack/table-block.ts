import type { DynamicTable } from './dynamic-table.ts'

/** A field block that makes of any dynamic table this one: a decoder that starts there goes on as one that read it all. */
export function tableBlock(table: DynamicTable): Uint8Array {
  const bytes = new Uint8Array(table.size + 16) // an entry's 32 octets of overhead are more than its lengths take
  let at = 0
  const integer = (value: number, prefix: number, first: number): void => {
    if (value < prefix) {
      bytes[at++] = first | value
      return
    }
    bytes[at++] = first | prefix
    let rest = value - prefix
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = 128 | (rest % 128)
    bytes[at++] = rest
  }
  const string = (text: string): void => {
    integer(text.length, 127, 0)
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i)
  }
  integer(0, 31, 0x20) // what was there goes
  integer(table.maxSize, 31, 0x20)
  for (const [name, value] of table.entries().reverse()) {
    bytes[at++] = 0x40
    string(name)
    string(value)
  }
  return bytes.subarray(0, at)
}
