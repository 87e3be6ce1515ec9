/** The load generator, a process of its own: takes one job at a time over IPC and answers with a count. */
import { Http1Load } from './http1-load.ts'
import { Http2Load } from './http2-load.ts'
import type { Route } from './tunnel.ts'

export type Shape = 'http1' | 'http2' | 'connections' | 'hosts' | 'download' | 'paced' | 'crowd'

export interface Job {
  readonly shape: Shape
  readonly proxyPort: number
  readonly originPort: number
  /** Stop after this many requests or ms, whatever comes first; 0 opens the connections and no more. */
  readonly requests: number
  readonly ms: number
}

export interface Result {
  readonly requests: number
  readonly seconds: number
  /** Of one request, in ms. */
  readonly p50: number
  readonly p99: number
  readonly error?: string
}

type Fire = () => Promise<void>

const host = 'bench.localhost'
const small = '/small'
const http1Connections = 32
const http2Connections = 8
const http2Streams = 32
const atOnce = 8 // new connections
const crowd = 2000 // connections that are open together
const pacedConnections = 4
const pacedPause = 8 // ms between an answer and the next request: some 450 requests a second
const open = new Map<string, readonly Fire[]>()
let lastHost = 0

/** The things that can have one request outstanding each; kept for the next job of the same shape and proxy. */
async function lanes(job: Job): Promise<readonly Fire[]> {
  const key = `${job.shape} ${job.proxyPort}`
  const found = open.get(key)
  if (found) return found
  const made = await openLanes(job)
  open.set(key, made)
  return made
}

async function openLanes({ shape, proxyPort, originPort }: Job): Promise<readonly Fire[]> {
  const route: Route = { proxyPort, originPort, host }
  const times = <T>(n: number, make: () => T): readonly T[] => Array.from({ length: n }, make)
  const http1 = (n: number, path: string): Promise<readonly Fire[]> =>
    Promise.all(
      times(n, async () => {
        const connection = await Http1Load.open(route)
        return () => connection.request(path)
      }),
    )
  const fresh = (hostOf: () => string): readonly Fire[] =>
    times(atOnce, () => async () => {
      const connection = await Http1Load.open({ ...route, host: hostOf() })
      await connection.request(small)
      connection.end()
    })
  const gather = async (): Promise<void> => {
    const connections: Http1Load[] = []
    while (connections.length < crowd)
      connections.push(...(await Promise.all(times(atOnce, () => Http1Load.open(route)))))
    await Promise.all(connections.map(connection => connection.request(small)))
    for (const connection of connections) connection.end()
  }
  if (shape === 'crowd') return [gather]
  if (shape === 'http1') return http1(http1Connections, small)
  if (shape === 'download') return http1(1, '/large')
  if (shape === 'paced') return http1(pacedConnections, small)
  if (shape === 'connections') return fresh(() => host)
  if (shape === 'hosts') return fresh(() => `host-${lastHost++}.localhost`)
  const connections = await Promise.all(times(http2Connections, () => Http2Load.open(route, small)))
  return connections.flatMap(connection => times(http2Streams, () => () => connection.request()))
}

async function run(job: Job): Promise<Result> {
  const fires = await lanes(job)
  const taken: number[] = []
  let left = job.requests
  const start = performance.now()
  const drive = async (fire: Fire): Promise<void> => {
    while (left > 0 && performance.now() - start < job.ms) {
      left--
      const before = performance.now()
      await fire()
      taken.push(performance.now() - before)
      if (job.shape === 'paced') await new Promise(resolve => setTimeout(resolve, pacedPause))
    }
  }
  await Promise.all(fires.map(drive))
  const seconds = (performance.now() - start) / 1000
  taken.sort((a, b) => a - b)
  const at = (share: number): number => taken[Math.floor(share * (taken.length - 1))] ?? 0
  return { requests: taken.length, seconds, p50: at(0.5), p99: at(0.99) }
}

process.on('message', async (job: Job) => {
  try {
    process.send!(await run(job))
  } catch (error) {
    process.send!({ requests: 0, seconds: 0, p50: 0, p99: 0, error: (error as Error).message } satisfies Result)
  }
})
process.on('disconnect', () => process.exit())
