import type { Exchange, Header, RequestHead, ResponseHead } from '../../../src/model/exchange.ts'

export interface Made {
  readonly request?: Partial<RequestHead>
  readonly response?: Partial<ResponseHead> | null
  readonly bytes?: number
  readonly times?: readonly [requestHead: number, requestEnd: number, responseHead: number, responseEnd: number]
}

export function flow({ request, response, bytes = 0, times = [0, 1, 10, 20] }: Made = {}): Exchange {
  const head = { method: 'GET', target: '/', scheme: 'https', authority: 'a.test', path: '/', version: 'HTTP/1.1' }
  const none: readonly Header[] = []
  return {
    id: 1,
    connection: 1,
    request: {
      head: { ...head, headers: none, ...request },
      headAt: times[0],
      endedAt: times[1],
      bodyBytes: 0,
      bodyDropped: 0,
    },
    informational: [],
    ...(response !== null && {
      response: {
        head: { status: 200, reason: 'OK', version: 'HTTP/1.1', headers: none, ...response },
        headAt: times[2],
        endedAt: times[3],
        bodyBytes: bytes,
        bodyDropped: 0,
      },
    }),
    problems: [],
  }
}
