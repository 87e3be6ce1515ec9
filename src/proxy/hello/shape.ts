import { isGrease } from '../../wire/tls/registry/names.ts'
import type { ClientHello } from '../../wire/tls/values.ts'

const serverName = 0
const sessionTicket = 35
const padding = 21
const preSharedKey = 41
const cookie = 44
const keyShare = 51
const encryptedClientHello = 0xfe0d
const quicTransportParameters = 57

/** Extensions whose content changes from connection to connection without a change of the client's habits. */
const varying = new Set([
  serverName,
  sessionTicket,
  padding,
  preSharedKey,
  cookie,
  keyShare,
  encryptedClientHello,
  quicTransportParameters,
])

const greaseMark = 0x0a0a
const [version, extension, share] = [0x10000, 0x10001, 0x10002] // no 16-bit value of a hello: they part its lists

/**
 * What stays the same between two ClientHellos of the same client to different servers: version, suites, extensions in
 * their order and their content, and of which groups there are key shares, without names, randoms and keys. Equal shapes may share one mirrored context.
 */
export function shapeOf({ legacyVersion, cipherSuites, extensions, keyShares = [] }: ClientHello): string {
  const shape = [...cipherSuites.map(plain), version, legacyVersion]
  for (const { type, data } of extensions) {
    shape.push(extension, plain(type))
    if (!varying.has(type)) pushContent(shape, data)
  }
  for (const { group } of keyShares) shape.push(share, plain(group))
  return Buffer.from(Uint32Array.from(shape).buffer).toString('latin1') // joining decimals would double the time of all of it
}

/** Two bytes at a time from the end, so that lists of 16-bit values stay aligned behind a length of one or two bytes. */
function pushContent(shape: number[], data: Uint8Array): void {
  let at = data.length
  for (; at >= 2; at -= 2) shape.push(plain((data[at - 2]! << 8) | data[at - 1]!))
  if (at === 1) shape.push(data[0]!)
}

const plain = (value: number): number => (isGrease(value) ? greaseMark : value)
