import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { type Owner, start, temporaryFolder } from './processes.ts'

const quiet = ['background-networking', 'component-update', 'sync', 'gpu', 'quic'].map(each => `--disable-${each}`)
const patience = 30_000 // ms; a busy machine takes its time

/** A page in Chromium, looked at through its DevTools protocol. */
export class ChromiumPage {
  readonly #socket: WebSocket
  readonly #answers = new Map<number, (result: unknown) => void>()
  /** What the browser's console complained of. */
  readonly complaints: string[] = []
  #last = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', data => {
      const { id, result, method, params } = JSON.parse(String(data))
      this.#answers.get(id)?.(result)
      if (method === 'Log.entryAdded') this.complaints.push(params.entry.text)
    })
  }

  /** Opens an empty page of that size in CSS pixels. */
  static async open(owner: Owner, width: number, height: number, flags: readonly string[]): Promise<ChromiumPage> {
    const profile = join(temporaryFolder(owner), 'profile')
    const fixed = ['--headless', '--no-sandbox', '--no-first-run', '--remote-debugging-port=0', ...quiet]
    start(owner, 'chromium', [...fixed, `--user-data-dir=${profile}`, ...flags, 'about:blank'])
    const port = await until(() => /^\d+/.exec(readFileSync(join(profile, 'DevToolsActivePort'), 'utf8'))?.[0])
    const url = await until(async () => {
      const pages = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as Record<string, string>[]
      return pages.find(({ type }) => type === 'page')?.webSocketDebuggerUrl
    })
    const socket = new WebSocket(url)
    owner.after(() => socket.terminate())
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    const page = new ChromiumPage(socket)
    await page.#send('Log.enable')
    await page.#send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 })
    return page
  }

  async goTo(url: string): Promise<void> {
    await this.#send('Page.navigate', { url })
  }

  /** Waits until the expression is true of the page. */
  async shows(expression: string): Promise<void> {
    await until(async () => (await this.read(expression)) === true)
  }

  async read(expression: string): Promise<unknown> {
    const answer = (await this.#send('Runtime.evaluate', { expression })) as {
      readonly result?: { readonly value?: unknown }
    }
    return answer?.result?.value
  }

  #send(method: string, params = {}): Promise<unknown> {
    const id = ++this.#last
    this.#socket.send(JSON.stringify({ id, method, params }))
    return new Promise(resolve => this.#answers.set(id, resolve))
  }
}

/** What `look` finds once it finds something; what it throws meanwhile is not there yet. */
async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<NonNullable<T>> {
  for (const end = Date.now() + patience; ; await sleep(50)) {
    const seen = await Promise.resolve()
      .then(look)
      .catch(() => undefined)
    if (seen) return seen
    if (Date.now() > end) throw new Error(`${look} found nothing in ${patience} ms`)
  }
}
