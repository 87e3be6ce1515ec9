import { createHash } from 'node:crypto'
import { isGrease } from './registry/names.ts'
import { ssl30, tls10, tls11, tls12, tls13 } from './registry/versions.ts'
import type { ClientHello } from './values.ts'

export interface Fingerprint {
  /** What was hashed. JA4: the form JA4_r. */
  readonly raw: string
  readonly hash: string
}

const isReal = (value: number): boolean => !isGrease(value)
const hexCode = (value: number): string => value.toString(16).padStart(4, '0')

/** JA3: the MD5 of version, suites, extensions, groups and point formats, in decimal and as sent, GREASE left out. */
export function ja3(hello: ClientHello): Fingerprint {
  const raw = [
    String(hello.legacyVersion),
    hello.cipherSuites.filter(isReal).join('-'),
    hello.extensions
      .map(extension => extension.type)
      .filter(isReal)
      .join('-'),
    (hello.supportedGroups ?? []).filter(isReal).join('-'),
    (hello.ecPointFormats ?? []).join('-'),
  ].join(',')
  return { raw, hash: createHash('md5').update(raw).digest('hex') }
}

/** JA4 of a hello over TCP, as FoxIO's technical_details/JA4.md has it. */
export function ja4(hello: ClientHello): Fingerprint {
  const suites = hello.cipherSuites.filter(isReal)
  const types = hello.extensions.map(extension => extension.type).filter(isReal)
  const start = [
    't',
    versionCode(hello),
    types.includes(0) ? 'd' : 'i',
    twoDigits(suites.length),
    twoDigits(types.length),
    alpnCode(hello.alpn?.[0]),
  ].join('')
  const sortedSuites = sorted(suites)
  // The name and ALPN are in the first part; without them the rest does not change with the destination.
  const sortedTypes = sorted(types.filter(type => type !== 0 && type !== 16))
  const schemes = (hello.signatureAlgorithms ?? []).filter(isReal).map(hexCode).join(',')
  const rest = schemes === '' ? sortedTypes : `${sortedTypes}_${schemes}`
  return {
    raw: `${start}_${sortedSuites}_${rest}`,
    hash: `${start}_${shortHash(sortedSuites)}_${sortedTypes === '' ? nothing : shortHash(rest)}`,
  }
}

const nothing = '000000000000'

const shortHash = (text: string): string =>
  text === '' ? nothing : createHash('sha256').update(text).digest('hex').slice(0, 12)

const sorted = (values: readonly number[]): string => values.map(hexCode).sort().join(',')

const twoDigits = (n: number): string => String(Math.min(n, 99)).padStart(2, '0')

const versionCodes: Readonly<Record<number, string>> = {
  [tls13]: '13',
  [tls12]: '12',
  [tls11]: '11',
  [tls10]: '10',
  [ssl30]: 's3',
  2: 's2',
  65279: 'd1',
  65277: 'd2',
  65276: 'd3',
}

function versionCode(hello: ClientHello): string {
  const offered = (hello.supportedVersions ?? []).filter(isReal)
  const version = offered.length > 0 ? Math.max(...offered) : hello.legacyVersion
  return versionCodes[version] ?? '00'
}

/** First and last character; where one is not alphanumeric, the first and last hex digit of the name. */
function alpnCode(name: string | undefined): string {
  if (name === undefined || name === '') return '00'
  const first = name[0]!
  const last = name.at(-1)!
  if (/^[0-9A-Za-z]{2}$/.test(first + last)) return first + last
  const digits = Buffer.from(name, 'latin1').toString('hex')
  return digits[0]! + digits.at(-1)!
}
