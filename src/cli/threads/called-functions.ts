import type { Worker } from 'node:worker_threads'
import { whatOf } from '../../problem/from-script.ts'
import type { RuleScript } from '../../rules/script/script-types.ts'
import type { ScriptHook, Scripts } from '../../rules/world.ts'
import type { EngineSays, FunctionCall, FunctionCalled, ToEngine } from './messages.ts'

/** Functions of the program by the names that rules call them by, in the place of a script's file. */
export type NamedFunctions = ReadonlyMap<string, RuleScript>

/** How the action of a rule names a function of the program. */
export const functionName = (number: number): string => `function:${number}`
export const functionNumber = (name: string): number => Number(name.slice('function:'.length))
export const isFunctionName = (file: string): boolean => file.startsWith('function:')

interface Waiting {
  readonly settle: PromiseWithResolvers<unknown>
  readonly timer: NodeJS.Timeout
}

/** The engine's end: the functions live in the thread that started it. */
export class CalledFunctions implements Scripts {
  readonly #say: (message: EngineSays) => void
  readonly #patience: number
  readonly #waiting = new Map<number, Waiting>()
  #last = 0

  /** `patience`: ms for one call. */
  constructor(say: (message: EngineSays) => void, patience: number) {
    this.#say = say
    this.#patience = patience
  }

  call(name: string, hook: ScriptHook, message: object): Promise<unknown> {
    const number = ++this.#last
    const settle = Promise.withResolvers<unknown>()
    const late = `${name}: it took longer than ${this.#patience / 1000} s`
    const timer = setTimeout(() => this.hear({ number, why: late }), this.#patience)
    this.#waiting.set(number, { settle, timer })
    this.#say({ type: 'call', number, name, hook, message })
    return settle.promise
  }

  hear({ number, result, why }: FunctionCalled): void {
    const waiting = this.#waiting.get(number)
    if (!waiting) return
    this.#waiting.delete(number)
    clearTimeout(waiting.timer)
    if (why === undefined) waiting.settle.resolve(result)
    else waiting.settle.reject(new Error(why))
  }
}

/** The other end, where the functions are. */
export function answerCalls(engine: Pick<Worker, 'on' | 'postMessage'>, functions: NamedFunctions): void {
  const tell = (called: FunctionCalled): void => engine.postMessage({ type: 'called', ...called } satisfies ToEngine)
  engine.on('message', async (said: EngineSays) => {
    if (said.type !== 'call') return
    const { number } = said
    try {
      tell({ number, result: await callOf(functions.get(said.name), said) })
    } catch (thrown) {
      tell({ number, why: `${said.name}: ${whatOf(thrown)} (${said.hook})` }) // what cannot be posted comes here too
    }
  })
}

function callOf(script: RuleScript | undefined, { hook, message }: FunctionCall): unknown {
  if (!script) throw new Error('no function of that name')
  return (script[hook] as ((message: object) => unknown) | undefined)?.call(script, message)
}
