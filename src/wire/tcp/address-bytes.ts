/** An IP address as its four or sixteen bytes; undefined where it is none. A zone (`%eth0`) is left out. */
export function addressBytes(text: string): Uint8Array | undefined {
  const address = text.split('%', 1)[0]!
  if (!address.includes(':')) return quads(address)
  const mapped = address.lastIndexOf(':') + 1
  const tail = address.includes('.') ? quads(address.slice(mapped)) : undefined
  if (address.includes('.') && !tail) return undefined
  const head = tail ? `${address.slice(0, mapped)}${hexGroup(tail, 0)}:${hexGroup(tail, 2)}` : address
  return groups(head)
}

function quads(text: string): Uint8Array | undefined {
  const parts = text.split('.').map(part => (/^\d{1,3}$/.test(part) ? Number(part) : 256))
  return parts.length === 4 && parts.every(part => part < 256) ? Uint8Array.from(parts) : undefined
}

const hexGroup = (bytes: Uint8Array, at: number): string => ((bytes[at]! << 8) | bytes[at + 1]!).toString(16)

/** RFC 4291 2.2: eight groups, of which one run may be left out. */
function groups(text: string): Uint8Array | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [first = [], second = []] = halves.map(half => (half === '' ? [] : half.split(':')))
  const left = 8 - first.length - second.length
  if (halves.length === 2 ? left < 1 : left !== 0) return undefined
  const all = [...first, ...Array<string>(halves.length === 2 ? left : 0).fill('0'), ...second]
  if (!all.every(group => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  const bytes = new Uint8Array(16)
  for (const [i, group] of all.entries()) {
    const value = Number.parseInt(group, 16)
    bytes[2 * i] = value >> 8
    bytes[2 * i + 1] = value
  }
  return bytes
}

const mappedPrefix = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255)

/** The IPv4 address inside an IPv6 one that maps it (RFC 4291 2.5.5.2), which is what is on the wire. */
export const unmapped = (address: Uint8Array): Uint8Array =>
  address.length === 16 && mappedPrefix.every((byte, i) => byte === address[i]) ? address.subarray(12) : address
