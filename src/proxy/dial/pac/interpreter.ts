import { readFile } from 'node:fs/promises'
import os from 'node:os'
import { type JSValueHandle, QuickJS } from 'quickjs-wasi'
import { matchesTarget } from '../../target-pattern.ts'
import { pacFunctions } from './pac-functions.ts'

/** The addresses of names that were looked up for a question. */
export type Found = Map<string, readonly string[]>

export interface Interpreter {
  /** The value of an expression as text, or the name that is to be looked up first. Throws what the file throws. */
  evaluate(expression: string, found: Found): { readonly answer: string } | { readonly missing: string }
}

const memoryLimit = 32 * 1024 * 1024 // bytes
const mostTime = 200 // ms, for which a file may hold up everything else

/** Runs a PAC file where there is no network and no disk, and where memory and time are bounded. Throws what the file throws. */
export async function openInterpreter(text: string): Promise<Interpreter> {
  const clock = new Clock()
  const vm = await QuickJS.create({
    wasm: await readFile(new URL(import.meta.resolve('quickjs-wasi/quickjs.wasm'))),
    memoryLimit,
    interruptHandler: () => clock.isOver,
  })
  const lookups = new Lookups()
  const run = (code: string, name: string): string => {
    clock.start()
    return vm.evalCode(code, name).consume((value: JSValueHandle) => value.toString())
  }
  give(vm, 'lookUp', name => lookups.addressesOf(name))
  give(vm, 'inRange', (address, prefix) => matchesTarget(prefix, { host: address, port: 0 }))
  run(`globalThis.ownAddresses = ${JSON.stringify(ownAddresses())};${pacFunctions}`, 'parley')
  run(text, 'pac')
  return {
    evaluate(expression, found) {
      lookups.begin(found)
      try {
        const answer = run(expression, 'question')
        if (lookups.missing === undefined) return { answer }
      } catch (error) {
        if (lookups.missing === undefined) throw error
      }
      return { missing: lookups.missing }
    },
  }
}

function give(vm: QuickJS, name: string, call: (first: string, second: string) => unknown): void {
  const textOf = (value: JSValueHandle | undefined): string => value?.toString() ?? ''
  const made = vm.newFunction(name, (first?: JSValueHandle, second?: JSValueHandle) =>
    vm.hostToHandle(call(textOf(first), textOf(second))),
  )
  made.consume((handle: JSValueHandle) => vm.setProp(vm.global, name, handle))
}

/** A file that took too long once is not asked again: it would hold up every connection. */
class Clock {
  #until = 0
  #over = false

  start(): void {
    if (this.#over) throw new Error(`it ran for more than ${mostTime} ms, and is not asked again`)
    this.#until = performance.now() + mostTime
  }

  get isOver(): boolean {
    this.#over ||= performance.now() > this.#until
    return this.#over
  }
}

/** What the names of a question came to. */
class Lookups {
  #found: Found = new Map()
  missing: string | undefined

  begin(found: Found): void {
    this.#found = found
    this.missing = undefined
  }

  addressesOf(name: string): readonly string[] {
    const addresses = this.#found.get(name)
    if (addresses) return addresses
    this.missing ??= name
    throw new Error('a name is to be looked up')
  }
}

/** Of this machine, those that lead anywhere. */
const ownAddresses = (): readonly string[] =>
  Object.values(os.networkInterfaces()).flatMap(all =>
    (all ?? []).filter(({ internal }) => !internal).map(({ address }) => address),
  )
