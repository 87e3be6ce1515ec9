/** Parley against a bare relay, as ratios in one run. Run: npm run bench -- [--quick] [--json] [--floor] [SCENARIO...] */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Shape } from './load.ts'
import { type Round, round, warm } from './measure.ts'
import { measureMemory, memoryLines } from './memory.ts'
import { type Origin, startOrigin } from './origin.ts'
import { type Ground, type Peer, type PeerName, startLoad, startPeer } from './peers.ts'
import { measureReady, readyLine } from './ready.ts'
import { otherScenarios, type Scenario, scenarios } from './scenarios.ts'
import { baseOf, cpuTable, type Outcome, partRatios, peersOf, type Rounds, ratio, timeLines } from './table.ts'

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
const ready = await measureReady(ground, chosen.includes('ready') ? rounds + 1 : 0)
const outcomes: Outcome[] = []
for (const scenario of scenarios.filter(({ name }) => chosen.includes(name))) {
  tell(`${scenario.name}: ${scenario.about}`)
  outcomes.push(await compare(scenario, origin))
}
if (chosen.includes('memory')) tell('memory: resident, after requests and after many connections')
const resident = chosen.includes('memory') ? await measureMemory(ground, origin.port) : undefined
await origin.child.stop()
if (flags.json) console.log(JSON.stringify(report(), null, 2))
else print()
process.exit()

/** Rounds of the peers in turn, each with processes of their own; the first ones, while V8 compiles, do not count. */
async function compare(scenario: Scenario, { port: originPort }: Origin): Promise<Outcome> {
  const load = startLoad()
  const peers: Peer[] = []
  const base = baseOf(scenario)
  const others = peersOf(scenario, compared)
  for (const name of [base, ...others]) peers.push(await startPeer(name, ground))
  for (const { port: proxyPort } of peers)
    await load.run({ shape: scenario.shape, originPort, proxyPort, requests: 0, ms: 0 }) // opens what stays open
  const everyPeer = async (shape: Shape, share: number): Promise<Rounds> => {
    const taken: Partial<Record<PeerName, Round>> = {}
    const amount = { requests: scenario.round.requests * share, ms: scenario.round.ms * share }
    for (const peer of peers) taken[peer.name] = await round({ load, originPort, shape }, peer, amount)
    return taken as Rounds
  }
  const windows = await warm(async () => {
    const taken = await everyPeer(scenario.warmUp ?? scenario.shape, 1)
    return taken[others.at(-1)!].cpu / taken[base].cpu
  }, windowsAtMost)
  const taken: Rounds[] = []
  while (taken.length < rounds) taken.push(await everyPeer(scenario.shape, flags.quick ? 0.5 : 1))
  for (const { child } of [load, ...peers]) await child.stop()
  return { scenario, windows, rounds: taken }
}

function report(): object {
  const ratios = outcomes.map(outcome => ({
    ...outcome,
    ...Object.fromEntries(peersOf(outcome.scenario, ['parley']).map(peer => [peer, ratiosOf(outcome, peer)])),
  }))
  return { node: process.version, origin: origin.kind, ready, memory: resident, ratios }
}

const ratiosOf = (outcome: Outcome, peer: PeerName): object => ({
  ...Object.fromEntries((['cpu', 'seconds', 'p50', 'p99'] as const).map(of => [of, ratio(outcome, peer, of)])),
  parts: partRatios(outcome, peer),
})

function print(): void {
  console.log(
    `Parley over a relay that records nothing, median of ${rounds} rounds [least–most]; origin: ${origin.kind}; ` +
      `parts are over the relay's whole\n`,
  )
  if (outcomes.length > 0) console.log(cpuTable(outcomes, compared))
  console.log('')
  for (const line of outcomes.flatMap(timeLines)) console.log(line)
  if (chosen.includes('ready')) console.log(readyLine(ready))
  for (const line of resident ? memoryLines(resident) : []) console.log(line)
}
