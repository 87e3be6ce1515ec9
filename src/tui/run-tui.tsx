import type { ConnectionId } from '../model/connection.ts'
import type { ExchangeId } from '../model/exchange.ts'
import { type Capture, openCapture } from '../store/capture.ts'
import type { ProtoSchema } from '../view/body/grpc.ts'
import type { Actions, Hint, Status } from './actions.ts'
import { captureSource } from './capture-source.ts'
import { enterConnection } from './connection/state.ts'
import { enterFlow } from './flow/state.ts'
import { onEnding } from './last-words.ts'
import { followChanges } from './live.ts'
import { loadMount } from './load-mount.ts'
import type { Changes } from './ports.ts'
import { Session } from './session.ts'
import { initialState, type State, type World } from './state/state.ts'
import { chooseTheme, type ThemeName, themes } from './theme.ts'

export interface TuiOptions {
  /** An open capture, or the path of one, which is then closed at the end. */
  readonly capture: Capture | string
  /** How to learn of changes while recording; absent for a capture that stays as it is. */
  readonly subscribe?: (changed: (changes: Changes) => void) => () => void
  /** How to learn of what goes wrong with the recording; `stopped`: nothing more is recorded. */
  readonly troubles?: (
    troubled: (trouble: { readonly message: string; readonly stopped: boolean }) => void,
  ) => () => void
  readonly status: Status
  readonly actions: Actions
  /** Commands to type next, for the empty list. */
  readonly hints?: readonly Hint[]
  /** What to show first, and whether to follow new flows. */
  readonly initial?: { readonly flow?: ExchangeId; readonly connection?: ConnectionId; readonly follow?: boolean }
  readonly theme?: ThemeName
  /** Names for protobuf messages. */
  readonly schema?: ProtoSchema
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
  const source = captureSource(capture)
  const mount = await loadMount()
  const { columns = 80, rows = 24 } = stdout
  const world = { source, columns, rows, status, hints, schema: options.schema }
  const session = new Session({
    world,
    actions,
    write: bytes => stdout.write(bytes),
    state: firstState(options.initial, world),
  })
  const resized = (): void => session.resize(stdout.columns, stdout.rows)
  stdout.prependListener('resize', resized) // before Ink lays out what it has
  const theme = themes[options.theme ?? chooseTheme(process.env)]
  const app = mount(session, theme, { stdout, stdin })
  let failed: { readonly error: unknown } | undefined
  const stopListening = onEnding(ending => {
    if ('error' in ending) failed = ending
    app.unmount()
  })
  const stopSearching = source.followSearch(() => session.refresh())
  const stopFollowing = options.subscribe && follow(options.subscribe, session, source)
  const stopTroubles = options.troubles?.(({ message, stopped }) => session.trouble(message, stopped))
  try {
    await app.waitUntilExit()
    if (failed) throw failed.error
  } finally {
    stopSearching()
    stopFollowing?.()
    stopTroubles?.()
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

const typing = 150 // ms after a key

/** The screen follows what is recorded, but keys come first: the frame that answers one shows what is new as well. */
const follow = (
  subscribe: NonNullable<TuiOptions['subscribe']>,
  session: Session,
  source: { changed(changes: Changes): void },
): (() => void) =>
  followChanges({
    subscribe: listener =>
      subscribe(changes => {
        source.changed(changes)
        listener(changes)
      }),
    busy: () => performance.now() - session.pressedAt < typing,
    refresh: () => session.refresh(),
  })
