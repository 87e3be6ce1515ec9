import type { DerivedKey } from './handshake.ts'
import { expandLabel } from './hkdf.ts'
import { digest, hmac, type PrfHash, prf } from './prf.ts'
import type { RecordAlgorithm, RecordKeys } from './record-algorithm.ts'
import { ssl30, tls11 } from './registry/versions.ts'

export interface Randoms {
  readonly client: Uint8Array
  readonly server: Uint8Array
}

export interface ConnectionKeys {
  readonly client: RecordKeys
  readonly server: RecordKeys
  readonly derived: readonly DerivedKey[]
}

const none = new Uint8Array(0)

/** The RFC of a version from TLS 1.0 to 1.2; all three number their sections alike. */
const rfcOf = (version: number): string => (version < tls11 ? 'RFC 2246' : version === tls11 ? 'RFC 4346' : 'RFC 5246')

/** The master secret from the pre-master secret: RFC 6101 6.1, RFC 5246 8.1, or RFC 7627 4 with `sessionHash`. */
export function masterSecret(
  hash: PrfHash,
  preMaster: Uint8Array,
  randoms: Randoms,
  sessionHash: Uint8Array | undefined,
): Uint8Array {
  if (sessionHash) return prf(hash, preMaster, 'extended master secret', sessionHash, 48)
  return prf(hash, preMaster, 'master secret', Buffer.concat([randoms.client, randoms.server]), 48)
}

/** How a master secret came about, as an entry for the reader. */
export function describeMaster(value: Uint8Array, version: number, extended: boolean, resumed: boolean): DerivedKey {
  if (version <= ssl30)
    return {
      name: 'master_secret',
      value,
      formula: ssl3Formula('pre_master', 'client', 'server'),
      source: 'RFC 6101 6.1',
    }
  const seed = extended ? '"extended master secret", session_hash' : '"master secret", client_random + server_random'
  const formula = `PRF(pre_master_secret, ${seed})[0..47]`
  return {
    name: 'master_secret',
    value,
    formula: resumed ? `${formula} of the session that is resumed` : formula,
    source: extended ? 'RFC 7627 4' : `${rfcOf(version)} 8.1`,
  }
}

const ssl3Formula = (secret: string, first: string, second: string): string =>
  `MD5(${secret}_secret + SHA("A" + ${secret}_secret + ${first}_random + ${second}_random)) + MD5(... SHA("BB" ...`

/** The key block of SSL 3.0 to TLS 1.2 and its parts, in the order of RFC 5246 6.3. */
export function connectionKeys(
  version: number,
  algorithm: RecordAlgorithm,
  master: Uint8Array,
  randoms: Randoms,
): ConnectionKeys {
  const { prfHash, macLength, keyLength } = algorithm
  // From TLS 1.1 on a CBC record carries its own IV.
  const ivLength = algorithm.kind === 'cbc' && version >= tls11 ? 0 : algorithm.ivLength
  const length = 2 * (macLength + keyLength + ivLength)
  const block = prf(prfHash, master, 'key expansion', Buffer.concat([randoms.server, randoms.client]), length)
  const source = prfHash === 'ssl3' ? 'RFC 6101 6.2.2' : `${rfcOf(version)} 6.3`
  const derived: DerivedKey[] = [
    {
      name: 'key_block',
      value: block,
      formula:
        prfHash === 'ssl3'
          ? ssl3Formula('master', 'server', 'client')
          : `PRF(master_secret, "key expansion", server_random + client_random)[0..${length - 1}]`,
      source,
    },
  ]
  let at = 0
  const take = (name: string, size: number): Uint8Array => {
    const value = block.subarray(at, at + size)
    const formula = `key_block[${at}..${at + size - 1}]`
    if (size > 0) derived.push({ name, value, formula, source })
    at += size
    return value
  }
  const macs = [take('client_write_MAC_key', macLength), take('server_write_MAC_key', macLength)] as const
  const keys = [take('client_write_key', keyLength), take('server_write_key', keyLength)] as const
  const ivs = [take('client_write_IV', ivLength), take('server_write_IV', ivLength)] as const
  return {
    client: { macKey: macs[0], key: keys[0], iv: ivs[0] },
    server: { macKey: macs[1], key: keys[1], iv: ivs[1] },
    derived,
  }
}

/** What the secrets of TLS 1.3 are called and how they come about (RFC 8446 7.1). By key log label. */
export const trafficSecrets: Readonly<Record<string, { readonly name: string; readonly formula: string }>> = {
  CLIENT_EARLY_TRAFFIC_SECRET: {
    name: 'client_early_traffic_secret',
    formula: 'Derive-Secret(Early Secret, "c e traffic", ClientHello)',
  },
  EARLY_EXPORTER_SECRET: {
    name: 'early_exporter_master_secret',
    formula: 'Derive-Secret(Early Secret, "e exp master", ClientHello)',
  },
  CLIENT_HANDSHAKE_TRAFFIC_SECRET: {
    name: 'client_handshake_traffic_secret',
    formula: 'Derive-Secret(Handshake Secret, "c hs traffic", ClientHello...ServerHello)',
  },
  SERVER_HANDSHAKE_TRAFFIC_SECRET: {
    name: 'server_handshake_traffic_secret',
    formula: 'Derive-Secret(Handshake Secret, "s hs traffic", ClientHello...ServerHello)',
  },
  CLIENT_TRAFFIC_SECRET_0: {
    name: 'client_application_traffic_secret_0',
    formula: 'Derive-Secret(Master Secret, "c ap traffic", ClientHello...server Finished)',
  },
  SERVER_TRAFFIC_SECRET_0: {
    name: 'server_application_traffic_secret_0',
    formula: 'Derive-Secret(Master Secret, "s ap traffic", ClientHello...server Finished)',
  },
  EXPORTER_SECRET: {
    name: 'exporter_master_secret',
    formula: 'Derive-Secret(Master Secret, "exp master", ClientHello...server Finished)',
  },
}

export interface TrafficKeys {
  readonly keys: RecordKeys
  /** The key of the Finished message, where there is one (RFC 8446 4.4.4). */
  readonly finished: Uint8Array
  readonly derived: readonly DerivedKey[]
}

/** Key and IV of a traffic secret: RFC 8446 7.3. */
export const trafficKey = (
  secret: Uint8Array,
  { prfHash, keyLength, ivLength }: RecordAlgorithm,
): Pick<RecordKeys, 'key' | 'iv'> => ({
  key: expandLabel(prfHash, secret, 'key', none, keyLength),
  iv: expandLabel(prfHash, secret, 'iv', none, ivLength),
})

/** The same with how they came about, and the finished key where `name` is a handshake secret. */
export function trafficKeys(name: string, secret: Uint8Array, algorithm: RecordAlgorithm): TrafficKeys {
  const { prfHash, keyLength, ivLength } = algorithm
  const [prefix, generation = ''] = name.split('_traffic_secret')
  const derived: DerivedKey[] = []
  const expand = (label: string, suffix: string, length: number, source: string): Uint8Array => {
    const value = expandLabel(prfHash, secret, label, none, length)
    const formula = `HKDF-Expand-Label(${name}, "${label}", "", ${length})`
    derived.push({ name: `${prefix}_${suffix}${generation}`, value, formula, source })
    return value
  }
  const key = expand('key', 'write_key', keyLength, 'RFC 8446 7.3')
  const iv = expand('iv', 'write_iv', ivLength, 'RFC 8446 7.3')
  const finished = name.includes('handshake')
    ? expand('finished', 'finished_key', secret.length, 'RFC 8446 4.4.4')
    : none
  return { keys: { key, iv }, finished, derived }
}

/** What a client proves with a ticket that it knows its key: the last of them keys the binder (RFC 8446 7.1, 4.2.11.2). */
export function binderKeys(psk: Uint8Array, hash: 'sha256' | 'sha384'): readonly DerivedKey[] {
  const { length } = digest(hash, [])
  const early = hmac(hash, new Uint8Array(length), psk)
  const binder = expandLabel(hash, early, 'res binder', digest(hash, []), length)
  return [
    {
      name: 'resumption_psk',
      value: psk,
      formula: `HKDF-Expand-Label(resumption_master_secret, "resumption", ticket_nonce, ${length})`,
      source: 'RFC 8446 4.6.1',
    },
    { name: 'early_secret', value: early, formula: 'HKDF-Extract(0, resumption_psk)', source: 'RFC 8446 7.1' },
    {
      name: 'binder_key',
      value: binder,
      formula: 'Derive-Secret(early_secret, "res binder", "")',
      source: 'RFC 8446 7.1',
    },
    {
      name: 'binder_finished_key',
      value: expandLabel(hash, binder, 'finished', none, length),
      formula: `HKDF-Expand-Label(binder_key, "finished", "", ${length})`,
      source: 'RFC 8446 4.2.11.2',
    },
  ]
}

/** The application traffic secret after a KeyUpdate (RFC 8446 7.2). `name` ends in the generation it comes from. */
export function nextSecret(name: string, secret: Uint8Array, algorithm: RecordAlgorithm): DerivedKey {
  const generation = Number(/\d+$/.exec(name)?.[0] ?? 0)
  return {
    name: name.replace(/\d+$/, String(generation + 1)),
    value: expandLabel(algorithm.prfHash, secret, 'traffic upd', none, secret.length),
    formula: `HKDF-Expand-Label(${name}, "traffic upd", "", ${secret.length})`,
    source: 'RFC 8446 7.2',
  }
}
