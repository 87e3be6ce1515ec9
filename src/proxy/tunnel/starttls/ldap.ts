import type { Upgradable } from './upgradable.ts'

const sequence = 0x30
const startTls = Buffer.from('1.3.6.1.4.1.1466.20037') // RFC 4511 4.14.1
const [extendedRequest, extendedResponse, success] = [0x77, 0x78, 0] as const

/** RFC 4511 4.14: an extended request by its name, and a response with the result code of success. */
export const ldap: Upgradable = {
  speaksFirst: 'to-server',
  begins: first => operationIn(first)?.type === extendedRequest,
  asks(turn) {
    const operation = operationIn(turn)
    return operation?.type === extendedRequest && operation.content.includes(startTls) ? turn.length : undefined
  },
  agrees(turn) {
    const operation = operationIn(turn)
    const [tag, length, code] = operation?.content ?? []
    return operation?.type === extendedResponse && tag === 0x0a && length === 1 && code === success
  },
}

/** The operation of the one message that the bytes are: SEQUENCE { messageID INTEGER, operation }, in BER. */
function operationIn(bytes: Buffer): { readonly type: number; readonly content: Buffer } | undefined {
  const message = element(bytes)
  const id = message?.type === sequence ? element(message.content) : undefined
  return id && message && element(message.content.subarray(id.size))
}

function element(
  bytes: Buffer,
): { readonly type: number; readonly content: Buffer; readonly size: number } | undefined {
  const [type, first] = bytes
  if (type === undefined || first === undefined) return undefined
  const more = first < 0x80 ? 0 : first & 0x7f
  if (more > 4 || bytes.length < 2 + more) return undefined
  const length = more === 0 ? first : bytes.readUIntBE(2, more)
  const start = 2 + more
  const end = start + length
  return bytes.length < end ? undefined : { type, content: bytes.subarray(start, end), size: end }
}
