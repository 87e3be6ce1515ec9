import type { Exchange } from './exchange.ts'

/** What became of an exchange that Parley acted on: where it answered in the server's place, that. */
export type Acted = 'changed' | 'answered'

/** Undefined where nobody acted on it. A page that says why the server could not be asked is no answer in its place. */
export function actedOf(exchange: Exchange): Acted | undefined {
  if (exchange.server === 'not-asked' && isParleysAnswer(exchange) && exchange.aborted?.how !== 'connection-failed')
    return 'answered'
  return exchange.acts?.length ? 'changed' : undefined
}

/** Whether the answer is Parley's: it stands in the server's place, or says why the server could not be asked. */
export const isParleysAnswer = ({ server, response, aborted }: Exchange): boolean =>
  response !== undefined && (server === 'not-asked' || aborted?.how === 'connection-failed')
