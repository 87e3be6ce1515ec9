import { type Problem, problemOf } from './problem.ts'

/** A request in clear that names no server, or names one by a URL of another `scheme`. */
export function targetProblem(scheme: string | undefined): Problem {
  if (scheme === undefined || scheme === 'http' || scheme === 'ws')
    return problemOf('proxy/bad-request', { detail: 'neither its target nor its Host field is a HOST:PORT' })
  const detail = `it asks for a ${scheme} URL in clear, and nothing was sent on`
  const isSecure = scheme === 'https' || scheme === 'wss'
  const remedy = isSecure ? 'Let the client open a tunnel with CONNECT, as clients do that take a proxy for https.' : ''
  return problemOf('proxy/bad-request', { detail, ...(remedy && { remedy }) })
}

/** The server was asked in clear, and no answer came that can be passed on. */
export const answerProblem = (error: NodeJS.ErrnoException | null | undefined): Problem => {
  const { code = '', message = 'unknown' } = error ?? {}
  const what = code.startsWith('HPE_') ? 'its answer is not HTTP' : 'it did not answer'
  return problemOf('http/upstream-failed', { detail: `${what}: ${message}${code && ` (${code})`}` })
}

/** An origin that left before its answer was whole; `begun`: some of it has come. */
export function leftProblem(begun: boolean, error?: NodeJS.ErrnoException): Problem {
  if (error && 'problem' in error) return error.problem as Problem // it knows better
  const what = error ? `reset the connection (${error.code ?? error.message})` : 'closed the connection'
  return problemOf('http/upstream-failed', { detail: `it ${what}${begun ? ' in the middle of its answer' : ''}` })
}
