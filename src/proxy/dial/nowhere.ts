import { type Duplex, duplexPair } from 'node:stream'
import { problemOf } from '../../problem/problem.ts'

/** What stands in the place of a server where none is dialled: whatever nobody claimed is answered 502, in clear. */
export async function openNowhere(alpn?: string): Promise<Duplex> {
  const { serveFailure } = await import('../serve-failure.ts') // Node's HTTP takes 60 ms to load
  const [near, far] = duplexPair()
  near.on('error', () => {})
  far.on('error', () => {})
  near.once('close', () => far.destroy())
  serveFailure(far, alpn, problemOf('own/not-recorded'))
  return near
}
