import { type Duplex, duplexPair } from 'node:stream'
import { type Problem, problemOf } from '../../problem/problem.ts'

const notRecorded = problemOf('own/not-recorded')

/**
 * What stands in the place of a server where none is asked: whatever nobody claimed is answered with the problem, in clear.
 * `served` is told of each such answer.
 */
export async function openNowhere(alpn?: string, problem: Problem = notRecorded, served?: () => void): Promise<Duplex> {
  const { serveFailure } = await import('../serve-failure.ts') // Node's HTTP takes 60 ms to load
  const [near, far] = duplexPair()
  near.on('error', () => {})
  far.on('error', () => {})
  near.once('close', () => far.destroy())
  serveFailure(far, alpn, problem, served)
  return near
}
