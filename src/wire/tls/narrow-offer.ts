import { cipherSuites } from './registry/cipher-suites.ts'
import { groups } from './registry/groups.ts'
import { nameOf } from './registry/names.ts'
import { signatureSchemes } from './registry/signature-schemes.ts'
import { tls13 } from './registry/versions.ts'
import type { ClientHello } from './values.ts'

/** What of a hello a server chooses from. */
export type Offer = Pick<ClientHello, 'cipherSuites' | 'supportedVersions' | 'supportedGroups' | 'signatureAlgorithms'>

/** The list of a hello that a server is likely to have found nothing in. */
export interface Lack {
  readonly list: 'cipher-suite' | 'group' | 'signature-algorithm'
  /** Names of what nearly every server has and this list lacks. */
  readonly missing: readonly string[]
}

/** RFC 8446 9.1: what every TLS 1.3 stack must implement; of TLS 1.2 what RFC 9325 4.2 recommends. */
const common = {
  suites13: [0x1301], // TLS_AES_128_GCM_SHA256
  suites12: [0xc02b, 0xc02f], // one of TLS_ECDHE_ECDSA_ and TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
  group: 23, // secp256r1
  ecdsa: 0x0403, // ecdsa_secp256r1_sha256
  rsa: [0x0804, 0x0401], // rsa_pss_rsae_sha256, or rsa_pkcs1_sha256 up to TLS 1.2
}

/**
 * handshake_failure does not say what a server missed in a hello (RFC 8446 6.2). Where exactly one list lacks what
 * servers have in common, that list is where to look; undefined where none does, or more than one.
 */
export function lackOf(hello: Offer): Lack | undefined {
  const lacks = [suitesLack(hello), groupsLack(hello), algorithmsLack(hello)].filter(
    ({ missing }) => missing.length > 0,
  )
  return lacks.length === 1 ? lacks[0] : undefined
}

function suitesLack({ cipherSuites: offered, supportedVersions }: Offer): Lack {
  const wanted = supportedVersions?.includes(tls13) ? common.suites13 : common.suites12
  const missing = wanted.some(suite => offered.includes(suite)) ? [] : wanted
  return { list: 'cipher-suite', missing: missing.map(suite => nameOf(cipherSuites, suite)) }
}

/** Without the extension a server may take what it likes (RFC 8422 4, RFC 5246 7.4.1.4.1). */
const groupsLack = ({ supportedGroups: offered }: Offer): Lack => ({
  list: 'group',
  missing: !offered || offered.includes(common.group) ? [] : [nameOf(groups, common.group)],
})

function algorithmsLack({ signatureAlgorithms: offered }: Offer): Lack {
  const wanted = [common.ecdsa, ...(offered?.some(one => common.rsa.includes(one)) ? [] : [common.rsa[0]!])]
  const missing = wanted.filter(one => offered && !offered.includes(one)).map(one => nameOf(signatureSchemes, one))
  return { list: 'signature-algorithm', missing }
}
