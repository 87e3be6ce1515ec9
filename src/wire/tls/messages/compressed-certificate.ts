import { brotliDecompressSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { ByteReader, type Field, MalformedError } from '../../reader.ts'
import type { Source } from '../message-context.ts'
import { shower } from '../registry/names.ts'
import { certificateCompressions } from '../registry/parameters.ts'
import type { CertificateMessage, MessageValue } from '../values.ts'
import { count, opaque, shortHex } from '../vector.ts'
import { readCertificate13 } from './certificate.ts'

// Real chains are below 32 kB; RFC 8879 5 wants a limit against bombs.
const maxOutputLength = 1_048_576

const decompressors: Readonly<Record<number, ((bytes: Uint8Array) => Uint8Array) | undefined>> = {
  1: bytes => inflateSync(bytes, { maxOutputLength }),
  2: bytes => brotliDecompressSync(bytes, { maxOutputLength }),
  3: bytes => zstdDecompressSync(bytes, { maxOutputLength }),
}

const showAlgorithm = shower(certificateCompressions)

/**
 * RFC 8879 4. The fields of the Certificate inside all have the range of the compressed bytes: it has no bytes of its
 * own in the message. One that cannot be decompressed or read is a problem, and the value then has no certificate.
 */
export function compressedCertificate(r: ByteReader, source: Source): MessageValue {
  const algorithm = r.u16('algorithm', showAlgorithm)
  const length = r.u24('uncompressed_length', value => `${value} bytes`)
  const compressed = opaque(r, 3, 'compressed_certificate_message', shortHex)
  const end = r.offset
  r.end()
  const shell = r.fields.at(-1)
  const tell = (told: Partial<Field>): void => {
    if (shell) r.fields[r.fields.length - 1] = { ...shell, ...told }
  }
  try {
    const plain = decompress(algorithm, compressed, length, end - compressed.length)
    const inside = r.quiet ? ByteReader.quiet(plain, insideName) : new ByteReader(plain, insideName)
    const certificate = readInside(inside, plain, source)
    const shown = `${count(compressed.length, 'byte')}, ${count(plain.length, 'byte')} decompressed`
    tell({ end, shown, children: inside.fields.map(field => within(field, { start: end - compressed.length, end })) })
    return { name: 'compressed_certificate', algorithm, certificate }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    source.problems.push(error.message)
    tell({ shown: error.message })
    return { name: 'compressed_certificate', algorithm }
  }
}

const insideName = 'decompressed certificate'

/** What is wrong inside is told only where the whole of it can be read. */
function readInside(inside: ByteReader, plain: Uint8Array, source: Source): CertificateMessage {
  const problems: string[] = []
  const certificate = readCertificate13(inside, { ...source, bytes: plain, problems })
  source.problems.push(...problems)
  return certificate
}

const within = (field: Field, range: Pick<Field, 'start' | 'end'>): Field => ({
  ...field,
  ...range,
  ...(field.children && { children: field.children.map(child => within(child, range)) }),
})

function decompress(algorithm: number, bytes: Uint8Array, length: number, offset: number): Uint8Array {
  const decompressor = decompressors[algorithm]
  if (!decompressor) throw new MalformedError(offset, `compression algorithm ${algorithm} is not known`)
  if (length > maxOutputLength) throw new MalformedError(offset, `${length} bytes decompressed are too many`)
  let plain: Uint8Array
  try {
    plain = decompressor(bytes)
  } catch {
    throw new MalformedError(offset, `${certificateCompressions[algorithm]} cannot decompress the certificate`)
  }
  if (plain.length === length) return plain
  throw new MalformedError(offset, `decompressed to ${plain.length} bytes, uncompressed_length says ${length}`)
}
