import type { Worker } from 'node:worker_threads'
import type { Listener } from '../../proxy/listener.ts'
import { type Answered, type Ask, wholeAnswer } from '../../proxy/own/whole-answer.ts'
import type { EngineSays, ToEngine } from './messages.ts'

/** The engine's end of what other threads ask it to send. */
export class AskedEngine {
  readonly #send: Listener['send']
  readonly #say: (message: EngineSays) => void
  readonly #underWay = new Map<number, AbortController>()

  constructor(send: Listener['send'], say: (message: EngineSays) => void) {
    this.#send = send
    this.#say = say
  }

  take(message: ToEngine & { readonly type: 'ask' | 'call-off' }): void {
    if (message.type === 'call-off') this.#underWay.get(message.number)?.abort()
    else void this.#answer(message.number, message.ask)
  }

  async #answer(number: number, ask: Ask): Promise<void> {
    const stopping = new AbortController()
    this.#underWay.set(number, stopping)
    const answered = await wholeAnswer(this.#send, ask, stopping.signal)
    this.#underWay.delete(number)
    this.#say({ type: 'answered', number, answered })
  }
}

/** Has the engine send a request. Never rejects; `undefined` where the engine has ended. */
export type SendAsk = (ask: Ask, signal?: AbortSignal) => Promise<Answered | undefined>

/** The other end, for the thread that started the engine. */
export function askThrough(engine: Pick<Worker, 'on' | 'postMessage'>): SendAsk {
  const waiting = new Map<number, (answered: Answered | undefined) => void>()
  let last = 0
  let ended = false
  engine.on('message', (message: EngineSays) => {
    if (message.type !== 'answered') return
    waiting.get(message.number)?.(message.answered)
    waiting.delete(message.number)
  })
  engine.on('exit', () => {
    ended = true
    for (const answer of waiting.values()) answer(undefined)
    waiting.clear()
  })
  return (ask, signal) =>
    new Promise(resolve => {
      if (ended || signal?.aborted) return resolve(undefined)
      const number = ++last
      waiting.set(number, resolve)
      engine.postMessage({ type: 'ask', number, ask } satisfies ToEngine)
      signal?.addEventListener('abort', () => engine.postMessage({ type: 'call-off', number } satisfies ToEngine), {
        once: true,
      })
    })
}
