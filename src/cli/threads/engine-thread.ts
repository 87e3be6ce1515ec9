import tls from 'node:tls'
import { parentPort, workerData } from 'node:worker_threads'
import { openAuthority } from '../../../ca/index.ts'
import type { Ends } from '../../proxy/entrance/arrival.ts'
import { defaultHoldLimits, HeldMessages } from '../../proxy/holds.ts'
import { trustedRoots } from '../../proxy/leg/roots.ts'
import { listen } from '../../proxy/listener.ts'
import { withHolds } from '../../rules/hold/with-holds.ts'
import { SlabWriter } from '../../tape/slab-writer.ts'
import { AskedEngine } from './asks.ts'
import { CalledFunctions } from './called-functions.ts'
import { ClientProcesses } from './client-processes.ts'
import { descriptorLimit } from './descriptor-limit.ts'
import { defaultScriptPatience, EngineRules } from './engine-rules.ts'
import { GiveBack } from './give-back.ts'
import { loadScripts, startError, troubleOf } from './load-scripts.ts'
import type { EngineSays, EngineStart, Found, OnTape, Paused, ToEngine } from './messages.ts'
import { Settling } from './settled.ts'
import { shortenConsole } from './short-console.ts'

/** The engine: sockets, TLS, relays. Parses no HTTP on the verbatim path, touches no disk after its start. */
const {
  proxy,
  upstreamRoots,
  scripts = [],
  rules = [],
  holds = defaultHoldLimits,
  serving,
  tape,
  scriptPatience,
  functions = false,
} = workerData as EngineStart
const say = (message: EngineSays): void => parentPort!.postMessage(message)

shortenConsole()
process.on('uncaughtException', error => {
  console.error(error.stack)
  say({ type: 'trouble', message: troubleOf(error, scripts) })
})
const writer = new SlabWriter(
  slab => {
    tape.postMessage({ slab } satisfies OnTape)
    giveBack.worked()
  },
  { keepsCiphertext: proxy.keepCiphertext ?? false },
)
const giveBack = new GiveBack(() => writer.trim())

try {
  const authority = await openAuthority(proxy.authorityFolder)
  const { originalTarget } = proxy.transparent ? await import('../../launch/redirect/original-target.ts') : {}
  const surroundings = {
    descriptors: descriptorLimit,
    ...(originalTarget && { originalTarget: (ends: Ends) => originalTarget(ends) }),
    trouble: (message: string) => say({ type: 'trouble', message }),
  }
  const own = await loadScripts(scripts, proxy.timeouts.dial)
  const called = functions ? new CalledFunctions(say, scriptPatience ?? defaultScriptPatience) : undefined
  const ruled = new EngineRules(
    (address, port) => listener.isOurs(address, port),
    hits => say({ type: 'rule-hits', hits }),
    scriptPatience,
    called,
  )
  if (rules.length > 0) await ruled.set(rules)
  const held = new HeldMessages(holds, say)
  const served = serving && (await import('./serve-capture.ts')).servedBy(serving)
  const processes = new ClientProcesses(processOf => tape.postMessage({ processOf } satisfies OnTape))
  const rulings = processes.under(withHolds(served ?? ruled.rulings, held))
  const listener = await listen(proxy, writer, authority, surroundings, own, rulings).catch(error => {
    throw startError(error)
  })
  const makeRoom = (): void => {
    const count = listener.reconsider()
    if (count === 0) return
    const which = count === 1 ? 'a connection that is open ends' : `${count} connections that are open end`
    say({ type: 'log', text: `${which} at the next quiet moment, for others that are acted on` })
  }
  const asked = new AskedEngine(listener.send, say)
  const settling = new Settling(say)
  parentPort!.on('message', async (message: ToEngine) => {
    if (message.type === 'pass-through') return listener.passThrough(message.host)
    if (message.type === 'ask' || message.type === 'call-off') return asked.take(message)
    if (message.type === 'called') return called?.hear(message)
    if (message.type === 'settle') return settling.tell(message.number)
    if (message.type === 'rules') {
      await settling.add(ruled.set(message.rules))
      return makeRoom()
    }
    if (message.type === 'observe') return listener.observe(message.host)
    if (message.type === 'intercept') {
      await settling.add(held.set(message.filter))
      return makeRoom()
    }
    if (message.type === 'decide') return held.decide(message.id, message.decision)
    if (message.type === 'let-all-go') return held.letAllGo()
    held.letAllGo()
    await listener.close()
    setImmediate(() => {
      writer.flush()
      tape.postMessage({ end: true } satisfies OnTape)
      say({ type: 'closed' })
    })
  })
  tape.on('message', (message: Paused | Found) => {
    if ('process' in message) return processes.answer(message.connection, message.process)
    listener.paused(message.connection, message.probe, message.pause)
  })
  tape.unref()
  const { host, port, reverse } = listener
  say({ type: 'listening', host, port, reverse })
  setImmediate(() => {
    void authority.prepare()
    tls.setDefaultCACertificates(trustedRoots(upstreamRoots)) // takes 80 ms; nobody needs a root before the first hello
  })
} catch (error) {
  const { code = 'error', message, remedy } = error as NodeJS.ErrnoException & { readonly remedy?: string }
  say({ type: 'failed', code, message, ...(remedy !== undefined && { remedy }) })
}
