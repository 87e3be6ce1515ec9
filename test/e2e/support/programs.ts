import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import test, { type TestContext } from 'node:test'

/** Where a program lies on PATH (or in sbin, where distributions put servers); undefined where it is not installed. */
export const findProgram = (name: string): string | undefined => findPrograms(name)[0]

/** Every place where it lies, the first on PATH first. */
export const findPrograms = (name: string): readonly string[] =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
    .map(folder => join(folder, name))
    .filter(isProgram)

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

export interface E2eOptions {
  /** Programs without which the test says nothing. */
  readonly needs?: readonly string[]
  /** ms */
  readonly timeout?: number
}

/**
 * A test with real programs. Where one is missing it is skipped and says so; under PARLEY_CI=1 it fails instead, so
 * that nothing goes missing unseen.
 */
export function e2e(
  title: string,
  { needs = [], timeout = 110_000 }: E2eOptions,
  run: (t: TestContext) => unknown,
): void {
  const missing = needs.filter(name => findProgram(name) === undefined)
  const reason = `needs ${missing.join(', ')}`
  if (missing.length === 0) void test(title, { timeout }, async t => void (await run(t)))
  else if (process.env.PARLEY_CI === '1')
    void test(title, () => {
      throw new Error(`${reason}, and PARLEY_CI=1 allows no skip`)
    })
  else void test(title, { skip: reason }, () => {})
}
