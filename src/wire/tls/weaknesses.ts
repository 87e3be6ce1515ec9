import type { Handshake, HandshakeMessage, Remark } from './handshake.ts'
import type { Progress } from './progress.ts'
import { cipherSuiteFacts } from './registry/cipher-suite-facts.ts'
import { cipherSuites } from './registry/cipher-suites.ts'
import { nameOf } from './registry/names.ts'
import { signatureSchemes } from './registry/signature-schemes.ts'
import { tls12, versions } from './registry/versions.ts'

type Told = Pick<Handshake, 'messages' | 'negotiated'>

const extension = { encryptThenMac: 22, renegotiationInfo: 0xff01 }
const renegotiationScsv = 0x00ff // RFC 5746 3.3
const sha1 = 2 // HashAlgorithm: RFC 5246 7.4.1.4.1; below it is MD5
const forwardSecret: ReadonlySet<string> = new Set(['tls13', 'dhe', 'ecdhe', 'dhe-psk', 'ecdhe-psk', 'eccpwd'])

/** What was agreed and is weaker than TLS has it today. */
export function weaknesses(told: Told, progress: Progress): readonly Remark[] {
  if (!progress.serverHello) return []
  const at = told.messages.findIndex(({ name }) => name === 'server_hello')
  const all = [...versionWeakness(told), ...suiteWeaknesses(told, progress), ...renegotiationWeakness(progress)]
  return [...all.map(([code, message]) => ({ code, message, ...(at >= 0 && { at }) })), ...weakSignatures(told)]
}

type Sentence = readonly [code: string, message: string]

function versionWeakness({ negotiated: { version } }: Told): Sentence[] {
  if (version === undefined || version >= tls12) return []
  return [['old-version', `${nameOf(versions, version)} was negotiated, which RFC 8996 forbids.`]]
}

function suiteWeaknesses({ negotiated: { cipherSuite } }: Told, { serverHello }: Progress): Sentence[] {
  const facts = cipherSuite === undefined ? undefined : cipherSuiteFacts(cipherSuite)
  if (!facts || cipherSuite === undefined) return []
  const { kx, auth, cipher, mac } = facts
  const name = nameOf(cipherSuites, cipherSuite)
  const found: Sentence[] = []
  if (auth === 'anon') found.push(['anonymous', `${name} authenticates nobody.`])
  if (!forwardSecret.has(kx))
    found.push(['no-forward-secrecy', `${name}: whoever gets the server’s key later can read this recording.`])
  const isStream = /^(null|rc4)/.test(cipher)
  if (isStream || /^(rc2|des)/.test(cipher)) found.push(['broken-cipher', `${name} uses a broken cipher.`])
  if (/^(3des|idea)/.test(cipher))
    found.push(['small-blocks', `${name} uses 64-bit blocks, which repeat after some gigabytes (Sweet32).`])
  if (mac === 'aead' || isStream) return found
  const bound = serverHello?.extensions.some(({ type }) => type === extension.encryptThenMac)
  const how = bound ? 'with encrypt_then_mac (RFC 7366)' : 'without encrypt_then_mac, where padding oracles were found'
  return [...found, ['cbc', `${name} uses CBC, ${how}.`]]
}

/** RFC 5746 3.4: a server that takes part in it answers. */
function renegotiationWeakness({ clientHello, serverHello, tls13: is13 }: Progress): Sentence[] {
  const has = (hello: typeof clientHello | typeof serverHello): boolean =>
    hello?.extensions.some(({ type }) => type === extension.renegotiationInfo) === true
  const offered = has(clientHello) || clientHello?.cipherSuites.includes(renegotiationScsv)
  if (is13 || !offered || has(serverHello)) return []
  return [['no-secure-renegotiation', 'The server does not bind renegotiations to the session before (RFC 5746).']]
}

function weakSignatures({ messages }: Told): Remark[] {
  return messages.flatMap((message, at) => {
    const scheme = schemeOf(message)
    if (scheme === undefined || scheme >> 8 > sha1) return []
    const who = message.direction === 'to-server' ? 'client' : 'server'
    const name = nameOf(signatureSchemes, scheme)
    return [{ code: 'weak-signature', message: `The ${who} signed with ${name}, which RFC 9155 forbids.`, at }]
  })
}

function schemeOf({ value }: HandshakeMessage): number | undefined {
  if (value.name === 'server_key_exchange') return value.exchange.algorithm
  return value.name === 'certificate_verify' ? value.verify.algorithm : undefined
}
