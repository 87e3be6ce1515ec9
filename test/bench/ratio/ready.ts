import { median } from './measure.ts'
import { type Ground, type PeerName, startPeer } from './peers.ts'

/** From spawn to listening, in ms; Parley's first start makes its authority and is told apart. */
export interface Ready {
  readonly first: number
  readonly relay: number
  readonly parley: number
}

const goal = 300 // ms

/** Starts each peer `times`; without any, Parley once, so that there is an authority. */
export async function measureReady(ground: Ground, times: number): Promise<Ready> {
  const readyMs = async (name: PeerName): Promise<number> => {
    const peer = await startPeer(name, ground)
    await peer.child.stop()
    return peer.readyMs
  }
  const first = await readyMs('parley')
  const taken = { relay: [] as number[], parley: [] as number[] }
  for (let i = 0; i < times; i++) for (const name of ['relay', 'parley'] as const) taken[name].push(await readyMs(name))
  return { first, relay: median(taken.relay), parley: median(taken.parley) }
}

/** Relay → Parley. */
export function readyLine({ relay, parley, first }: Ready): string {
  const verdict = `${parley <= goal ? 'ok' : 'OVER'} (${goal})`
  const change = `${relay.toFixed(0)} → ${parley.toFixed(0)} ${verdict}`
  return `ready to accept, ms: ${change}; first start, with a new authority: ${first.toFixed(0)}`
}
