import { textOf } from '../body/charset.ts'
import { openBody } from '../body/choose.ts'
import { hexLines } from '../hex-lines.ts'
import { curl } from './curl.ts'
import { fetchCall } from './fetch.ts'
import type { CopyFormat } from './format.ts'
import { go } from './go.ts'
import { httpFile } from './http-file.ts'
import { httpie } from './httpie.ts'
import { java } from './java.ts'
import { pasteable } from './pasteable.ts'
import { powershell } from './powershell.ts'
import { python } from './python.ts'
import { exactRequest, exactResponse, rawRequest, rawResponse } from './raw.ts'
import { urlOf } from './request.ts'

const dump = (body: Uint8Array): string =>
  hexLines(body)
    .map(({ text }) => text)
    .join('\n')

/** The body of each side as offset, hex and ASCII. */
export const hexRequest: CopyFormat = {
  key: 'hex-request',
  name: 'request body as hex',
  side: 'request',
  copy: (_, body) => dump(body),
}

export const hexResponse: CopyFormat = {
  key: 'hex-response',
  name: 'response body as hex',
  side: 'response',
  copy: (_, body) => dump(body),
}

/** The response's body as text, content codings undone, in its charset; its first megabyte. */
export const responseBody: CopyFormat = {
  key: 'response-body',
  name: 'response body',
  side: 'response',
  copy: ({ response }, body) => pasteable(textOf(openBody(body, response?.head.headers ?? []).input)),
}

/** On one line: a control character that a client put into its target is percent-encoded, as it had to be (RFC 3986 2.1). */
export const url: CopyFormat = {
  key: 'url',
  name: 'URL',
  side: 'request',
  copy: exchange => urlOf(exchange).replace(/\p{Cc}/gu, encodeURIComponent),
}

export type { CopyFormat } from './format.ts'

/** Every way to copy an exchange, in the order of a menu. */
export const copyFormats: readonly CopyFormat[] = [
  url,
  curl,
  fetchCall,
  python,
  httpie,
  go,
  java,
  powershell,
  httpFile,
  rawRequest,
  rawResponse,
  responseBody,
  hexRequest,
  hexResponse,
  exactRequest,
  exactResponse,
]
