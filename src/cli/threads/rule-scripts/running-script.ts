import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import { placeIn, whatOf } from '../../../problem/from-script.ts'
import type { FromScript, ScriptStart, ToScript } from './script-messages.ts'

export interface ScriptLimits {
  /** ms for one call, and for the module to load. */
  readonly patience: number
  /** What the script prints, line by line. */
  readonly log: (line: string) => void
}

interface Call {
  readonly ask: ToScript
  readonly settle: PromiseWithResolvers<unknown>
  timer?: NodeJS.Timeout
}

const mostMemory = 512 // MB

/**
 * One script in a thread of its own, started when it is first called. A thread that dies, or had to be ended, is started
 * anew for the calls that it had not begun.
 */
export class RunningScript {
  readonly #file: string
  readonly #limits: ScriptLimits
  readonly #calls = new Map<number, Call>()
  #worker: Worker | undefined
  #loading: NodeJS.Timeout | undefined
  #lastId = 0
  /** Why the thread is being ended. */
  #why: string | undefined

  constructor(file: string, limits: ScriptLimits) {
    this.#file = file
    this.#limits = limits
  }

  call(hook: ToScript['hook'], message: object): Promise<unknown> {
    const ask = { id: ++this.#lastId, hook, message }
    const call = { ask, settle: Promise.withResolvers<unknown>() }
    this.#calls.set(ask.id, call)
    this.#worker ??= this.#start()
    this.#worker.postMessage(ask)
    return call.settle.promise
  }

  /** Ends the thread; its calls reject with this. */
  end(why: string): void {
    this.#why = why
    for (const call of [...this.#calls.values()]) this.#fail(call, why)
    void this.#worker?.terminate()
  }

  #start(): Worker {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
    const worker = new Worker(new URL(`./script-thread.${extension}`, import.meta.url), {
      name: 'parley-script',
      workerData: { file: this.#file } satisfies ScriptStart,
      resourceLimits: { maxOldGenerationSizeMb: mostMemory },
      stdout: true,
      stderr: true,
    })
    const { log, patience } = this.#limits
    for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', log)
    this.#why = undefined
    this.#loading = setTimeout(() => this.#stop(worker, `it was not loaded in ${patience / 1000} s`), patience).unref()
    worker.on('message', (said: FromScript) => this.#hear(worker, said))
    worker.once('error', error => {
      this.#why ??= `${placeIn(this.#file, error)}: ${whatOf(error)}`
    })
    worker.once('exit', code => this.#gone(worker, this.#why ?? `its thread ended with code ${code}`))
    worker.unref()
    return worker
  }

  #hear(worker: Worker, said: FromScript): void {
    if (worker !== this.#worker) return
    if (said.type === 'loaded') return clearTimeout(this.#loading)
    if (said.type === 'unloadable') return this.#stop(worker, said.why)
    const call = this.#calls.get(said.id)
    if (!call) return
    if (said.type === 'started') call.timer = this.#timerFor(worker)
    else if (said.type === 'threw') this.#fail(call, said.why)
    else {
      this.#forget(call)
      call.settle.resolve(said.result)
    }
  }

  #timerFor(worker: Worker): NodeJS.Timeout {
    const { patience } = this.#limits
    return setTimeout(() => this.#stop(worker, `${this.#file}: it took longer than ${patience / 1000} s`), patience)
  }

  #stop(worker: Worker, why: string): void {
    if (worker !== this.#worker) return
    this.#why ??= why
    void worker.terminate()
  }

  /** Calls that it had begun, or could not even load, are lost; others are asked of a new thread. */
  #gone(worker: Worker, why: string): void {
    if (worker !== this.#worker) return
    clearTimeout(this.#loading)
    this.#worker = undefined
    const lost = [...this.#calls.values()].filter(({ timer }) => timer !== undefined)
    for (const call of lost.length > 0 ? lost : [...this.#calls.values()]) this.#fail(call, why)
    if (this.#calls.size === 0) return
    this.#worker = this.#start()
    for (const { ask } of this.#calls.values()) this.#worker.postMessage(ask)
  }

  #fail(call: Call, why: string): void {
    this.#forget(call)
    call.settle.reject(new Error(why))
  }

  #forget({ ask, timer }: Call): void {
    clearTimeout(timer)
    this.#calls.delete(ask.id)
  }
}
