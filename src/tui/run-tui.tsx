import type { Changes } from '../model/changes.ts'
import type { ConnectionId } from '../model/connection.ts'
import type { ExchangeId } from '../model/exchange.ts'
import { type Capture, openCapture } from '../store/capture.ts'
import type { ProtoSchema } from '../view/body/grpc.ts'
import type { Actions, Hint, Status } from './actions.ts'
import { captureSource } from './capture-source.ts'
import { enterConnection } from './connection/state.ts'
import { enterFlow } from './flow/state.ts'
import { follow, followHolds } from './live.ts'
import { Session } from './session.ts'
import { initialState, type State, type World } from './state/state.ts'
import { chooseTheme, type ThemeName, themes } from './theme.ts'

export interface TuiOptions {
  /** An open capture, or the path of one, which is then closed at the end. */
  readonly capture: Capture | string
  /** How to learn of changes while recording; absent for a capture that stays as it is. */
  readonly subscribe?: (changed: (changes: Changes) => void) => () => void
  /** How to learn of what goes wrong with the recording; `stopped`: nothing more is recorded; `resumed`: it is again. */
  readonly troubles?: (
    troubled: (trouble: { readonly message: string; readonly stopped: boolean; readonly resumed?: true }) => void,
  ) => () => void
  /** How to learn of what is held or let go, with a sentence where a person should know. */
  readonly holding?: (changed: (said: string | undefined) => void) => () => void
  /** How to learn of sentences that a person should see in passing. */
  readonly says?: (say: (sentence: string) => void) => () => void
  readonly status: Status
  readonly actions: Actions
  /** Commands to type next, for the empty list. */
  readonly hints?: readonly Hint[]
  /** What to show first, and whether to follow new flows. */
  readonly initial?: { readonly flow?: ExchangeId; readonly connection?: ConnectionId; readonly follow?: boolean }
  /** Ways in, for a person who is here for the first time: shown until a key is pressed or a flow comes. */
  readonly welcome?: readonly Hint[]
  readonly theme?: ThemeName
  /** Names for protobuf messages. */
  readonly schema?: ProtoSchema
  /** Resolves when the screen is to close, which may be before it is up. */
  readonly asked?: Promise<unknown>
  /** Called right before the screen reads keys. */
  readonly handOver?: () => void
  readonly stdout?: NodeJS.WriteStream
  readonly stdin?: NodeJS.ReadStream
}

/**
 * Shows the capture until the user quits, or SIGINT, SIGTERM or SIGHUP comes. Rejects with an error that nobody caught.
 * In every case the terminal is then what it was.
 */
export async function runTui(options: TuiOptions): Promise<void> {
  const { stdout = process.stdout, stdin = process.stdin, actions, status, hints = [] } = options
  const capture = typeof options.capture === 'string' ? openCapture(options.capture) : options.capture
  const source = captureSource(capture, undefined, status)
  const mount = await loadMount()
  const { columns = 80, rows = 24 } = stdout
  const world = { source, columns, rows, status, hints, schema: options.schema }
  const session = new Session({
    world,
    actions,
    write: bytes => stdout.write(bytes),
    state: { ...firstState(options.initial, world), ...(options.welcome && { welcome: options.welcome }) },
  })
  const resized = (): void => session.resize(stdout.columns, stdout.rows)
  stdout.prependListener('resize', resized) // before Ink lays out what it has
  const theme = themes[options.theme ?? chooseTheme(process.env)]
  options.handOver?.()
  const app = mount(session, theme, { stdout, stdin })
  let failed: { readonly error: unknown } | undefined
  const stopListening = onEnding(ending => {
    if ('error' in ending) failed = ending
    app.unmount()
  })
  void options.asked?.then(() => app.unmount())
  const stopSearching = source.followSearch(() => session.refresh())
  const stopFollowing = options.subscribe && follow(options.subscribe, session, source)
  const stopTroubles = options.troubles?.(({ message, stopped, resumed }) => session.trouble(message, stopped, resumed))
  const stopSaying = options.says?.(sentence => session.notice(sentence))
  const stopHolding = options.holding && followHolds(options.holding, session)
  try {
    await app.waitUntilExit()
    if (failed) throw failed.error
  } finally {
    stopSearching()
    stopFollowing?.()
    stopTroubles?.()
    stopSaying?.()
    stopHolding?.()
    stopListening()
    stdout.off('resize', resized)
    if (typeof options.capture === 'string') capture.close()
  }
}

function firstState({ flow, connection, follow = false }: TuiOptions['initial'] = {}, world: World): State {
  const state = { ...initialState, follow }
  if (connection !== undefined) return enterConnection(state, connection)
  return flow === undefined ? state : enterFlow(state, flow, world)
}

type Mount = typeof import('./mount.tsx').mount

/**
 * Loads Ink and React. React picks its build by NODE_ENV as it is loaded, and the development build measures every
 * component, which costs time and memory with every page. The variable is then what it was: the programs that we start
 * shall not inherit it.
 */
export async function loadMount(environment: NodeJS.ProcessEnv = process.env): Promise<Mount> {
  const before = environment.NODE_ENV
  environment.NODE_ENV ??= 'production'
  try {
    return (await import('./mount.tsx')).mount
  } finally {
    if (before === undefined) delete environment.NODE_ENV
  }
}

/** What may end the process while the screen is up. */
export type Ending = { readonly signal: NodeJS.Signals } | { readonly error: unknown }

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Calls `end` once, on the first signal or uncaught error; the answer stops the listening. */
export function onEnding(end: (ending: Ending) => void, process: NodeJS.EventEmitter = globalThis.process): () => void {
  const bySignal = (signal: NodeJS.Signals): void => finish({ signal })
  const byError = (error: unknown): void => finish({ error })
  const stop = (): void => {
    for (const signal of signals) process.off(signal, bySignal)
    process.off('uncaughtException', byError)
    process.off('unhandledRejection', byError)
  }
  const finish = (ending: Ending): void => {
    stop()
    end(ending)
  }
  for (const signal of signals) process.on(signal, bySignal)
  process.on('uncaughtException', byError)
  process.on('unhandledRejection', byError)
  return stop
}
