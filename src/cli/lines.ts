import type { Changes } from '../model/changes.ts'
import { trustCheck } from '../model/connection.ts'
import { hasEnded } from '../model/exchange.ts'
import { type Capture, openCapture } from '../store/capture.ts'
import { flowLine } from '../view/text/flow-line.ts'
import { BoundedSet } from '../wire/bounded-map.ts'
import { commandShape } from './command-shape.ts'
import { note } from './fail.ts'
import { noteListening } from './note-listening.ts'
import { showListen } from './option-values.ts'
import type { Run } from './run.ts'

const lastCommit = 100 // ms: what has ended by then is in the capture
const mostRemembered = 10_000 // flows; what is far behind cannot change any more

/** Prints the flows of a run on stdout until the program is `asked` to end. */
export async function printLines(run: Run, _flags: unknown, asked: Promise<unknown>): Promise<void> {
  const capture = openCapture(run.capturePath)
  const lines = new FlowLines(capture, line => process.stdout.write(`${line}\n`))
  const stop = run.onChange(changes => lines.show(changes))
  const command = commandShape({ environment: process.env, argv: process.argv })
  noteListening(run)
  note(`try: curl -x http://${showListen(run)} --cacert "$(${command} ca path)" https://example.com/`)
  await asked
  await new Promise(resolve => setTimeout(resolve, lastCommit))
  stop()
  capture.close() // before the writer, so that it can fold the log into one file
}

/** Prints one line for each flow as it ends, in the order in which they end. */
export class FlowLines {
  readonly #capture: Capture
  readonly #write: (line: string) => void
  readonly #printed = new BoundedSet<number>(mostRemembered)
  readonly #failed = new BoundedSet<number>(mostRemembered)

  constructor(capture: Capture, write: (line: string) => void) {
    this.#capture = capture
    this.#write = write
  }

  show({ flows, connections }: Changes): void {
    for (const id of flows) this.#exchange(id)
    for (const id of connections) this.#connection(id)
  }

  #exchange(id: number): void {
    if (this.#printed.has(id)) return
    const exchange = this.#capture.exchange(id)
    if (!exchange || !hasEnded(exchange)) return
    this.#printed.add(id)
    const connection = this.#capture.connection(exchange.connection)
    this.#write(flowLine({ kind: 'exchange', exchange, ...(connection && { connection }) }))
  }

  #connection(id: number): void {
    if (this.#failed.has(id)) return
    const connection = this.#capture.connection(id)
    if (!connection || (connection.problems.length === 0 && !isUnread(connection.protocol))) return
    this.#failed.add(id)
    this.#write(flowLine({ kind: 'connection', connection }))
  }
}

const isUnread = (protocol: string | undefined): boolean =>
  protocol !== undefined && ['opaque', 'tls', trustCheck].includes(protocol)
