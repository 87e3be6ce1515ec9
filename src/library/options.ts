import type { RunOptions } from '../cli/run.ts'
import type { TlsVersion } from '../proxy/hello/versions.ts'
import { defaultHoldLimits } from '../proxy/holds.ts'
import type { ClientCertificate } from '../proxy/leg/client-certificate.ts'
import type { TlsClientName } from '../proxy/leg/exact/exact-tls.ts'
import { defaultTimeouts } from '../proxy/services.ts'
import type { RuleOption } from './function-rules.ts'

/** What `startParley` takes. All of it may be left out. */
export interface ParleyOptions {
  /** Where it listens; a free port of 127.0.0.1 unless told. */
  readonly listen?: { readonly host?: string; readonly port?: number }
  /**
   * Folder of the certificate authority, made where there is none. Absent: one of its own, which is gone after `close()`.
   * Clients must trust `parley.certificate` in either case.
   */
  readonly authority?: string
  /** File of the capture. Absent: a temporary one, which is gone after `close()`. */
  readonly capture?: string
  /** In the order in which they act. */
  readonly rules?: readonly RuleOption[]
  /** False goes on with servers whose certificate does not verify. */
  readonly verify?: boolean
  /** PEM of roots to trust upstream besides the system's. */
  readonly trust?: readonly string[]
  /** Oldest version on both legs; TLS 1.2 unless told. */
  readonly minTls?: TlsVersion
  readonly clientCertificates?: readonly ClientCertificate[]
  /** False sends Node's own ClientHello upstream instead of the client's. */
  readonly mirror?: boolean
  /** Who speaks TLS with servers; `auto` unless told. */
  readonly tlsClient?: TlsClientName
  /** Addresses by `host` or `host:port`, asked before DNS. */
  readonly resolve?: Readonly<Record<string, string>>
  /** Targets whose TLS is not opened: `host`, `*.domain`, an address or CIDR, with `:port` or without. */
  readonly passThrough?: readonly string[]
  /** True: no server is dialled, and what no rule answers is answered 502. */
  readonly offline?: boolean
  /** Targets whose TLS alone is opened. */
  readonly only?: readonly string[]
  /** File to which both legs' secrets are appended in NSS key log format. */
  readonly keyLog?: string
  /** Bytes of each body that are kept at most; 256 MiB unless told. */
  readonly bodyLimit?: number
  /** ms for a dial, and for a handshake; 30,000 unless told. */
  readonly timeout?: number
  /** ms for one call of a function or script of a rule; 10,000 unless told. */
  readonly ruleTimeout?: number
  /** ms that a breakpoint may hold a message, which then goes on; 300,000 unless told. */
  readonly holdTimeout?: number
}

const bodyLimit = 256 * 1024 * 1024

/** As a run takes them; `folder` is for what is not to stay. */
export function runOptionsOf(options: ParleyOptions, paths: { readonly authority: string; readonly capture: string }) {
  const { listen = {}, timeout, minTls, keyLog, only, clientCertificates } = options
  return {
    proxy: {
      listen: { host: listen.host ?? '127.0.0.1', port: listen.port ?? 0 },
      authorityFolder: paths.authority,
      verifyUpstream: options.verify ?? true,
      mirror: options.mirror ?? true,
      failAsServer: false,
      offline: options.offline ?? false,
      passThrough: options.passThrough ?? [],
      hosts: new Map(Object.entries(options.resolve ?? {})),
      timeouts:
        timeout === undefined
          ? defaultTimeouts
          : { dial: timeout, handshake: timeout, hello: Math.max(2 * timeout, 1000) },
      ...(minTls && { minTls }),
      ...(options.tlsClient && { tlsClient: options.tlsClient }),
      ...(clientCertificates && { clientCertificates }),
      ...(only && { only }),
    },
    capturePath: paths.capture,
    upstreamRoots: options.trust ?? [],
    bodyLimit: options.bodyLimit ?? bodyLimit,
    holds: { ...defaultHoldLimits, patience: options.holdTimeout ?? defaultHoldLimits.patience },
    ...(options.ruleTimeout !== undefined && { scriptPatience: options.ruleTimeout }),
    ...(keyLog !== undefined && { keyLogPath: keyLog }),
  } satisfies RunOptions
}
