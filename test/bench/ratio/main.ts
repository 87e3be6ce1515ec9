/** Parley against a bare relay, as ratios in one run. Run: npm run bench -- [--quick] [--json] [--floor] [SCENARIO...] */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Shape } from './load.ts'
import { median, memory, type Round, round, warm } from './measure.ts'
import { type Origin, startOrigin } from './origin.ts'
import { type Ground, type Peer, type PeerName, startLoad, startPeer } from './peers.ts'
import { memoryLengths, otherScenarios, readyGoal, type Scenario, scenarios } from './scenarios.ts'
import { cpuTable, type Outcome, partRatios, type Rounds, ratio, timeLines } from './table.ts'

const built = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url))
const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    floor: { type: 'boolean', default: false }, // a relay with nothing but Parley's taps, too
    parley: { type: 'string', default: built }, // another build
  },
})
const known: readonly string[] = [...scenarios.map(({ name }) => name), ...otherScenarios]
const unknown = positionals.filter(name => !known.includes(name))
const quickOnes = ['h1-small', 'h2-small', 'new-connection', 'ready']
const chosen = positionals.length > 0 ? positionals : flags.quick ? quickOnes : known
const compared: readonly PeerName[] = flags.floor ? ['tapped', 'parley'] : ['parley']
const rounds = Number(flags.rounds ?? (flags.quick ? 3 : 5))
const windowsAtMost = flags.quick ? 5 : 8 // while V8 compiles
const trouble =
  (unknown.length > 0 && `no scenario ${unknown.join(', ')}; there are ${known.join(', ')}`) ||
  (!existsSync('/proc/self/schedstat') && 'CPU time of threads is read from /proc: run it on Linux') ||
  (!existsSync(flags.parley) && `${flags.parley} is not built`)
if (trouble) {
  process.stderr.write(`bench: ${trouble}\n`)
  process.exit(1)
}

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
const fixture = (file: string): string =>
  fileURLToPath(new URL(`../../fixtures/tls-identities/${file}`, import.meta.url))
const identity = { cert: fixture('ecdsa.pem'), key: fixture('ecdsa.key.pem') }
const ground: Ground = { folder, parley: flags.parley, identity }
const tell = (text: string): boolean => process.stderr.write(`${text}\n`)

const origin = await startOrigin(folder, identity)
const ready = await measureReady()
const outcomes: Outcome[] = []
for (const scenario of scenarios.filter(({ name }) => chosen.includes(name))) {
  tell(`${scenario.name}: ${scenario.about}`)
  outcomes.push(await compare(scenario, origin))
}
const resident = chosen.includes('memory') ? await measureMemory(origin) : undefined
await origin.child.stop()
if (flags.json) console.log(JSON.stringify(report(), null, 2))
else print()
process.exit()

/** Rounds of the peers in turn, each with processes of their own; the first ones, while V8 compiles, do not count. */
async function compare(scenario: Scenario, { port: originPort }: Origin): Promise<Outcome> {
  const load = startLoad()
  const peers: Peer[] = []
  for (const name of ['relay', ...compared] as const) peers.push(await startPeer(name, ground))
  for (const { port: proxyPort } of peers)
    await load.run({ shape: scenario.shape, originPort, proxyPort, requests: 0, ms: 0 }) // opens what stays open
  const everyPeer = async (shape: Shape, share: number): Promise<Rounds> => {
    const taken: Partial<Record<PeerName, Round>> = {}
    const amount = { requests: scenario.round.requests * share, ms: scenario.round.ms * share }
    for (const peer of peers) taken[peer.name] = await round({ load, originPort, shape }, peer, amount)
    return taken as Rounds
  }
  const windows = await warm(async () => {
    const { parley, relay } = await everyPeer(scenario.warmUp ?? scenario.shape, 1)
    return parley.cpu / relay.cpu
  }, windowsAtMost)
  const taken: Rounds[] = []
  while (taken.length < rounds) taken.push(await everyPeer(scenario.shape, flags.quick ? 0.5 : 1))
  for (const { child } of [load, ...peers]) await child.stop()
  return { scenario, windows, rounds: taken }
}

/** From spawn to listening, in ms; Parley's first start makes its authority and is told apart. */
async function measureReady(): Promise<{ readonly first: number; readonly parley: number; readonly relay: number }> {
  const readyMs = async (name: PeerName): Promise<number> => {
    const peer = await startPeer(name, ground)
    await peer.child.stop()
    return peer.readyMs
  }
  const first = await readyMs('parley')
  const taken = { relay: [] as number[], parley: [] as number[] }
  for (let i = 0; chosen.includes('ready') && i < rounds + 1; i++)
    for (const name of ['relay', 'parley'] as const) taken[name].push(await readyMs(name))
  return { first, relay: median(taken.relay), parley: median(taken.parley) }
}

async function measureMemory({
  port: originPort,
}: Origin): Promise<Readonly<Record<'relay' | 'parley', readonly number[]>>> {
  tell(`memory: resident MB after ${memoryLengths[0]} requests and after ${memoryLengths[1]} more`)
  const load = startLoad()
  const after = async (name: PeerName): Promise<readonly number[]> => {
    const peer = await startPeer(name, ground)
    const taken = await memory({ load, originPort, shape: 'http1' }, peer, memoryLengths)
    await peer.child.stop()
    return taken
  }
  const taken = { relay: await after('relay'), parley: await after('parley') }
  await load.child.stop()
  return taken
}

function report(): object {
  const ratios = outcomes.map(outcome => ({
    ...outcome,
    parley: {
      ...Object.fromEntries((['cpu', 'seconds', 'p50', 'p99'] as const).map(of => [of, ratio(outcome, 'parley', of)])),
      parts: partRatios(outcome, 'parley'),
    },
  }))
  return { node: process.version, origin: origin.kind, ready, memory: resident, memoryLengths, ratios }
}

function print(): void {
  console.log(
    `Parley over a relay that records nothing, median of ${rounds} rounds [least–most]; origin: ${origin.kind}; ` +
      `parts are over the relay's whole\n`,
  )
  if (outcomes.length > 0) console.log(cpuTable(outcomes, compared))
  console.log('')
  for (const line of outcomes.flatMap(timeLines)) console.log(line)
  if (chosen.includes('ready')) {
    const verdict = ready.parley <= readyGoal ? 'ok' : 'OVER'
    const [relay, parley, first] = [ready.relay, ready.parley, ready.first].map(ms => ms.toFixed(0))
    console.log(
      `ready to accept, ms: ${relay} → ${parley} ${verdict} (${readyGoal}); first start, with a new authority: ${first}`,
    )
  }
  if (!resident) return
  const [less, more] = [memoryLengths[0], memoryLengths[0] + memoryLengths[1]]
  const grown = (taken: readonly number[]): string => taken.map(mb => mb.toFixed(0)).join(' then ')
  const growth = resident.parley[1]! / resident.parley[0]!
  console.log(
    `resident MB after ${less} then ${more} requests: relay ${grown(resident.relay)}, ` +
      `Parley ${grown(resident.parley)} (×${growth.toFixed(2)})`,
  )
}
