import type { Exchange, ExchangeSide, Message, RequestHead, ResponseHead } from '../../model/exchange.ts'
import type { Problem } from '../../model/problem.ts'
import { redactHeaders } from './redact-headers.ts'
import { redactText } from './redact-text.ts'
import type { RedactionRules, Told } from './redaction.ts'

/** An exchange without the secrets of its heads and trailers. Its bodies are others'. */
export function redactExchange(exchange: Exchange, rules: RedactionRules, told: Told): Exchange {
  const text = (value: string, where: string): string => redactText(value, rules, where, told)
  const { server, aborted, acts, problems } = exchange
  return {
    ...exchange,
    ...redactSide(exchange, rules, told),
    ...(server !== undefined && {
      server: server === 'not-asked' ? server : { ...server, ...redactSide(server, rules, told) },
    }),
    ...(aborted && { aborted: { ...aborted, why: text(aborted.why, 'reason') } }),
    ...(acts && { acts: acts.map(act => ({ ...act, by: text(act.by, 'rule'), did: text(act.did, 'rule') })) }),
    problems: problems.map(problem => redactProblem(problem, rules, told)),
  }
}

export const redactProblem = (problem: Problem, rules: RedactionRules, told: Told): Problem => ({
  ...problem,
  message: redactText(problem.message, rules, 'problem', told),
})

function redactSide(
  { request, informational, response }: ExchangeSide,
  rules: RedactionRules,
  told: Told,
): ExchangeSide {
  return {
    request: redactMessage(request, redactRequestHead(request.head, rules, told), 'request', rules, told),
    informational: informational.map(head => redactResponseHead(head, rules, told)),
    ...(response && {
      response: redactMessage(response, redactResponseHead(response.head, rules, told), 'response', rules, told),
    }),
  }
}

const redactMessage = <Head>(
  message: Message<Head>,
  head: Head,
  side: string,
  rules: RedactionRules,
  told: Told,
): Message<Head> => ({
  ...message,
  head,
  ...(message.trailers && { trailers: redactHeaders(message.trailers, rules, `${side} trailer`, told) }),
})

/** Told of once: target, path and `:path` are the same text. */
function redactRequestHead({ raw: _, ...head }: RequestHead, rules: RedactionRules, told: Told): RequestHead {
  const silent: Told = () => {}
  return {
    ...head,
    path: redactText(head.path, rules, 'URL', told),
    target: redactText(head.target, rules, 'URL', silent),
    authority: head.authority.replace(/^[\s\S]*@/, ''),
    headers: head.headers.map(header => {
      const isPseudo = header[0].startsWith(':')
      return redactHeaders([header], rules, 'request header', isPseudo ? silent : told)[0]!
    }),
  }
}

const redactResponseHead = ({ raw: _, ...head }: ResponseHead, rules: RedactionRules, told: Told): ResponseHead => ({
  ...head,
  headers: redactHeaders(head.headers, rules, 'response header', told),
})
