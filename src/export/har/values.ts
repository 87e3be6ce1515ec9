import type { Act } from '../../model/act.ts'
import type { Problem } from '../../model/problem.ts'
import type { Stream } from '../../view/json/json-pieces.ts'

/** HAR 1.2 as it is written. What begins with `_` is Parley's or Chromium's; har.md describes it. */

export interface HarPair {
  readonly name: string
  readonly value: string
}

export interface HarCookie extends HarPair {
  readonly path?: string
  readonly domain?: string
  /** ISO 8601 */
  readonly expires?: string
  readonly httpOnly?: boolean
  readonly secure?: boolean
  readonly _sameSite?: string
}

export interface HarMessage {
  readonly httpVersion: string
  readonly cookies: readonly HarCookie[]
  readonly headers: readonly HarPair[]
  readonly headersSize: number
  readonly bodySize: number
  readonly _trailers?: readonly HarPair[]
  /** Bytes of the body that were not kept. */
  readonly _bodyDropped?: number
}

export interface HarPostData {
  readonly mimeType: string
  readonly text?: string
  readonly params?: readonly HarPair[]
  readonly _encoding?: 'base64'
  readonly _charset?: string
  readonly comment?: string
}

export interface HarRequest extends HarMessage {
  readonly method: string
  readonly url: string
  readonly queryString: readonly HarPair[]
  readonly postData?: HarPostData
  readonly _target?: string
}

export interface HarContent {
  readonly size: number
  readonly compression?: number
  readonly mimeType: string
  readonly text?: string
  readonly encoding?: 'base64'
  readonly _charset?: string
  readonly comment?: string
}

export interface HarResponse extends HarMessage {
  readonly status: number
  readonly statusText: string
  readonly content: HarContent
  readonly redirectURL: string
  readonly _transferSize: number
  readonly _error?: string
  readonly _informational?: readonly HarInformational[]
}

export interface HarInformational {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly HarPair[]
}

export interface HarTimings {
  readonly blocked: number
  readonly dns: number
  readonly connect: number
  readonly ssl: number
  readonly send: number
  readonly wait: number
  readonly receive: number
  readonly _tlsClient: number
}

/** One side of an exchange. */
export interface HarSide {
  readonly request: HarRequest
  readonly response?: HarResponse
}

export interface HarEntry {
  readonly startedDateTime: string
  readonly time: number
  readonly request: HarRequest
  readonly response: HarResponse
  readonly cache: Readonly<Record<string, never>>
  readonly timings: HarTimings
  readonly serverIPAddress?: string
  readonly connection: string
  readonly comment?: string
  readonly _id: number
  readonly _stream?: number
  readonly _resourceType?: string
  readonly _webSocketMessages?: Stream
  readonly _securityDetails?: unknown
  readonly _tls?: unknown
  readonly _server?: HarSide | null
  readonly _answeredBy?: 'parley'
  readonly _acts?: readonly Act[]
  readonly _upgraded?: string
  readonly _aborted?: { readonly time: number; readonly by: string; readonly why: string; readonly how?: string }
  readonly _problems?: readonly Problem[]
}
