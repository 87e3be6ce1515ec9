/** The flags that BoGo's runner hands a shim: which take a value, and which the shim turns down, with the reason. */

/** Read, and heeded where the client can heed them. */
const withValue = new Set(
  `port shim-id resume-count verify-prefs expect-peer-verify-pref curves key-shares trust-cert expect-version host-name
  advertise-alpn expect-alpn min-version max-version expect-peer-signature-algorithm expect-curve-id expect-cipher
  expect-cipher-aes expect-cipher-no-aes cert-file key-file expect-ocsp-response expect-peer-cert-file read-size
  handshaker-path install-one-cert-compression-alg expect-total-renegotiations application-settings
  alps-use-new-codepoint accepted-peer-cert-types expect-signed-cert-timestamps resumption-delay expect-early-data-reason
  export-keying-material export-label export-context signing-prefs select-next-proto`.split(/\s+/),
)

const bare = new Set(
  `ipv6 async write-different-record-sizes no-tls13 no-tls12 no-tls11 no-tls1 no-ticket shim-writes-first
  implicit-handshake check-close-notify shim-shuts-down verify-fail verify-peer use-custom-verify-callback expect-no-hrr
  expect-hrr expect-extended-master-secret expect-secure-renegotiation expect-no-secure-renegotiation
  enable-ocsp-stapling enable-signed-cert-timestamps key-update fallback-scsv expect-no-session-id expect-session-id
  permute-extensions partial-write expect-verify-result expect-session-miss expect-no-session
  expect-ticket-supports-early-data use-old-client-cert-callback handshake-never-done no-op-extra-handshake
  renegotiate-ignore peek-then-read enable-grease enable-ech-grease expect-no-ech-retry-configs reverify-on-resume
  use-ocsp-callback fail-ocsp-callback fips-202205 wpa-202304 expect-no-offer-early-data defer-alps
  use-export-context export-traffic-secrets expect-no-ech-name-override require-any-client-certificate
  tls-unique expect-ticket-renewal renegotiate-freely renegotiate-explicit enable-early-data
  expect-reject-early-data cbc-record-splitting`.split(/\s+/),
)

/** Why a test that has this flag is not for this client. */
const turnedDown: Readonly<Record<string, string>> = {
  server: 'a server',
  dtls: 'DTLS',
  quic: 'QUIC',
  'use-exporter-between-reads': "BoringSSL's own API",
  psk: 'suites with an external PSK are not followed',
  'psk-identity': 'suites with an external PSK are not followed',
  'send-channel-id': 'Channel ID is not followed',
  'false-start': 'no false start: data waits for the Finished',
  'ech-config-list': 'the ECHConfig of a client is not known to a proxy',
  'ech-server-config': 'a server',
  'srtp-profiles': 'DTLS',
  'quic-transport-params': 'QUIC',
  'expect-client-ca-list': 'the names of a CertificateRequest are not heeded',
  'expect-certificate-types': 'a key is used if a scheme fits',
  'expect-peer-application-settings': 'settings of applications are not passed on',
  'expect-msg-callback': "BoringSSL's own trace",
  'max-cert-list': 'the limit is fixed',
  'fail-cert-callback': 'the identity is there before the handshake starts',
  'send-alert': 'an alert at the will of the application',
  'handshake-twice': "BoringSSL's own API",
  'allow-unknown-alpn-protos': 'an ALPN name that was not offered is always refused',
  'max-send-fragment': 'a server may limit the fragments, the application does not',
  'renegotiate-once': 'how often a server may renegotiate is fixed',
  'forbid-renegotiation-after-handshake': 'how often a server may renegotiate is fixed',
  'ocsp-response': 'a server',
  cipher: "BoringSSL's own language for lists of suites",
  'install-cert-compression-algs': 'compression algorithms that BoringSSL invents',
  'ignore-rsa-key-usage': 'keyUsage is always looked at',
  'expect-key-usage-invalid': 'keyUsage is always looked at',
  'read-with-unfinished-write': "BoringSSL's own API",
  'expect-accept-early-data': 'early data is not sent',
  'early-write-after-message': 'early data is not sent',
}

/** A test that this client cannot be asked, and why. */
export class Unsupported extends Error {}

type Pair = readonly [name: string, value: string]

/** Flags of one connection. */
export class Flags {
  readonly #values = new Map<string, string[]>()

  constructor(pairs: readonly Pair[]) {
    for (const [name, value] of pairs) this.#values.set(name, [...this.all(name), value])
  }

  has(name: string): boolean {
    return this.#values.has(name)
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? []
  }

  text(name: string): string | undefined {
    return this.all(name).at(-1)
  }

  number(name: string): number | undefined {
    const text = this.text(name)
    return text === undefined ? undefined : Number(text)
  }

  numbers(name: string): readonly number[] | undefined {
    return this.has(name) ? this.all(name).map(Number) : undefined
  }
}

export interface FlagSets {
  /** Of the first connection. */
  readonly initial: Flags
  /** Of those that resume. */
  readonly resume: Flags
  /** Of those that resume from the moment on when the server has rejected early data. */
  readonly retry: Flags
}

/** Throws Unsupported. */
export function readFlags(args: readonly string[]): FlagSets {
  const sets = { initial: [] as Pair[], resume: [] as Pair[], retry: [] as Pair[] }
  for (let at = 0; at < args.length; at++) {
    const [, which, name = ''] = /^-+(?:on-(initial|resume|retry|shim|handshaker)-)?(.*)$/.exec(args[at]!) ?? []
    if (!withValue.has(name) && !bare.has(name)) throw new Unsupported(`-${name}: ${turnedDown[name] ?? 'not known'}`)
    const value = withValue.has(name) ? args[++at]! : ''
    for (const [set, pairs] of Object.entries(sets)) if (which === undefined || which === set) pairs.push([name, value])
  }
  return { initial: new Flags(sets.initial), resume: new Flags(sets.resume), retry: new Flags(sets.retry) }
}
