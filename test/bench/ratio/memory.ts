import { quiet, residentMb } from './cpu.ts'
import type { Shape } from './load.ts'
import { type Ground, type PeerName, startLoad, startPeer } from './peers.ts'

/** Resident MB of a peer. */
interface Memory {
  readonly requests: readonly number[]
  readonly crowd: number
}
export type Memories = Readonly<Record<'relay' | 'parley', Memory>>

const lengths = [15_000, 30_000] as const // requests, the second on top of the first
const crowdGoal = 250 // MB
const givenBack = 5000 // ms: Parley gives memory back when a busy time is over for three seconds

/** Of both peers after so many requests, and after 2,000 connections that were open together. */
export async function measureMemory(ground: Ground, originPort: number): Promise<Memories> {
  const load = startLoad()
  const of = async (name: PeerName): Promise<Memory> => {
    const { child, port: proxyPort } = await startPeer(name, ground)
    const after = async (shape: Shape, requests: number, pause: number): Promise<number> => {
      await load.run({ shape, originPort, proxyPort, requests, ms: 60_000 })
      await new Promise(resolve => setTimeout(resolve, pause))
      await quiet(child.pid)
      return residentMb(child.pid)
    }
    const requests: number[] = []
    for (const more of lengths) requests.push(await after('http1', more, 0))
    const crowd = await after('crowd', 1, givenBack)
    await child.stop()
    return { requests, crowd }
  }
  const taken = { relay: await of('relay'), parley: await of('parley') }
  await load.child.stop()
  return taken
}

/** Relay → Parley. */
export function memoryLines({ relay, parley }: Memories): readonly string[] {
  const grown = ({ requests }: Memory): string => requests.map(mb => mb.toFixed(0)).join(' then ')
  const growth = parley.requests[1]! / parley.requests[0]!
  const verdict = parley.crowd <= crowdGoal ? 'ok' : 'OVER'
  return [
    `resident MB after ${lengths[0]} then ${lengths[0] + lengths[1]} requests: ${grown(relay)} → ${grown(parley)} (×${growth.toFixed(2)})`,
    `resident MB after 2000 connections at once: ${relay.crowd.toFixed(0)} → ${parley.crowd.toFixed(0)} ${verdict} (${crowdGoal})`,
  ]
}
