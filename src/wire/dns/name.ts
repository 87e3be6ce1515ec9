import { latin1 } from '../latin1.ts'
import { ByteReader, MalformedError } from '../reader.ts'

const longestName = 255 // bytes (RFC 1035 2.3.4)
const pointer = 0xc0 // RFC 1035 4.1.4

/** A name as DNS writes it (RFC 1035 3.1). Throws MalformedError where no question can have it. */
export function nameBytes(name: string): Uint8Array {
  const labels = name.replace(/\.$/, '').split('.')
  const parts = labels.map(label => Buffer.from(label, 'latin1'))
  const length = parts.reduce((sum, part) => sum + part.length + 1, 1)
  if (length > longestName || parts.some(part => part.length === 0 || part.length > 63) || /[^\x21-\x7e]/.test(name))
    throw new MalformedError(0, 'a name that DNS cannot hold')
  return Buffer.concat([...parts.flatMap(part => [Buffer.of(part.length), part]), Buffer.of(0)])
}

/**
 * The name that stands next, without its last dot; `message` is what its pointers lead into. Each of them leads further
 * back than the one before, so that they come to an end. Throws MalformedError.
 */
export function readName(reader: ByteReader, message: Uint8Array): string {
  const labels: string[] = []
  let length = 1
  let from = reader
  let before = reader.offset
  for (;;) {
    const first = from.u8('label length')
    if (first === 0) return labels.join('.')
    if ((first & pointer) === pointer) {
      const to = ((first & ~pointer) << 8) | from.u8('pointer')
      if (to >= before) throw new MalformedError(before, 'a pointer that does not lead back')
      before = to
      from = new ByteReader(message, 'name', to)
      continue
    }
    length += first + 1
    if (first > 63 || length > longestName) throw new MalformedError(from.offset, 'a name that is too long')
    labels.push(latin1(from.bytes(first, 'label')))
  }
}
