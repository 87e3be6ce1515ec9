import type { ConnectionId } from '../../model/connection.ts'
import { problemOf } from '../../problem/problem.ts'
import { ProblemError } from '../../problem/problem-error.ts'
import { now } from '../ports.ts'
import type { Elsewhere } from '../relay/acting/core.ts'
import type { Services } from '../services.ts'
import { calledOff, openConnection } from './own-connection.ts'
import { headInHttp1, headInHttp2 } from './own-heads.ts'
import type { OwnAnswer, OwnRequest, Sender } from './own-request.ts'
import { speakHttp1 } from './speak-http1.ts'

/** `services` as it is when something is sent. */
export function openSender(services: () => Services): Sender {
  const closing = new AbortController()
  const send = async (request: OwnRequest): Promise<OwnAnswer> => {
    checkHead(request)
    const signal = request.signal ? AbortSignal.any([closing.signal, request.signal]) : closing.signal
    const { id, stream, protocol } = await openConnection(services(), { ...request, signal })
    const said = { ...request, stream }
    try {
      const { speakHttp2 } = protocol === 'h2' ? await import('./speak-http2.ts') : { speakHttp2: undefined } // takes 60 ms to load
      const answer = await (speakHttp2 ?? speakHttp1)(said)
      tellAct(services(), id, request)
      return { ...answer, connection: id }
    } catch (error) {
      stream.destroy()
      throw signal.aborted ? new ProblemError(calledOff()) : asProblem(error as Error)
    }
  }
  return {
    send,
    elsewhere: (within, asked) => send({ ...asked, ...spokenInClear(asked), entrance: 'elsewhere', within }),
    close: () => closing.abort(),
  }
}

/** In clear nothing is agreed, and hardly a server but those of gRPC speaks HTTP/2 there (RFC 9113 3.3). */
function spokenInClear({ server, head }: Elsewhere): Pick<OwnRequest, 'protocol'> {
  if (server.scheme !== 'http' || head.version !== 'HTTP/2') return {}
  const isGrpc = head.headers.some(([name, value]) => name === 'content-type' && value.startsWith('application/grpc'))
  return isGrpc ? {} : { protocol: 'http/1.1' }
}

/** Before anybody is dialled: what cannot be written is not. */
function checkHead(request: OwnRequest): void {
  if (request.head.version === 'HTTP/2') headInHttp2(request)
  else headInHttp1(request)
}

const asProblem = (error: Error): ProblemError =>
  error instanceof ProblemError ? error : new ProblemError(problemOf('proxy/internal', { detail: error.message }))

const only = 1 // its place among the requests of its connection, or its stream

function tellAct({ tape }: Services, connection: ConnectionId, request: OwnRequest): void {
  const { entrance, origin } = request
  if (entrance === 'elsewhere') return
  const did = origin === undefined ? 'sent by Parley' : `repeats flow ${origin}`
  tape.acted(connection, only, now(), { type: 'acted', act: { by: entrance, did } })
}
