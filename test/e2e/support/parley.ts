import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectionText } from '../../../src/cli/print-connection.ts'
import type { Connection, ConnectionId } from '../../../src/model/connection.ts'
import { type Capture, openCapture } from '../../../src/store/capture.ts'
import type { ConnectionJson } from '../../../src/view/json/connection-json.ts'
import { type Ended, type Owner, type Running, run, start, temporaryFolder } from './processes.ts'

const main = fileURLToPath(new URL('../../../dist/src/cli/main.js', import.meta.url))

/** The built program on a data folder of its own. Clear of proxies, colours and the user's captures. */
export class Installed {
  readonly folder: string
  readonly #env: Readonly<Record<string, string>>

  constructor(owner: Owner) {
    if (!existsSync(main)) throw new Error(`${main} is missing: npm run build`)
    this.folder = temporaryFolder(owner)
    this.#env = { XDG_DATA_HOME: this.folder, HOME: this.folder, NO_COLOR: '1', COLUMNS: '160' }
  }

  start(owner: Owner, ...args: string[]): Running {
    return start(owner, process.execPath, [main, ...args], { env: this.#env })
  }

  run(...args: string[]): Promise<Ended> {
    return run(process.execPath, [main, ...args], { env: this.#env, timeout: 30_000 })
  }

  async show(capturePath: string, ...ids: number[]): Promise<ConnectionJson[]> {
    const { code, stdout, stderr } = await this.run('show', '--json', capturePath, ...ids.map(String))
    if (code !== 0) throw new Error(`parley show ended with ${code}: ${stderr}`)
    return stdout
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line) as ConnectionJson)
  }
}

/** A proxy that runs. */
export interface Parley {
  readonly installed: Installed
  readonly running: Running
  readonly port: number
  /** `http://127.0.0.1:port` */
  readonly url: string
  readonly caPath: string
  readonly capturePath: string
  readonly keyLogPath: string
  /** Ends it as Ctrl-C does, and waits until the capture is whole. */
  stop(): Promise<Ended>
  show(...ids: number[]): Promise<ConnectionJson[]>
  /** Waits until `count` connections are recorded as closed, and gives all of them. */
  closed(count: number): Promise<ConnectionJson[]>
  /** As `parley show` has it, the first connection to `port` that closed and was not asked for: ports come again. */
  closedTo(port: number): Promise<ConnectionJson>
}

const longestWait = 30_000 // ms; a busy machine takes its time
const isClosed = ({ closed }: Connection): boolean => closed !== undefined

/** What `look` finds in the capture, once it finds something; `parley show` would cost a start. */
async function found<T>(
  capturePath: string,
  what: string,
  look: (connections: Connection[], capture: Capture) => T | undefined,
): Promise<T> {
  const capture = openCapture(capturePath)
  try {
    for (const end = performance.now() + longestWait; performance.now() < end; ) {
      const seen = look(capture.connections({ limit: 10_000 }), capture)
      if (seen !== undefined) return seen
      await new Promise(resolve => setTimeout(resolve, 20))
    }
  } finally {
    capture.close()
  }
  throw new Error(`${what} was not seen in ${longestWait} ms`)
}

/** Starts `parley --no-tui` on a free port with a data folder of its own. */
export async function startParley(owner: Owner, ...args: string[]): Promise<Parley> {
  const installed = new Installed(owner)
  const keyLogPath = join(installed.folder, 'keys')
  const running = installed.start(owner, '--no-tui', '--listen', '127.0.0.1:0', '--keylog', keyLogPath, ...args)
  const match = await running.heard(/listening on 127\.0\.0\.1:(\d+), writing (.+)\n/)
  const port = Number(match[1])
  const capturePath = match[2]!
  const show = (...ids: number[]): Promise<ConnectionJson[]> => installed.show(capturePath, ...ids)
  const told = new Set<ConnectionId>()
  return {
    installed,
    running,
    port,
    url: `http://127.0.0.1:${port}`,
    caPath: join(installed.folder, 'parley/ca/certs/ca.pem'),
    capturePath,
    keyLogPath,
    stop: () => running.stop('SIGTERM'),
    show,
    async closed(count) {
      await found(capturePath, `the close of ${count} connections`, all => {
        return all.filter(isClosed).length >= count || undefined
      })
      return show()
    },
    async closedTo(port) {
      let one: Connection | undefined // as it was when it had just closed
      let patience = 50 // looks until the last headers of its records must have been written
      return await found(capturePath, `a closed connection to port ${port}`, (all, capture) => {
        one ??= all.find(each => each.target?.port === port && isClosed(each) && !told.has(each.id))
        if (!one || (!capture.connection(one.id)?.explained && patience-- > 0)) return undefined
        told.add(one.id)
        return JSON.parse(connectionText(capture, one, { json: true, style: { color: false } })) as ConnectionJson
      })
    },
  }
}
