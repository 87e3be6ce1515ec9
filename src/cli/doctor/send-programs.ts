import { mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { type Authority, openAuthority, trustStore } from '../../../ca/index.ts'
import { type Finding, note, trouble } from '../../doctor/finding.ts'
import { knownPrograms } from '../../doctor/programs.ts'
import type { Machine, Surroundings } from '../../doctor/surroundings.ts'
import { findingOf, type Visit } from '../../doctor/visit.ts'
import { findBrowser } from '../../launch/browser/find-browser.ts'
import { knownBrowsers } from '../../launch/browser/known-browsers.ts'
import { thisMachine } from '../../launch/browser/machine.ts'
import { writeChildFiles } from '../../launch/child/child-files.ts'
import { childVariables } from '../../launch/child/variables.ts'
import { findProgram } from '../../launch/find-program.ts'
import { openPrivateFolder } from '../../launch/private-folder.ts'
import { startCheckOrigin } from '../../peers/check-origin.ts'
import { trustedRoots } from '../../proxy/leg/roots.ts'
import { defaultTimeouts } from '../../proxy/services.ts'
import { openCapture } from '../../store/capture.ts'
import { openJournal } from '../open-journal.ts'
import { openRun, type Run } from '../run.ts'
import { sendBrowser } from './send-browser.ts'
import { type Sending, sendProgram } from './send-program.ts'

const domain = 'parley.test' // RFC 6761 6.2: no resolver knows it, so what arrives has come through the proxy
const hostOf = ({ name }: { readonly name: string }): string => `${name}.${domain}`
const atOnce = availableParallelism() + 1
const mostConnections = 500
const longestEnd = 3000 // ms
const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/**
 * Sends every program that is found through a proxy of its own to an origin on this machine; `stop` ends it early. What it
 * writes goes into a folder that is removed, by the next Parley if this one is killed. Never rejects.
 */
export async function sendPrograms(here: Surroundings, stop: AbortSignal): Promise<readonly Finding[]> {
  const programs = [...runtimesOn(here.machine), ...browsersOn(here.machine)]
  if (programs.length === 0) return [note('programs', 'none that Parley knows is on PATH', 'echo $PATH')]
  try {
    const folder = openPrivateFolder(openJournal())
    try {
      return (await visits(programs, here, folder.path, stop)).map(findingOf)
    } finally {
      folder.remove()
    }
  } catch (error) {
    return [trouble('proxy', `does not start: ${(error as Error).message}`, 'parley record')]
  }
}

/** A program that is here. */
interface Sendable {
  readonly name: string
  send(place: Place): Promise<Visit>
}

interface Place extends Sending {
  readonly parent: string
  readonly proxy: Run
  readonly root: Authority
}

const runtimesOn = ({ environment, platform }: Machine): readonly Sendable[] =>
  knownPrograms.flatMap(program => {
    const path = findProgram(program.commands, environment, platform)
    return path === undefined ? [] : [{ name: program.name, send: place => sendProgram({ ...program, path }, place) }]
  })

/** They get no variables: those are for what has no settings of its own. */
const browsersOn = ({ environment }: Machine): readonly Sendable[] =>
  knownBrowsers.flatMap(known => {
    const browser = findBrowser(known, thisMachine(environment))
    return browser ? [{ name: known.name, send: place => sendBrowser(browser, { ...place, environment }) }] : []
  })

async function visits(
  programs: readonly Sendable[],
  { authority: { state }, authorityFolder, machine }: Surroundings,
  folder: string,
  stop: AbortSignal,
): Promise<readonly Visit[]> {
  const own = state === 'sound' ? await openAuthority(authorityFolder) : undefined
  const root = own && own.only === undefined ? own : await openAuthority(join(folder, 'ca')) // it has to be for the origin too
  const origin = await startCheckOrigin(domain)
  const capturePath = join(folder, 'doctor.parley')
  const proxy = await openProxy(programs, root.folder, origin.caPem, capturePath).catch(async error => {
    await origin.close()
    throw error
  })
  const environment = environmentOf(proxy, root, folder, machine.environment)
  const place = { parent: folder, proxy, root, stop, environment }
  const sent = await pooled(programs, program => {
    const host = hostOf(program)
    return program.send({ ...place, url: `https://${host}:${origin.port}/`, heard: origin.arrived(host) })
  })
  await allEnded(capturePath)
  await Promise.all([proxy.close(), origin.close()])
  return withProblems(sent, capturePath)
}

/** Waits for what the programs, which have ended, said last: a refusal may still be on its way. */
async function allEnded(capturePath: string): Promise<void> {
  await sleep(200) // the recorder writes what has come
  const capture = openCapture(capturePath)
  try {
    for (const end = performance.now() + longestEnd; performance.now() < end; await sleep(50))
      if (capture.connections({ limit: mostConnections }).every(({ closed }) => closed)) break
  } finally {
    capture.close()
  }
}

type Environment = Machine['environment']

/** As `parley run` sets it. */
function environmentOf({ host, port }: Run, root: Authority, parent: string, before: Environment): Environment {
  const folder = join(parent, 'shared')
  mkdirSync(folder, { mode: 0o700 })
  const roots = trustedRoots([root.certificatePem]).join('\n')
  const contents = { host, port, roots, trustStore: trustStore(roots), environment: before }
  const files = writeChildFiles(folder, contents)
  return { ...before, ...childVariables({ host, port, except: [], files }, before) }
}

const openProxy = (programs: readonly Sendable[], authorityFolder: string, originRoot: string, capturePath: string) =>
  openRun({
    proxy: {
      listen: { host: '127.0.0.1', port: 0 },
      authorityFolder,
      verifyUpstream: true,
      mirror: true,
      failAsServer: false,
      passThrough: [],
      hosts: new Map(programs.map(program => [hostOf(program), '127.0.0.1'])),
      timeouts: defaultTimeouts,
    },
    capturePath,
    upstreamRoots: [originRoot],
    bodyLimit: 0,
  })

/** Each with the last that went wrong with its connections. */
function withProblems(sent: readonly Visit[], capturePath: string): readonly Visit[] {
  const capture = openCapture(capturePath)
  try {
    const failed = capture.connections({ failed: true, limit: mostConnections })
    return sent.map(visit => {
      const problem = failed.findLast(({ target }) => target?.host === hostOf(visit))?.problems.at(-1)
      return problem ? { ...visit, problem } : visit
    })
  } finally {
    capture.close()
  }
}

/** Some at once, in their order. */
async function pooled<T, R>(items: readonly T[], send: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = []
  const waiting = items.entries()
  const worker = async (): Promise<void> => {
    for (const [index, item] of waiting) results[index] = await send(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return results
}
