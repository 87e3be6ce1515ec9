import type { RequestHead } from '../../model/exchange.ts'
import { problemOf } from '../../problem/problem.ts'
import { failurePage } from '../../proxy/failure-page.ts'
import type { RequestMessage } from '../../rules/claims.ts'
import type { ConnectionFacts, Rulings } from '../../rules/rulings.ts'
import type { Answer, RequestVerdict } from '../../rules/verdict.ts'
import type { RecordedAnswers } from './recorded-answers.ts'

const mostBody = 64 * 1024 * 1024 // of a request that is compared with recorded ones
const by = 'serve'

/** Every request is answered from a capture; one that is not there by a page that says so, or by its server. */
export const serveRulings = (answers: RecordedAnswers, through: boolean): Rulings => ({
  connection: () => undefined,
  claims: facts => ({
    request: () => ({ most: mostBody, act: message => verdictOn(answers, through, facts, message) }),
    response: () => undefined,
    webSocket: () => undefined,
  }),
})

function verdictOn(
  answers: RecordedAnswers,
  through: boolean,
  facts: ConnectionFacts,
  { head, body }: RequestMessage,
): RequestVerdict {
  const recorded = body && answers.answer(head, body)
  if (recorded) {
    const acts = [{ by, did: `answered as flow ${recorded.flow} was` }]
    return { type: 'answer', acts, answer: recorded.answer }
  }
  if (through) {
    const server = { scheme: facts.scheme, host: facts.host, port: facts.port }
    return { type: 'elsewhere', acts: [{ by, did: 'asked the server' }], server, head }
  }
  const problem = problemOf('own/not-recorded', { detail: whyNot(answers, head, body) })
  const acts = [{ by, did: 'answered that nothing was recorded' }]
  return { type: 'answer', acts, problems: [problem], answer: pageFor(problem, head) }
}

function whyNot(answers: RecordedAnswers, head: RequestHead, body: Uint8Array | undefined): string {
  if (body === undefined) return 'its body is too large to be compared'
  return answers.knows(head)
    ? 'this method and URL were recorded with another body, or other headers that count'
    : 'this method and URL were not recorded'
}

function pageFor(problem: ReturnType<typeof problemOf>, { headers }: RequestHead): Answer {
  const accept = headers.find(([name]) => name.toLowerCase() === 'accept')?.[1]
  const { status, contentType, body } = failurePage(problem, accept)
  return { status, headers: [['content-type', contentType]], body: Buffer.from(body) }
}
