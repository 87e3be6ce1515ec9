import type { Problem } from '../../problem/problem.ts'
import { schemeOf } from './request-target.ts'

/** A request's error that is a problem of its own. */
export function wrongTarget(url = ''): Error & { readonly problem: Problem } {
  const scheme = schemeOf(url)
  const message =
    scheme === undefined || scheme === 'http' || scheme === 'ws'
      ? 'the request names no server: neither its target nor its Host field is a HOST:PORT'
      : `the request asks for a ${scheme} URL in clear, and nothing was sent on`
  const remedy =
    scheme === 'https' || scheme === 'wss'
      ? 'let the client open a tunnel with CONNECT, as every client does that takes a proxy for https'
      : 'a proxy is asked for a whole URL: http://HOST:PORT/PATH'
  const problem: Problem = { code: 'proxy/bad-request', blame: 'client', message, remedy }
  return Object.assign(new Error(message), { problem })
}

/** What an error of http-mitm-proxy's pipeline means. */
export function plainProblem(error: Error | null | undefined): Problem {
  if (error && 'problem' in error) return error.problem as Problem
  const code = (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  const message = code.startsWith('HPE_')
    ? `the server's answer is no HTTP that can be passed on: ${error?.message} (${code})`
    : `the server did not answer: ${error?.message ?? 'unknown'} ${code && `(${code})`}`.trim()
  return { code: 'http/upstream-failed', blame: 'server', message }
}
