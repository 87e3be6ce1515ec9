import { headerValue, readContentType } from '../../formats/content-type.ts'
import type { Exchange, Side } from '../../model/exchange.ts'
import { decodedBody } from '../../view/body/decoded.ts'
import { rawRequest, rawResponse } from '../../view/copy/raw.ts'
import type { FileForOthers } from '../actions.ts'
import type { FlowSource } from '../ports.ts'

const mostBytes = 64 * 1024 * 1024

// a Map, because what a server calls its type may be the name of a method of Object
const extensionsByType = {
  'application/gzip': 'gz',
  'application/javascript': 'js',
  'application/json': 'json',
  'application/pdf': 'pdf',
  'application/xml': 'xml',
  'application/zip': 'zip',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/svg+xml': 'svg',
  'image/webp': 'webp',
  'text/css': 'css',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/javascript': 'js',
  'text/xml': 'xml',
  'video/mp4': 'mp4',
}
const extensions = new Map(Object.entries(extensionsByType))

/** A body for another program, content codings undone; undefined where there is none. At most 64 MB of it. */
export function bodyFile(source: FlowSource, exchange: Exchange, side: Side): FileForOthers | undefined {
  const bytes = source.body(exchange.id, side, 0, mostBytes)
  const headers = exchange[side]?.head.headers ?? []
  if (bytes.length === 0) return undefined
  const { mediaType } = readContentType(headerValue(headers, 'content-type'))
  const extension = extensions.get(mediaType) ?? (mediaType.startsWith('text/') ? 'txt' : 'bin')
  return { name: `flow-${exchange.id}-${side}.${extension}`, bytes: decodedBody(bytes, headers, mostBytes) }
}

/** A whole message as it was sent: start line, headers, body. */
export function messageFile(source: FlowSource, exchange: Exchange, side: Side): FileForOthers {
  const { copy } = side === 'request' ? rawRequest : rawResponse
  const text = copy(exchange, source.body(exchange.id, side, 0, mostBytes))
  return { name: `flow-${exchange.id}-${side}.txt`, bytes: Buffer.from(text) }
}
