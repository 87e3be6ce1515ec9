import { newConnection } from '../../../src/model/fold-connection.ts'
import type { Answered } from '../../../src/proxy/own/whole-answer.ts'
import type { Capture } from '../../../src/store/capture.ts'
import { makeExchange } from '../../view/recorded.ts'

const made = makeExchange()
export const response = { ...made.response!, bodyBytes: 3, head: { ...made.response!.head, headers: [] } }
export const exchange = { ...made, response }

/** A capture of one exchange, the 7th, whose bodies are `abc`. */
export const capture = {
  exchange: (id: number) => (id === 7 ? exchange : undefined),
  connection: () => ({ ...newConnection(17), target: { host: 'a', port: 80 } }),
  body: () => Buffer.from('abc'),
  legCapture: () => undefined,
} as unknown as Capture

/** What a server answers now. */
export const answer = (text: string, also: Partial<Answered> = {}): Answered => ({
  ...{ connection: 1, head: response.head, body: Buffer.from(text), bodyBytes: text.length, digest: text },
  ...{ endedAfter: 12 },
  ...also,
})
