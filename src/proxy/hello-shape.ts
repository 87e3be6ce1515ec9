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
const isGrease = (value: number): boolean => (value & 0x0f0f) === greaseMark && value >> 8 === (value & 255)

/**
 * What stays the same between two ClientHellos of the same client to different servers: version, suites, extensions in
 * their order and their content, without names, randoms and keys. Equal shapes may share one mirrored context.
 * `message` is a ClientHello with its four header bytes; undefined where its lengths do not fit.
 */
export function helloShape(message: Buffer): string | undefined {
  const shape: number[] = []
  let at = 4 + 2 + 32
  const sessionIdLength = message[at]
  if (sessionIdLength === undefined) return undefined
  at += 1 + sessionIdLength
  if (at + 2 > message.length) return undefined
  const suitesEnd = at + 2 + message.readUInt16BE(at)
  if (suitesEnd > message.length) return undefined
  for (at += 2; at + 2 <= suitesEnd; at += 2) shape.push(plain(message.readUInt16BE(at)))
  at = suitesEnd + 1 + (message[suitesEnd] ?? 0)
  shape.push(0x10000, message.readUInt16BE(4))
  if (at + 2 > message.length) return keyOf(shape)
  const end = Math.min(message.length, at + 2 + message.readUInt16BE(at))
  for (at += 2; at + 4 <= end; ) {
    const type = message.readUInt16BE(at)
    const bodyEnd = at + 4 + message.readUInt16BE(at + 2)
    if (bodyEnd > end) return undefined
    shape.push(0x10001, plain(type))
    if (!varying.has(type)) pushContent(shape, message, at + 4, bodyEnd)
    at = bodyEnd
  }
  return keyOf(shape)
}

/** Two bytes at a time from the end, so that lists of 16-bit values stay aligned behind a length of one or two bytes. */
function pushContent(shape: number[], message: Buffer, from: number, to: number): void {
  let at = to
  for (; at - 2 >= from; at -= 2) shape.push(plain(message.readUInt16BE(at - 2)))
  if (at > from) shape.push(message[from]!)
}

/** One character a byte: joining decimals would double the time of all of it. */
const keyOf = (shape: readonly number[]): string => Buffer.from(Uint32Array.from(shape).buffer).toString('latin1')

const plain = (value: number): number => (isGrease(value) ? greaseMark : value)
