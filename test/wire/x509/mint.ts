import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** Certificates of any key type and any content, byte by byte: what openssl would not write. Everything is DER. */

export const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts)
  const { length } = content
  const header = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...header]), content])
}
export const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const text = (tag: number, value: string): Buffer => der(tag, Buffer.from(value, 'utf8'))

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  const arcs = [first * 40 + second, ...rest].map(arc => {
    const octets = [arc & 127]
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) octets.unshift((left & 127) | 128)
    return Buffer.from(octets)
  })
  return der(6, ...arcs)
}

const types: Readonly<Record<string, string>> = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  emailAddress: '1.2.840.113549.1.9.1',
}
export const [utf8String, printableString, ia5String, bmpString] = [12, 19, 22, 30] as const

/** A Name of 'O=A/CN=B', an attribute each, or with + several in one step; strings are of the tag `kind`. */
export const name = (path: string, kind: number = utf8String): Buffer =>
  sequence(
    ...path
      .split('/')
      .filter(step => step !== '')
      .map(step => der(0x31, ...step.split('+').map(pair => attribute(pair, kind)))),
  )

function attribute(pair: string, kind: number): Buffer {
  const [type = '', value = ''] = pair.split('=')
  const content = kind === bmpString ? Buffer.from(value, 'utf16le').swap16() : Buffer.from(value, 'utf8')
  return sequence(oid(types[type] ?? type), der(kind, content))
}

export const extension = (id: string, value: Uint8Array, critical = false): Buffer =>
  sequence(oid(id), ...(critical ? [Buffer.from('0101ff', 'hex')] : []), der(4, value))

/** GeneralName by its tag: 1 email, 2 dns, 4 directory (a Name), 6 uri, 7 ip. */
export const generalName = (number: number, value: string | Uint8Array): Buffer =>
  der((number === 4 ? 0xa0 : 0x80) | number, typeof value === 'string' ? Buffer.from(value, 'latin1') : value)

export const authority = (pathLength?: number): Buffer =>
  extension(
    '2.5.29.19',
    sequence(Buffer.from('0101ff', 'hex'), ...(pathLength === undefined ? [] : [der(2, Buffer.of(pathLength))])),
    true,
  )
export const alternativeNames = (...names: readonly Buffer[]): Buffer => extension('2.5.29.17', sequence(...names))
export const purposes = (...ids: readonly string[]): Buffer => extension('2.5.29.37', sequence(...ids.map(oid)))
export const serverAuth = '1.3.6.1.5.5.7.3.1'
export const nameConstraints = (permitted: readonly Buffer[], excluded: readonly Buffer[] = []): Buffer => {
  const subtrees = (number: number, names: readonly Buffer[]): Buffer[] =>
    names.length > 0 ? [der(0xa0 | number, ...names.map(one => sequence(one)))] : []
  return extension('2.5.29.30', sequence(...subtrees(0, permitted), ...subtrees(1, excluded)), true)
}

interface Keys {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}
export const ecKeys = (): Keys => generateKeyPairSync('ec', { namedCurve: 'P-256' })
/** 'ed25519', 'ml-dsa-44' ... */
export const keysOf = (type: string): Keys => generateKeyPairSync(type as 'ed25519')

const ownHash: Readonly<Record<string, string>> = {
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
  'ml-dsa-44': '2.16.840.1.101.3.4.3.17',
  'ml-dsa-65': '2.16.840.1.101.3.4.3.18',
  'ml-dsa-87': '2.16.840.1.101.3.4.3.19',
}
const hashed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ec: { sha1: '1.2.840.10045.4.1', sha256: '1.2.840.10045.4.3.2' },
  dsa: { sha256: '2.16.840.1.101.3.4.3.2' },
}

export interface Minted extends Keys {
  readonly subject: Buffer
  readonly der: Buffer
}

export interface Wish {
  /** A path as of `name`, or DER. */
  readonly subject?: string | Buffer
  /** Absent for one that signs itself. */
  readonly issuer?: Pick<Minted, 'subject' | 'privateKey'>
  readonly keys?: Keys
  readonly extensions?: readonly Buffer[]
  /** YYYYMMDDHHMMSSZ */
  readonly from?: string
  readonly to?: string
  readonly hash?: 'sha1' | 'sha256'
}

let serial = 1

export function mint(wish: Wish): Minted {
  const { keys = ecKeys(), extensions = [], from = '20000101000000Z', to = '99991231235959Z', hash = 'sha256' } = wish
  const subject = typeof wish.subject === 'object' ? wish.subject : name(wish.subject ?? '')
  const by = wish.issuer ?? { subject, privateKey: keys.privateKey }
  const type = by.privateKey.asymmetricKeyType ?? ''
  const algorithm = sequence(oid(ownHash[type] ?? hashed[type]![hash]!))
  const toBeSigned = sequence(
    der(0xa0, der(2, Buffer.of(2))),
    der(2, Buffer.of(serial++ & 127)),
    algorithm,
    by.subject,
    sequence(text(0x18, from), text(0x18, to)),
    subject,
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length > 0 ? [der(0xa3, sequence(...extensions))] : []),
  )
  const signature = sign(ownHash[type] ? null : hash, toBeSigned, by.privateKey)
  const whole = sequence(toBeSigned, algorithm, der(3, Buffer.of(0), signature))
  return { ...keys, subject, der: whole }
}
