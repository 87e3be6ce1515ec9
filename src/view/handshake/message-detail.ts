import { alertName } from '../../compare/names.ts'
import { type Field, MalformedError } from '../../wire/reader.ts'
import type { HandshakeMessage } from '../../wire/tls/handshake.ts'
import { messageTitle } from '../../wire/tls/message-title.ts'
import type { MessageValue } from '../../wire/tls/values.ts'
import { certificateFields } from '../../wire/x509/certificate-fields.ts'
import type { ChainReport } from '../../wire/x509/chain.ts'
import { ocspFields } from '../../wire/x509/ocsp.ts'
import { formatBytes } from '../format.ts'
import { printable } from '../printable.ts'
import { chainLines } from './server-chain.ts'

/** A line of a field tree. Texts are printable. */
export interface DetailLine {
  readonly indent: number
  readonly name: string
  readonly shown: string
  /** Where its bytes are in the message; absent for what was not sent as such, like a decompressed certificate. */
  readonly range?: { readonly start: number; readonly end: number }
  /** Names from the message down, such as `client_hello/extensions/key_share`: where to look for an explanation. */
  readonly key: string
}

/** A message as the lines of its tree; last its checks, and what is to be said of the chain that it sends. */
export function messageDetail(message: HandshakeMessage, chain?: ChainReport): DetailLine[] {
  const { name, bytes } = message
  const title = {
    indent: 0,
    name: messageTitle(name),
    shown: `${formatBytes(bytes.length)}${message.encrypted ? ', encrypted on the wire' : ''}`,
    range: { start: 0, end: bytes.length },
    key: name,
  }
  const fields = withDer(message)
  return [
    title,
    ...treeLines(fields, 1, name).map(line => (line.key === 'alert/description' ? explained(line, message) : line)),
    ...decompressed(message),
    ...message.checks.map(check =>
      note(`check/${check.name}`, checkWord(check.passed), `${check.name}: ${check.detail}`),
    ),
    ...(chain ? chainLines(chain).map(({ mark, name, shown }) => note(`chain/${name}`, `${mark} ${name}`, shown)) : []),
    ...(message.malformed === undefined ? [] : [note('malformed', '✗ malformed', message.malformed)]),
  ]
}

/** Each description of an alert has a text of its own. */
const explained = (line: DetailLine, { value }: HandshakeMessage): DetailLine =>
  value.name === 'alert' ? { ...line, key: `alert/${alertName(value.alert.description)}` } : line

/** A tree of fields as lines, depth first. `key` names their parent; a certificate's tree may have no place of its own. */
export function treeLines(fields: readonly Field[], indent: number, key: string, placed = true): DetailLine[] {
  return fields.flatMap(field => {
    const path = `${key}/${field.name}`
    const line: DetailLine = {
      indent,
      name: printable(field.name),
      shown: printable(field.shown),
      ...(placed && { range: { start: field.start, end: field.end } }),
      key: path,
    }
    return field.children ? [line, ...treeLines(field.children, indent + 1, path, placed)] : [line]
  })
}

const note = (key: string, name: string, shown: string): DetailLine => ({
  indent: 1,
  name,
  shown: printable(shown),
  key,
})

const checkWord = (passed: boolean | undefined): string =>
  passed === undefined ? '? not checked' : passed ? '✓ check' : '✗ check'

/** The message's fields with each certificate and OCSP response opened up into its own. */
function withDer({ value, fields, bytes }: HandshakeMessage): readonly Field[] {
  const { certificates, responses } = derIn(value)
  if (certificates.length + responses.length === 0) return fields
  const trees = new Map<string, readonly Field[]>()
  const open = (der: Uint8Array, read: ReadFields): void => {
    const start = der.byteOffset - bytes.byteOffset
    if (der.buffer === bytes.buffer && start >= 0)
      trees.set(`${start}-${start + der.length}`, moved(fieldsOf(der, read), start))
  }
  for (const der of certificates) open(der, certificateFields)
  for (const der of responses) open(der, ocspFields)
  return opened(fields, trees)
}

type ReadFields = (der: Uint8Array) => readonly Field[]

function derIn(value: MessageValue): Record<'certificates' | 'responses', readonly Uint8Array[]> {
  if (value.name === 'certificate_status') return { certificates: [], responses: value.responses }
  if (value.name !== 'certificate') return { certificates: [], responses: [] }
  const { certificates, ocspResponse } = value.certificate
  return { certificates, responses: ocspResponse ? [ocspResponse] : [] }
}

const opened = (fields: readonly Field[], trees: ReadonlyMap<string, readonly Field[]>): readonly Field[] =>
  fields.map(field => {
    if (field.children) return { ...field, children: opened(field.children, trees) }
    const children = trees.get(`${field.start}-${field.end}`)
    return children && children.length > 0 ? { ...field, children } : field
  })

const moved = (fields: readonly Field[], by: number): readonly Field[] =>
  fields.map(field => ({
    ...field,
    start: field.start + by,
    end: field.end + by,
    ...(field.children && { children: moved(field.children, by) }),
  }))

/** The certificates and the OCSP response of a CompressedCertificate (RFC 8879), whose bytes are nowhere in the message. */
function decompressed({ value }: HandshakeMessage): DetailLine[] {
  if (value.name !== 'compressed_certificate') return []
  const { certificates = [], ocspResponse } = value.certificate ?? {}
  const treeOf = (name: string, der: Uint8Array, read: ReadFields): DetailLine[] => [
    { indent: 1, name, shown: 'decompressed', key: 'compressed_certificate/certificate' },
    ...treeLines(fieldsOf(der, read), 2, 'compressed_certificate/certificate', false),
  ]
  return [
    ...certificates.flatMap((der, i) => treeOf(`certificate ${i}`, der, certificateFields)),
    ...(ocspResponse ? treeOf('OCSP response', ocspResponse, ocspFields) : []),
  ]
}

function fieldsOf(der: Uint8Array, read: ReadFields): readonly Field[] {
  try {
    return read(der)
  } catch (error) {
    if (error instanceof MalformedError) return []
    throw error
  }
}
