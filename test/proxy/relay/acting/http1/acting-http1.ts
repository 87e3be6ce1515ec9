import assert from 'node:assert/strict'
import type { Elsewhere, ElsewhereAnswer } from '../../../../../src/proxy/relay/acting/core.ts'
import { Http1Core } from '../../../../../src/proxy/relay/acting/http1/http1-core.ts'
import type { Claims, RequestMessage, ResponseMessage } from '../../../../../src/rules/claims.ts'
import type { RequestVerdict, ResponseVerdict } from '../../../../../src/rules/verdict.ts'
import { ActingScript, everyCut, type Outcome, type Step } from '../acting-script.ts'

export const acting = (claims: Partial<Claims>, elsewhere?: (asked: Elsewhere) => Promise<ElsewhereAnswer>) =>
  new ActingScript(
    (all, ports) => new Http1Core(all, ports, { scheme: 'https', authority: 'a.test' }),
    claims,
    elsewhere,
  )

export const acts = [{ by: 'a rule', did: 'something' }]

type OnRequest = (message: RequestMessage) => RequestVerdict | Promise<RequestVerdict>
type OnResponse = (message: ResponseMessage) => ResponseVerdict | Promise<ResponseVerdict>

export const onRequests = (act: OnRequest, most = 0): Partial<Claims> => ({ request: () => ({ most, act }) })
export const onResponses = (act: OnResponse, most = 0): Partial<Claims> => ({ response: () => ({ most, act }) })

export type Played = Outcome & { readonly script: ActingScript }

/** What comes of the steps, which is the same however they are cut. */
export async function play(claims: () => Partial<Claims>, steps: readonly Step[]): Promise<Played> {
  let first: Played | undefined
  for (const cut of everyCut(steps)) {
    const script = acting(claims())
    for (const [index, [direction, said]] of cut.entries()) {
      script.say(direction, said)
      if (cut[index + 1]?.[0] !== direction) await script.settled()
    }
    const outcome = await script.settled()
    first ??= { ...outcome, script }
    assert.deepEqual(outcome, { server: first.server, client: first.client, ends: first.ends })
  }
  return first!
}

export const get = 'GET /a HTTP/1.1\r\nhost:a.test\r\nX: 1\r\n\r\n'
export const post = 'POST /b HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello'
export const chunks =
  'POST /c HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n002\r\nde\r\n0\r\nT: 1\r\n\r\n'
export const ok = 'HTTP/1.1 200 Fine by me\r\nContent-Length: 2\r\nA:  b\r\n\r\nok'
export const okChunks = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nTr: 1\r\n\r\n'
export const untilClose = 'HTTP/1.1 200 OK\r\n\r\nto the end'
