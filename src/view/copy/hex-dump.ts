import { hexLines } from '../hex-lines.ts'
import type { CopyFormat } from './format.ts'

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
