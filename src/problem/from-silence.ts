import type { Link } from '../model/link.ts'
import type { Handshake } from '../wire/tls/handshake.ts'
import type { ProblemCode } from './codes.ts'
import { certificateSent, type Farewell } from './last-words.ts'

/** ms. A client that distrusts the certificate hangs up at once; a browser that is closed hangs up a spare connection any time. */
const soon = 100

/** The code of the problem of a leg whose peer went without an alert; undefined where that is nothing to wonder at. */
export function codeOfSilence(link: Link, closed: Farewell | undefined, handshake: Handshake): ProblemCode | undefined {
  if (!closed || closed.by === 'parley' || handshake.messages.length === 0) return undefined
  if (handshake.outcome === 'established')
    return link === 'client' && hungUpOnCertificate(handshake, closed)
      ? 'tls/client-closed-after-certificate'
      : undefined
  if (link === 'client' && closed.by === 'client' && certificateSent(handshake, 'to-client'))
    return 'tls/client-closed-after-certificate'
  return `tls/${closed.how === 'reset' ? 'reset' : 'closed'}-by-${closed.by}`
}

/** Some stacks, Node's among them, finish the handshake, look at the certificate then, and hang up without an alert. */
function hungUpOnCertificate(handshake: Handshake, closed: Farewell): boolean {
  if (closed.by !== 'client' || !certificateSent(handshake, 'to-client')) return false
  const finished = handshake.messages.find(({ name, direction }) => name === 'finished' && direction === 'to-server')
  if (!finished || closed.at - finished.at > soon) return false
  return !handshake.records.some(
    ({ direction, type, innerType }) =>
      direction === 'to-server' && type === 23 && (innerType === undefined || innerType === 23),
  )
}
