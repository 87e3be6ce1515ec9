/** Hundreds of bad clients and bad servers at once; afterwards Parley is as it was. PARLEY_SEED and PARLEY_SOAK vary the run. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fetchThrough } from '../../src/peers/client.ts'
import { type Capture, openCapture } from '../../src/store/capture.ts'
import { badClients, type Ground } from './support/bad-clients.ts'
import { startBadServers } from './support/bad-servers.ts'
import { host } from './support/bad-words.ts'
import { Dice } from './support/dice.ts'
import { helloBytes } from './support/hello.ts'
import { makeIdentities } from './support/identities.ts'
import { inParallel } from './support/in-parallel.ts'
import { startOrigin } from './support/origin.ts'
import { type Parley, startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'

const seed = Number(process.env.PARLEY_SEED ?? 20_261_121)
const attempts = Number(process.env.PARLEY_SOAK ?? 400)

async function startGround(t: TestContext, dice: Dice): Promise<{ readonly parley: Parley; readonly ground: Ground }> {
  const identities = await makeIdentities(t)
  const files = identities.leaf('soak', { host })
  const good = await startOrigin(t, files)
  const plain = await startOrigin(t)
  const bad = await startBadServers(t, files, good, dice)
  const parley = await startParley(t, '--upstream-ca', identities.caPath, '--timeout', '1')
  const ca = readFileSync(parley.caPath, 'utf8')
  return { parley, ground: { proxy: parley.port, ca, good, plain, bad, hello: await helloBytes(host) } }
}

async function goodRequest({ proxy, ca, good }: Ground, alpn: string): Promise<void> {
  const url = new URL(`https://${host}:${good}/well`)
  const { status, protocol, error } = await fetchThrough({
    url,
    ca,
    alpn: [alpn],
    proxy: { host: '127.0.0.1', port: proxy },
  })
  assert.deepEqual({ status, protocol, error }, { status: 200, protocol: alpn, error: undefined })
}

/** What a process has open, by the names that /proc gives: `socket:[123]`, a path. */
function openFiles(pid: number): string[] {
  const nameOf = (fd: string): string[] => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)]
    } catch {
      return [] // closed meanwhile
    }
  }
  return readdirSync(`/proc/${pid}/fd`).flatMap(nameOf)
}

async function settle<T>(look: () => T, isSettled: (seen: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries++) {
    const seen = look()
    if (isSettled(seen) || tries === 100) return seen
    await sleep(100)
  }
}

/** What the capture says that it should not. */
function wrongIn(capture: Capture): string[] {
  const wrong: string[] = []
  for (const connection of capture.connections({ limit: 1_000_000 })) {
    const { id, closed, problems } = connection
    if (!closed) wrong.push(`connection ${id} is open`)
    for (const { code, message } of problems) if (code === 'proxy/internal') wrong.push(`connection ${id}: ${message}`)
    for (const flow of capture.exchangesOf(id)) {
      const { aborted, request, response } = capture.exchange(flow)!
      if (!aborted && (request.endedAt === undefined || response?.endedAt === undefined))
        wrong.push(`flow ${flow} runs on`)
    }
  }
  for (const { text } of capture.events()) if (/^\s+at .+:\d+/.test(text)) wrong.push(`the log has ${text}`)
  return wrong
}

e2e(`${attempts} bad clients and bad servers leave Parley as it was`, { timeout: 110_000 }, async t => {
  t.diagnostic(`PARLEY_SEED=${seed}`)
  const { parley, ground } = await startGround(t, new Dice(seed))
  const { pid } = parley.running
  for (const alpn of ['h2', 'http/1.1']) await goodRequest(ground, alpn)
  await parley.closed(2)
  const before = openFiles(pid)
  const complaints: string[] = []
  const tasks = Array.from({ length: attempts }, (_, index) => async () => {
    const dice = new Dice(seed + index)
    const { what, run } = badClients[index % badClients.length]!
    const complaint = await run(ground, dice)
    if (complaint !== undefined) complaints.push(`${index}: a client that ${what}: ${complaint}`)
  })
  await inParallel(tasks, 40)
  assert.deepEqual(complaints, [])
  for (const alpn of ['h2', 'http/1.1']) await goodRequest(ground, alpn)
  const after = await settle(
    () => openFiles(pid),
    files => files.length <= before.length,
  )
  const left = after.filter(file => !before.includes(file))
  const most = before.length + 1 // SQLite keeps the descriptor of a reader that is gone for the next one
  assert.ok(after.length <= most, `${after.length} files are open, and ${before.length} were before: ${left}`)
  assert.doesNotMatch(parley.running.said, /^\s+at .+:\d+/m)
  const capture = openCapture(parley.capturePath)
  t.after(() => capture.close())
  const wanted = attempts + 4
  const count = await settle(
    () => capture.connections({ limit: 1_000_000 }).filter(({ closed }) => closed).length,
    closed => closed >= wanted,
  )
  assert.deepEqual(wrongIn(capture), [])
  assert.equal(count, wanted)
})
