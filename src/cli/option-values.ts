import { resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import { readProtoFile } from '../formats/protobuf/proto-file.ts'
import { mergeSchemas, type ProtoSchema } from '../formats/protobuf/proto-schema.ts'
import { hostAndPort } from '../model/host-and-port.ts'
import { readRange } from '../proxy/entrance/address-ranges.ts'
import { parseAuthority } from '../proxy/entrance/authority.ts'
import type { MinTlsOf } from '../proxy/hello/tls-wishes.ts'
import { defaultMinTls, type TlsVersion } from '../proxy/hello/versions.ts'
import { isAddress, isHostPattern, matchesHost } from '../proxy/host-pattern.ts'
import { type ClientCertificate, checkPair } from '../proxy/leg/client-certificate.ts'
import type { TlsClientName } from '../proxy/leg/exact/exact-tls.ts'
import type { ReverseOptions } from '../proxy/services.ts'
import { isTargetPattern } from '../proxy/target-pattern.ts'
import type { ThemeName } from '../tui/theme.ts'
import { readBounded } from './read-bounded.ts'

/** What each option takes, read from text. All throw InvalidArgumentError; those of repeatable options add to `before`. */

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

const loopback = '127.0.0.1'

export function readListen(text: string): ListenAddress {
  const match = /^(?:(?:\[([0-9a-fA-F:]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text)
  const port = Number(match?.[3])
  if (!match || port > 65_535) throw new InvalidArgumentError('give HOST:PORT, [V6]:PORT or PORT.')
  return { host: match[1] ?? match[2] ?? loopback, port }
}

/** Reads `[listen=]url`. Without an address to listen on: loopback, on a port that is free. */
export function readReverse(text: string, before: readonly ReverseOptions[]): readonly ReverseOptions[] {
  const [, listen = `${loopback}:0`, scheme, authority = ''] =
    /^(?:([^=]+)=)?(https?):\/\/([^/?#@]+)\/?$/i.exec(text) ?? []
  const secure = scheme?.toLowerCase() === 'https'
  const target = parseAuthority(authority, secure ? 443 : 80)
  if (!target) throw new InvalidArgumentError('give [LISTEN=]URL, as 9000=https://example.com, without a path.')
  return [...before, { listen: readListen(listen), server: { target, secure } }]
}

/** As a person would type it. */
export const showServer = ({ target, secure }: ReverseOptions['server']): string =>
  `${secure ? 'https' : 'http'}://${hostAndPort(target)}`

export function readRanges(text: string, before: readonly string[]): readonly string[] {
  if (!readRange(text)) throw new InvalidArgumentError('give ADDRESS/BITS, as 192.168.1.0/24, or an address.')
  return [...before, text]
}

/** RFC 7617 2: no colon in the user, and no control characters. */
export function readCredentials(text: string): string {
  if (!/^[^:\p{Cc}]+:[^\p{Cc}]+$/u.test(text)) throw new InvalidArgumentError('give USER:PASS.')
  return text
}

export const showListen = (address: ListenAddress): string => hostAndPort(address)

export function readHosts(text: string, before: readonly string[]): readonly string[] {
  if (!isHostPattern(text)) throw new InvalidArgumentError('give HOST or *.DOMAIN, without scheme or port.')
  return [...before, text]
}

export function readOnly(text: string, before: readonly string[] | undefined): readonly string[] {
  if (text.startsWith('*') || !isHostPattern(text))
    throw new InvalidArgumentError('give DOMAIN, which holds what is below it as well, or an address.')
  return [...(before ?? []), text]
}

export function readDays(text: string): number {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (days < 1 || days > 3650) throw new InvalidArgumentError('give a number of days from 1 to 3650.')
  return days
}

export function readTargets(text: string, before: readonly string[]): readonly string[] {
  if (!isTargetPattern(text))
    throw new InvalidArgumentError('give HOST, *.DOMAIN, ADDRESS or ADDRESS/BITS, with :PORT or without.')
  return [...before, text]
}

/** `host:address`, or `host:port:address` as curl writes it. */
export function readResolve(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const at = text.indexOf(':')
  const host = text.slice(0, at).toLowerCase()
  const [, port, given = text.slice(at + 1)] = /^[^:]+:(\d{1,5}):(\S+)$/.exec(text) ?? []
  const whole = bare(text.slice(at + 1))
  const [key, address] =
    isAddress(whole) || port === undefined ? [host, whole] : [`${host}:${Number(port)}`, bare(given)]
  if (at < 1 || !isAddress(address) || Number(port ?? 0) > 65_535)
    throw new InvalidArgumentError('give HOST:ADDRESS or HOST:PORT:ADDRESS, as example.com:443:127.0.0.1.')
  return new Map([...before, [key, address]])
}

const bare = (address: string): string => address.replace(/^\[(.*)\]$/, '$1')

/** Seconds as ms. */
export function readSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= 3600)) throw new InvalidArgumentError('give seconds, at most 3600.')
  return seconds * 1000
}

const msPer: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
const longest = 7 * 24 * 3_600_000 // ms; timers count no further than 24 days

/** `500ms`, `10s`, `5m`, `1h`, or seconds; as ms. */
export function readDuration(text: string): number {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h)?$/.exec(text)
  const ms = match ? Number(match[1]) * msPer[match[2] ?? 's']! : 0
  if (!(ms > 0 && ms <= longest))
    throw new InvalidArgumentError('give a time such as 500ms, 10s, 5m or 1h, at most 7 days.')
  return ms
}

/** A number of flows, at least one. */
export function readFlows(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('give a number of flows, from 1.')
  return Number(text)
}

/** ms; 0 for no end. */
export function readPatience(text: string): number {
  const seconds = text.trim() === '' ? Number.NaN : Number(text)
  if (!(seconds >= 0 && seconds <= 86_400)) throw new InvalidArgumentError('give seconds, at most 86400, or 0.')
  return seconds * 1000
}

/** Where a collector is; the paths of OTLP follow. */
export function readCollector(text: string): string {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '')
    throw new InvalidArgumentError('give an http or https URL, such as http://localhost:4318.')
  return text
}

/** How many of something, at least one. */
export function readCount(text: string): number {
  const count = Number(text)
  if (!/^\d+$/.test(text) || count < 1 || count > 10_000) throw new InvalidArgumentError('give a number up to 10000.')
  return count
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

/** Bytes. */
export function readSize(text: string): number {
  const match = /^(\d+)([kmg]?)b?$/i.exec(text)
  if (!match) throw new InvalidArgumentError('give bytes, or a number with k, m or g.')
  return Number(match[1]) * units[match[2]!.toLowerCase()]!
}

const versions: Readonly<Record<string, TlsVersion>> = {
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
}

export function readVersion(text: string): TlsVersion {
  const version = Object.hasOwn(versions, text) ? versions[text] : undefined
  if (!version) throw new InvalidArgumentError('give 1.0, 1.1, 1.2 or 1.3.')
  return version
}

/** The oldest version for all hosts, and for some. */
export interface MinTls {
  readonly all: TlsVersion
  readonly of: readonly MinTlsOf[]
}

/** `version`, or `host=version`. */
export function readMinTls(text: string, before: MinTls = { all: defaultMinTls, of: [] }): MinTls {
  const [, host, version = ''] = /^(?:([^=]+)=)?(.*)$/.exec(text) ?? []
  if (host === undefined) return { ...before, all: readVersion(version) }
  if (!isHostPattern(host)) throw new InvalidArgumentError('give VERSION, HOST=VERSION or *.DOMAIN=VERSION.')
  return { ...before, of: [...before.of, { host, version: readVersion(version) }] }
}

/** That of the first pattern that fits, else that of all. */
export const minTlsFor = (host: string, { all, of }: MinTls): TlsVersion =>
  of.find(some => matchesHost(some.host, host))?.version ?? all

export const showVersion = (version: TlsVersion): string =>
  Object.keys(versions).find(text => versions[text] === version) ?? version

/** Reads `host=file[,keyfile]`; without a key file the key is in the first one. */
export function readClientCertificate(
  text: string,
  before: readonly ClientCertificate[],
): readonly ClientCertificate[] {
  const match = /^([^=\s]+)=([^,]+)(?:,(.+))?$/.exec(text)
  if (!match) throw new InvalidArgumentError('give HOST=FILE or HOST=FILE,KEYFILE.')
  const [, host = '', certPath = '', keyPath = certPath] = match
  const [cert, key] = [readText(certPath), readText(keyPath)]
  const wrong = checkPair(cert, key)
  if (wrong) throw new InvalidArgumentError(`${[...new Set([certPath, keyPath])].join(' and ')}: ${wrong}.`)
  return [...before, { host: host.toLowerCase(), cert, key }]
}

export function readRoots(path: string, before: readonly string[]): readonly string[] {
  const pem = readText(path)
  if (!/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(pem))
    throw new InvalidArgumentError(`${path} holds no certificate in PEM.`)
  return [...before, pem]
}

/** The whole path of a script that there is. */
export function readScript(path: string, before: readonly string[]): readonly string[] {
  readText(path)
  return [...before, resolve(path)]
}

export function readProto(path: string, before: ProtoSchema): ProtoSchema {
  const { schema, problem } = readProtoFile(readText(path))
  if (problem) throw new InvalidArgumentError(`${path}: ${problem}.`)
  return mergeSchemas([before, schema])
}

/** The arguments of the action `throttle`, which is not loaded for it. */
export function readThrottle(text: string): string {
  const rate = String.raw`\d{1,12}(?:\.\d{1,6})?[kmg]?`
  const line = new RegExp(`^(?:[234]g|dsl|${rate}(?: ${rate}(?: \\d{1,5})?)?)$`, 'i').test(text)
  if (!line || /^0|^[234]g /i.test(text))
    throw new InvalidArgumentError("give 2g, 3g, 4g, dsl or 'DOWN [UP [ROUND-TRIP-MS]]', as '500k 100k 200'.")
  return text.toLowerCase()
}

/** It names a folder. */
export function readProfileName(text: string): string {
  if (!/^[\w][\w.-]{0,63}$/.test(text)) throw new InvalidArgumentError('give a name of letters, digits, dots, - and _.')
  return text
}

const tlsClients: readonly TlsClientName[] = ['auto', 'exact', 'openssl']

/** Who speaks TLS with servers. */
export function readTlsClient(text: string): TlsClientName {
  const client = tlsClients.find(name => name === text)
  if (!client) throw new InvalidArgumentError('give auto, exact or openssl.')
  return client
}

const themeNames: readonly ThemeName[] = ['dark', 'light', 'none']

export function readTheme(text: string): ThemeName {
  const theme = themeNames.find(name => name === text)
  if (!theme) throw new InvalidArgumentError('give dark, light or none.')
  return theme
}

const mostText = 16 * 1024 * 1024

function readText(path: string): string {
  try {
    return readBounded(path, mostText).toString()
  } catch (error) {
    throw new InvalidArgumentError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}
