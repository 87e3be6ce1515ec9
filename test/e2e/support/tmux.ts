import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Owner, run, temporaryFolder } from './processes.ts'

let servers = 0

/** A program on a terminal of its own. */
export class Terminal {
  readonly #socket: string
  readonly #output: string

  private constructor(socket: string, output: string) {
    this.#socket = socket
    this.#output = output
  }

  /** Starts tmux with a shell command on a screen of that size. A status line takes no row. */
  static async open(owner: Owner, columns: number, rows: number, command: string): Promise<Terminal> {
    const folder = temporaryFolder(owner)
    const terminal = new Terminal(`parley-${process.pid}-${++servers}`, join(folder, 'output'))
    owner.after(() => terminal.close())
    const size = ['-x', String(columns), '-y', String(rows)]
    await terminal.#tmux('-f', '/dev/null', 'new-session', '-d', '-s', 'p', ...size, `sleep 0.3; ${command}; sleep 60`)
    await terminal.#tmux('set-option', '-g', 'status', 'off')
    await terminal.#tmux('resize-window', '-t', 'p', ...size)
    await terminal.#tmux('pipe-pane', '-t', 'p', '-O', `cat > ${terminal.#output}`)
    return terminal
  }

  /** Hangs up, as when a window is closed. */
  async close(): Promise<void> {
    await this.#tmux('kill-server')
  }

  /** Presses keys by tmux's names for them; one at a time, as a person would. */
  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await (key.length === 1 ? this.#tmux('send-keys', '-t', 'p', '-l', key) : this.#tmux('send-keys', '-t', 'p', key))
      await sleep(30)
    }
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-t', 'p', '-x', String(columns), '-y', String(rows))
  }

  /** The rows of the screen once it shows what is wanted. Rejects with the screen where it never does. */
  async shows(wanted: RegExp, patience = 10_000): Promise<readonly string[]> {
    const until = Date.now() + patience
    for (;;) {
      const screen = await this.screen()
      if (wanted.test(screen.join('\n'))) return screen
      if (Date.now() > until) throw new Error(`${wanted} is not on the screen:\n${screen.join('\n')}`)
      await sleep(50)
    }
  }

  async screen(): Promise<readonly string[]> {
    const { stdout } = await this.#tmux('capture-pane', '-t', 'p', '-p')
    return stdout.replace(/\n$/, '').split('\n')
  }

  /** Everything that the program wrote, escape sequences and all. */
  written(): string {
    return readFileSync(this.#output, 'utf8')
  }

  /** The modes that a program may leave behind: `alternate cursor`, as tmux has them now. */
  async modes(): Promise<string> {
    const { stdout } = await this.#tmux('display-message', '-t', 'p', '-p', '#{alternate_on} #{cursor_flag}')
    return stdout.trim()
  }

  #tmux(...args: readonly string[]): ReturnType<typeof run> {
    return run('tmux', ['-L', this.#socket, ...args])
  }
}
