import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { makeRoot } from '../../../ca/root.ts'
import { type Step, take } from '../../../ca/trust/step.ts'
import { certificatesIn, type Store, type TrustedRoot, trustedRoot } from '../../../ca/trust/store.ts'
import type { Surroundings } from '../../../ca/trust/surroundings.ts'
import { folderFor, now } from '../make.ts'

export interface Machine extends Surroundings {
  /** Of a file below the system's root. */
  at(path: string): string
  /** Puts a file below the system's root. */
  put(path: string, text?: string): string
  /** A program on PATH: JavaScript that has `args` and `state`, a folder of its own. What it is called with is recorded. */
  fake(name: string, script: string): void
  /** What the fakes were called with, a line a call. */
  calls(): readonly string[]
  readonly folder: string
}

/** A machine in a folder that goes with the test; its PATH ends with `paths`. */
export function machineFor(t: TestContext, how: Partial<Surroundings> = {}, ...paths: readonly string[]): Machine {
  const folder = folderFor(t)
  const [base, home, bin, state] = ['base', 'home', 'bin', 'state'].map(name => join(folder, name))
  for (const path of [base!, home!, bin!, state!]) mkdirSync(path)
  const log = join(folder, 'calls')
  writeFileSync(log, '')
  const environment = { PATH: [bin, ...paths].join(':'), HOME: home, ...how.environment }
  const at = (path: string) => join(base!, path)
  return {
    ...{ platform: 'linux', isRoot: true, base: base!, home: home!, folder, at },
    ...how,
    environment,
    put(path, text = '') {
      mkdirSync(dirname(at(path)), { recursive: true })
      writeFileSync(at(path), text)
      return at(path)
    },
    fake(name, script) {
      const head = [
        `#!${process.execPath}`,
        "const fs = require('node:fs'), path = require('node:path'), crypto = require('node:crypto')",
        `const args = process.argv.slice(2), state = ${JSON.stringify(state)}`,
        `fs.appendFileSync(${JSON.stringify(log)}, [${JSON.stringify(name)}, ...args].join(' ') + '\\n')`,
      ]
      writeFileSync(join(bin!, name), [...head, script].join('\n'))
      chmodSync(join(bin!, name), 0o755)
    },
    calls: () => readFileSync(log, 'utf8').trimEnd().split('\n'),
  }
}

/** A root with its certificate in a file. */
export async function rootIn(folder: string): Promise<TrustedRoot> {
  const [der] = certificatesIn((await makeRoot(now)).certificate)
  const path = join(folder, `${trustedRoot(der!, '').name}.pem`)
  const root = trustedRoot(der!, path)
  writeFileSync(path, root.pem)
  return root
}

export async function takeAll(machine: Surroundings, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await take(machine, step)
}

export const standing = async (store: Store, root: TrustedRoot) => (await store.check(root)).standing
