import { randomBytes } from 'node:crypto'
import { handshake, list8, list16, u16 } from '../../src/wire/tls/client/framing.ts'
import { keyPair } from '../../src/wire/tls/client/groups/named-groups.ts'
import type { Session } from '../../src/wire/tls/client/tls-client.ts'
import { type Flags, Unsupported } from './flags.ts'

/** The ClientHello that BoringSSL would make of its flags; TlsClient takes it for the client's own. */

const tls12 = 0x0303
const tls13 = 0x0304
const grease = { suite: 0x0a0a, group: 0x1a1a, version: 0x2a2a, first: 0x3a3a, last: 0x4a4a }

interface Policy {
  readonly suites: readonly number[]
  readonly groups: readonly number[]
  readonly schemes: readonly number[]
}

const rsa256 = [0x0804, 0x0401] // rsa_pss_rsae_sha256, rsa_pkcs1_sha256
const rsa384 = [0x0805, 0x0501]
const rsa512 = [0x0806, 0x0601]
const gcm12 = [0xc02b, 0xc02f, 0xc02c, 0xc030]
const cbc = [0xc009, 0xc013, 0xc00a, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035, 0x000a]

const usual: Policy = {
  suites: [0x1301, 0x1302, 0x1303, ...gcm12, 0xcca9, 0xcca8, 0xc027, ...cbc],
  groups: [29, 23, 24],
  schemes: [0x0403, ...rsa256, 0x0503, ...rsa384, ...rsa512, 0x0201],
}
const fips: Policy = {
  suites: [0x1301, 0x1302, ...gcm12],
  groups: [23, 24],
  schemes: [...rsa256, ...rsa384, ...rsa512, 0x0403, 0x0503],
}
const wpa: Policy = {
  suites: [0x1302, 0xc02c, 0xc030],
  groups: [24],
  schemes: [0x0503, ...rsa384, ...rsa512],
}

const policyOf = (flags: Flags): Policy => (flags.has('fips-202205') ? fips : flags.has('wpa-202304') ? wpa : usual)

/** Newest first. */
export function versionsOf(flags: Flags): readonly number[] {
  const off = ['no-tls1', 'no-tls11', 'no-tls12', 'no-tls13'].map(flag => flags.has(flag))
  const min = flags.number('min-version') || 0x0301
  const max = flags.number('max-version') || tls13
  return [tls13, tls12, 0x0302, 0x0301].filter(version => version >= min && version <= max && !off[version - 0x0301])
}

/** The client's ClientHello with its header. Throws Unsupported. */
export function helloFor(flags: Flags, session: Session | undefined): Buffer {
  const versions = versionsOf(flags)
  const newest = versions[0]
  if (newest === undefined) throw new Unsupported('no version')
  const usable = session && versions.includes(session.version) ? session : undefined
  const resumesOld = usable !== undefined && usable.version < tls13
  const body = [
    u16(Math.min(newest, tls12)),
    randomBytes(32),
    list8(newest === tls13 || resumesOld ? randomBytes(32) : Buffer.alloc(0)),
    list16(Buffer.concat(suitesOf(flags, versions).map(u16))),
    Buffer.of(1, 0),
    list16(Buffer.concat(extensionsOf(flags, versions, usable))),
  ]
  return handshake(1, Buffer.concat(body))
}

function suitesOf(flags: Flags, versions: readonly number[]): readonly number[] {
  const fits = (suite: number): boolean => {
    if (suite >> 8 === 0x13) return versions[0] === tls13
    const old = versions.some(version => version < tls13)
    return cbc.includes(suite) && suite !== 0x009c && suite !== 0x009d ? old : old && versions[0]! >= tls12
  }
  return [
    ...(flags.has('enable-grease') ? [grease.suite] : []),
    ...policyOf(flags).suites.filter(fits),
    ...(flags.has('fallback-scsv') ? [0x5600] : []),
  ]
}

const extension = (type: number, data: Uint8Array): Buffer => Buffer.concat([u16(type), list16(data)])
const none = Buffer.alloc(0)

function extensionsOf(flags: Flags, versions: readonly number[], session: Session | undefined): readonly Buffer[] {
  const newest = versions[0]!
  const old = versions.some(version => version < tls13)
  const greased = flags.has('enable-grease')
  const groups = (flags.numbers('curves') ?? policyOf(flags).groups).filter(group => newest === tls13 || !hybrid(group))
  const schemes = flags.numbers('verify-prefs') ?? policyOf(flags).schemes
  const name = flags.text('host-name')
  const alpn = flags.text('advertise-alpn')
  const certificateTypes = flags.numbers('accepted-peer-cert-types') ?? []
  const ticket = session?.ticket && session.version < tls13 ? Buffer.from('ticket') : none
  const when = (is: unknown, ...made: readonly Buffer[]): readonly Buffer[] => (is ? made : [])
  return [
    ...when(greased, extension(grease.first, none)),
    ...when(name, extension(0, list16(Buffer.concat([Buffer.of(0), list16(Buffer.from(name ?? ''))])))),
    ...when(old, extension(23, none), extension(0xff01, Buffer.of(0))),
    extension(10, list16(Buffer.concat([...when(greased, u16(grease.group)), ...groups.map(u16)]))),
    ...when(old, extension(11, Buffer.of(1, 0))),
    ...when(old && !flags.has('no-ticket'), extension(35, ticket)),
    ...when(alpn, extension(16, list16(Buffer.from(alpn ?? '', 'latin1')))),
    ...when(flags.has('select-next-proto') && old, extension(0x3374, none)),
    ...when(flags.has('enable-ocsp-stapling'), extension(5, Buffer.of(1, 0, 0, 0, 0))),
    ...when(newest >= tls12, extension(13, list16(Buffer.concat(schemes.map(u16))))),
    ...when(flags.has('enable-signed-cert-timestamps'), extension(18, none)),
    ...when(
      certificateTypes.some(type => type !== 0),
      extension(20, list8(Buffer.from(certificateTypes))),
    ),
    ...(newest === tls13 ? only13(flags, versions, groups) : []),
    ...when(flags.has('enable-early-data') && session?.version === tls13, extension(42, none)),
    ...when(greased, extension(grease.last, Buffer.of(0))),
    ...when(session?.version === tls13, extension(41, placeholder)),
  ]
}

/** A PSK that is not ours to use: TlsClient puts its own here. */
const placeholder = Buffer.concat([
  list16(Buffer.concat([list16(Buffer.from('ticket')), Buffer.alloc(4)])),
  list16(list8(Buffer.alloc(32))),
])

function only13(flags: Flags, versions: readonly number[], groups: readonly number[]): readonly Buffer[] {
  const greased = flags.has('enable-grease')
  const named = versions.map(u16)
  const shares = sharesOf(flags, groups)
  const compression = flags.number('install-one-cert-compression-alg')
  if (compression !== undefined && compression > 3)
    throw new Unsupported('compression algorithms that BoringSSL invents')
  return [
    extension(51, list16(Buffer.concat([...(greased ? [share(grease.group, Buffer.of(0))] : []), ...shares]))),
    extension(45, Buffer.of(1, 1)),
    extension(43, list8(Buffer.concat(greased ? [u16(grease.version), ...named] : named))),
    ...(compression === undefined ? [] : [extension(27, list8(u16(compression)))]),
    ...alpsOf(flags),
    ...(flags.has('enable-ech-grease') ? [extension(0xfe0d, echGrease())] : []),
  ]
}

const share = (group: number, key: Uint8Array): Buffer => Buffer.concat([u16(group), list16(key)])

const hybrid = (group: number): boolean => group === 4588 || group === 0x6399

/** As BoringSSL: the first group, and the first of the other kind where there is a hybrid. */
function sharesOf(flags: Flags, groups: readonly number[]): readonly Buffer[] {
  const others = groups.filter(group => hybrid(group) !== hybrid(groups[0]!))
  const wanted = flags.numbers('key-shares')?.filter(group => group !== 0) ?? [groups[0]!, ...others.slice(0, 1)]
  return wanted.map(group => {
    const pair = keyPair(group)
    if (!pair) throw new Unsupported(`group ${group}`)
    return share(group, pair.share)
  })
}

/** Application settings: the names alone; what the client would say is not carried. */
function alpsOf(flags: Flags): readonly Buffer[] {
  const settings = flags.all('application-settings').map(value => value.split(',', 2))
  if (settings.length === 0) return []
  const names = settings.map(([name = '']) => list8(Buffer.from(name)))
  return [extension(flags.number('alps-use-new-codepoint') === 1 ? 17_613 : 17_513, list16(Buffer.concat(names)))]
}

/** RFC 9849 6.2: outer, HKDF-SHA256 with AES-128-GCM. */
const echGrease = (): Buffer =>
  Buffer.concat([Buffer.of(0, 0, 1, 0, 1), randomBytes(1), list16(randomBytes(32)), list16(randomBytes(144))])
