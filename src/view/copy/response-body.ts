import { textOf } from '../body/charset.ts'
import { openBody } from '../body/choose.ts'
import type { CopyFormat } from './format.ts'

/** The response's body as text, content codings undone, in its charset; its first megabyte. */
export const responseBody: CopyFormat = {
  key: 'response-body',
  name: 'response body',
  side: 'response',
  copy: ({ response }, body) => textOf(openBody(body, response?.head.headers ?? []).input),
}
