import { headerValue } from '../../formats/content-type.ts'
import type { Header, Message, RequestHead, ResponseHead } from '../../model/exchange.ts'
import { sentHead } from '../../view/head-text.ts'
import { readContent } from './content.ts'
import { sentCookies, setCookies } from './cookies.ts'
import { formPairs, harUrl, queryOf } from './url.ts'
import type {
  HarContent,
  HarInformational,
  HarMessage,
  HarPair,
  HarPostData,
  HarRequest,
  HarResponse,
} from './values.ts'

export function harRequest(message: Message<RequestHead>, body: Uint8Array, isWebSocket: boolean): HarRequest {
  const { head } = message
  const url = harUrl(head, isWebSocket)
  const plain = `${head.scheme}://${head.authority}${head.path}`
  return {
    ...{ method: head.method, url, ...common(message, sentCookies(head.headers)), queryString: queryOf(url) },
    ...(message.bodyBytes > 0 && { postData: postData(message, body) }),
    ...((plain !== url || head.target !== head.path) && { _target: head.target }),
  }
}

function postData({ head, bodyBytes }: Message<RequestHead>, body: Uint8Array): HarPostData {
  const mimeType = headerValue(head.headers, 'content-type') ?? ''
  const { text, isBase64, charset, comment } = readContent(body, head.headers, bodyBytes)
  const isForm = !isBase64 && mimeType.toLowerCase().startsWith('application/x-www-form-urlencoded')
  return {
    ...{ mimeType, text },
    ...(isForm && { params: formPairs(text) }),
    ...(isBase64 && { _encoding: 'base64' }),
    ...(charset !== undefined && { _charset: charset }),
    ...(comment !== undefined && { comment }),
  }
}

export function harResponse(
  message: Message<ResponseHead>,
  body: Uint8Array,
  informational: readonly ResponseHead[],
  error: string | undefined,
): HarResponse {
  const { head, bodyBytes } = message
  const same = common(message, setCookies(head.headers))
  return {
    ...{ status: head.status, statusText: head.reason, ...same, content: content(message, body) },
    redirectURL: headerValue(head.headers, 'location') ?? '',
    _transferSize: Math.max(0, same.headersSize) + bodyBytes,
    ...(error !== undefined && { _error: error }),
    ...(informational.length > 0 && { _informational: informational.map(harInformational) }),
  }
}

const noType = 'x-unknown' // as Chromium writes it

function content({ head, bodyBytes }: Message<ResponseHead>, body: Uint8Array): HarContent {
  const mimeType = headerValue(head.headers, 'content-type') ?? noType
  if (bodyBytes === 0) return { size: 0, mimeType }
  const { size, text, isBase64, charset, comment } = readContent(body, head.headers, bodyBytes)
  return {
    ...{ size, mimeType, text },
    ...(body.length === bodyBytes && size !== bodyBytes && { compression: size - bodyBytes }),
    ...(isBase64 && { encoding: 'base64' }),
    ...(charset !== undefined && { _charset: charset }),
    ...(comment !== undefined && { comment }),
  }
}

/** What stands where no response came. */
export const noResponse = (
  httpVersion: string,
  informational: readonly ResponseHead[],
  error: string | undefined,
): HarResponse => ({
  ...{ status: 0, statusText: '', httpVersion, cookies: [], headers: [], content: { size: 0, mimeType: noType } },
  ...{ redirectURL: '', headersSize: -1, bodySize: -1, _transferSize: 0 },
  ...(error !== undefined && { _error: error }),
  ...(informational.length > 0 && { _informational: informational.map(harInformational) }),
})

function common(
  { head, bodyBytes, bodyDropped, trailers }: Message<RequestHead | ResponseHead>,
  cookies: HarMessage['cookies'],
): HarMessage {
  return {
    ...{ httpVersion: head.version, cookies, headers: head.headers.map(pair) },
    headersSize: head.version === 'HTTP/2' ? -1 : sentHead(head).length,
    bodySize: bodyBytes,
    ...(trailers && { _trailers: trailers.map(pair) }),
    ...(bodyDropped > 0 && { _bodyDropped: bodyDropped }),
  }
}

const harInformational = ({ status, reason, headers }: ResponseHead): HarInformational => ({
  ...{ status, statusText: reason, headers: headers.map(pair) },
})

const pair = ([name, value]: Header): HarPair => ({ name, value })
