import type { ByteReader } from '../../reader.ts'
import { extensions, showExtension } from '../registry/extensions.ts'
import {
  echClientHelloTypes,
  echVersions,
  hpkeAeads,
  hpkeKdfs,
  hpkeKems,
  showAead,
  showKdf,
  showKem,
} from '../registry/hpke.ts'
import { nameOf, namesIn, shower } from '../registry/names.ts'
import { showByte } from '../registry/parameters.ts'
import { count, latin1, numbers, opaque, shortHex, vector } from '../vector.ts'
import type { Decode } from './decoder.ts'

const showType = showByte(echClientHelloTypes)
const showEchVersion = shower(echVersions)

/** RFC 9849 5: outer or inner in a hello, a confirmation in a HelloRetryRequest, fresh configs from the server. */
export const encryptedClientHello: Decode = (r, context) => {
  if (context === 'client_hello') return { shown: readHelloForm(r) }
  if (context === 'hello_retry_request') {
    r.bytes(8, 'confirmation')
    return { shown: 'confirmation' }
  }
  const names = vector(r, 2, 'retry_configs', readConfig, list => count(list.length, 'config'))
  return { shown: `retry with ${names.join(', ')}` }
}

function readHelloForm(r: ByteReader): string {
  const type = r.u8('type', showType)
  if (type === 1) return 'inner: this is the hidden hello'
  if (type !== 0) return `type ${type}, ${count(r.rest('data', shortHex).length, 'byte')}`
  const kdf = r.u16('kdf_id', showKdf)
  const aead = r.u16('aead_id', showAead)
  const configId = r.u8('config_id')
  opaque(r, 2, 'enc')
  const payload = opaque(r, 2, 'payload')
  const suite = `${nameOf(hpkeKdfs, kdf)} with ${nameOf(hpkeAeads, aead)}`
  return `outer, config ${configId}, ${suite}, ${count(payload.length, 'byte')}; GREASE looks the same`
}

function readConfig(r: ByteReader): string {
  const version = r.u16('version', showEchVersion)
  const contents = r.block(r.u16('contents_length'), 'contents')
  const shown = version === 0xfe0d ? readContents(contents) : count(contents.rest('data', shortHex).length, 'byte')
  contents.end()
  return shown
}

function readContents(r: ByteReader): string {
  r.u8('config_id')
  const kem = r.u16('kem_id', showKem)
  opaque(r, 2, 'public_key')
  vector(r, 2, 'cipher_suites', readSuite, list => list.join(', '))
  r.u8('maximum_name_length')
  const name = latin1(opaque(r, 1, 'public_name', latin1))
  vector(r, 2, 'extensions', readConfigExtension, list => count(list.length, 'extension'))
  return `${name} (${nameOf(hpkeKems, kem)})`
}

const readSuite = (r: ByteReader): string =>
  `${nameOf(hpkeKdfs, r.u16('kdf_id', showKdf))} with ${nameOf(hpkeAeads, r.u16('aead_id', showAead))}`

function readConfigExtension(r: ByteReader): Uint8Array {
  r.u16('extension_type')
  return opaque(r, 2, 'extension_data')
}

/** RFC 9849 5.1: in the inner hello, the types to copy from the outer one. */
export const echOuterExtensions: Decode = r => ({
  shown: namesIn(extensions, numbers(r, 1, 'outer_extensions', 2, 'extension_type', showExtension)),
})
