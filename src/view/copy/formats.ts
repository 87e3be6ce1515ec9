import { curl } from './curl.ts'
import { fetchCall } from './fetch.ts'
import type { CopyFormat } from './format.ts'
import { hexRequest, hexResponse } from './hex-dump.ts'
import { httpie } from './httpie.ts'
import { python } from './python.ts'
import { rawRequest, rawResponse } from './raw.ts'
import { responseBody } from './response-body.ts'
import { url } from './url.ts'

export type { CopyFormat } from './format.ts'

/** Every way to copy an exchange, in the order of a menu. */
export const copyFormats: readonly CopyFormat[] = [
  url,
  curl,
  fetchCall,
  python,
  httpie,
  rawRequest,
  rawResponse,
  responseBody,
  hexRequest,
  hexResponse,
]
