import type { IContext, Proxy as MitmProxy } from 'http-mitm-proxy'
import { scriptProblem } from '../../problem/from-script.ts'
import { ProblemError } from '../../problem/problem-error.ts'
import { matchesHost } from '../host-pattern.ts'
import type { Script } from './script.ts'

const hooks = [
  'onRequest',
  'onRequestHeaders',
  'onRequestData',
  'onRequestEnd',
  'onResponse',
  'onResponseHeaders',
  'onResponseData',
  'onResponseEnd',
  'onError',
] as const
export type Hook = (typeof hooks)[number]

type Listener = (...args: unknown[]) => unknown
interface Bound {
  readonly hook: Hook
  readonly script: Script
  readonly listener: Listener
}

export const isFor = ({ hosts }: Script, host: string): boolean =>
  hosts?.some(pattern => matchesHost(pattern, host)) ?? true

/**
 * What scripts have hung into the pipeline. http-mitm-proxy would call the listeners of a hook side by side and wait for
 * ever; here they follow one another, each gets the chunk that the one before it gave, and none has more than `patience`.
 */
export class Hooks {
  readonly #bound: Bound[] = []
  readonly #patience: number

  /** `patience` in ms. */
  constructor(patience: number) {
    this.#patience = patience
  }

  /** Lets a script hang in what it wants. Rejects with what it throws. */
  async mount(script: Script, proxy: MitmProxy): Promise<void> {
    const face = faceOf(proxy, (hook, listener) => this.#bound.push({ hook, script, listener }))
    if (typeof script.plugin === 'function') await script.plugin(face)
    else face.use(script.plugin)
  }

  /** The hooks of one exchange. `late` hears of a failure of a script that had let the exchange go on. */
  of(context: IContext, host: string, late: (error: Error) => void): ExchangeHooks {
    const exchange: ExchangeHooks = new ExchangeHooks(context, this.#patience, late, () =>
      this.#bound.filter(({ script }) => isFor(script, host)),
    )
    return exchange
  }
}

/** What the scripts of one exchange want, and its context as they see it. */
export class ExchangeHooks {
  readonly #context: IContext
  readonly #patience: number
  readonly #late: (error: Error) => void
  readonly #ofProxy: () => readonly Bound[]
  readonly #own: Bound[] = []
  readonly #faces = new Map<Script, IContext>()

  constructor(context: IContext, patience: number, late: (error: Error) => void, ofProxy: () => readonly Bound[]) {
    this.#context = context
    this.#patience = patience
    this.#late = late
    this.#ofProxy = ofProxy
  }

  wants(hook: Hook): boolean {
    return this.#of(hook).length > 0
  }

  /** Resolves to the chunk that is left, when all have called back. Rejects with a ProblemError. */
  async run(hook: Hook, chunk?: Buffer): Promise<Buffer | undefined> {
    const isData = hook.endsWith('Data')
    let left = chunk
    for (const bound of this.#of(hook)) {
      if (isData && !left) break // a script has kept it
      const given = await this.#ask(bound, isData ? [left] : [])
      if (isData) left = given as Buffer | undefined
    }
    return left
  }

  /** Tells scripts what went wrong; they may answer it themselves. */
  tell(error: unknown, kind: string): void {
    for (const { script, listener } of this.#of('onError')) {
      try {
        listener(this.#face(script), error, kind)
      } catch {} // the exchange has failed, and that is told
    }
  }

  /** Who may have set what the pipeline chokes on. */
  get files(): string {
    return [...new Set(this.#ofProxy().map(({ script }) => script.file))].join(' or ')
  }

  #of(hook: Hook): readonly Bound[] {
    return [...this.#ofProxy(), ...this.#own].filter(bound => bound.hook === hook)
  }

  #ask({ hook, script, listener }: Bound, args: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let over = false
      const settle = (): void => {
        over = true
        clearTimeout(timer)
      }
      const fail = (thrown: unknown): void => {
        const error = new ProblemError(scriptProblem(script.file, hook, thrown))
        if (over) return this.#late(error)
        settle()
        reject(error)
      }
      const timer = setTimeout(() => {
        // A script that answers by itself need not let the exchange go on.
        if (!this.#context.proxyToClientResponse?.headersSent)
          fail(`it did not call back in ${this.#patience / 1000} s`)
      }, this.#patience)
      const next = (error: unknown, value: unknown): void => {
        if (over) return
        if (error) return fail(error)
        settle()
        resolve(value)
      }
      try {
        const result = listener(this.#face(script), ...args, next)
        if (result instanceof Promise) result.catch(fail)
      } catch (error) {
        fail(error)
      }
    })
  }

  /** The context for one script, whose filters and listeners are known for its own. */
  #face(script: Script): IContext {
    const known = this.#faces.get(script)
    if (known) return known
    const filtered = (name: 'addRequestFilter' | 'addResponseFilter') => (filter: NodeJS.ReadWriteStream) => {
      filter.on('error', error => Object.assign(error, { problem: scriptProblem(script.file, name, error) }))
      this.#context[name](filter)
    }
    const face = faceOf(this.#context, (hook, listener) => this.#own.push({ hook, script, listener }), {
      addRequestFilter: filtered('addRequestFilter'),
      addResponseFilter: filtered('addResponseFilter'),
    })
    this.#faces.set(script, face)
    return face
  }
}

const isHook = (name: string | symbol): name is Hook => (hooks as readonly (string | symbol)[]).includes(name)

/** The proxy, or a context, as a script sees it: what it hangs in goes to `add`. */
function faceOf<T extends object>(target: T, add: (hook: Hook, listener: Listener) => void, own = {}): T {
  const use = (plugin: Readonly<Record<string, unknown>>): T => {
    for (const hook of hooks) if (typeof plugin[hook] === 'function') add(hook, plugin[hook] as Listener)
    return face
  }
  const instead: Readonly<Record<string | symbol, unknown>> = {
    ...{ use, listen: () => face, close: () => face }, // it runs already
    ...own,
  }
  const face: T = new Proxy(target, {
    get(_, name) {
      if (!isHook(name)) return Object.hasOwn(instead, name) ? instead[name] : Reflect.get(target, name)
      return (listener: Listener) => {
        add(name, listener)
        return face
      }
    },
  })
  return face
}
