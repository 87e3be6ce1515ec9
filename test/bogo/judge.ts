import type { TestResult } from './runner.ts'

/** What BoGo found against what is known: expected.json. */

export interface Expected {
  /** How many pass at least: so that a shim that turns everything down is noticed. */
  readonly passed: number
  readonly failures: readonly Known[]
}

interface Known {
  readonly reason: string
  /** Names; * stands for anything. */
  readonly tests: readonly string[]
}

export interface Judgement {
  /** Empty where everything is as expected. */
  readonly complaints: readonly string[]
  readonly summary: string
}

/** A test that fails must be in the list; whoever is in the list must fail. `whole`: all tests were run. */
export function judge(results: readonly TestResult[], expected: Expected, whole: boolean): Judgement {
  const patterns = expected.failures.flatMap(({ tests }) => tests).map(text => ({ text, matches: glob(text) }))
  const by = (result: TestResult['result']): readonly TestResult[] => results.filter(one => one.result === result)
  const [failed, passed, left] = [by('FAILED'), by('PASSED'), by('UNIMPLEMENTED')]
  const known = (name: string): boolean => patterns.some(({ matches }) => matches.test(name))
  const complaints = [
    ...failed.filter(({ name }) => !known(name)).map(({ name, said }) => `fails: ${name}\n  ${firstLines(said)}`),
    ...passed.filter(({ name }) => known(name)).map(({ name }) => `passes now, take it from the list: ${name}`),
    ...patterns
      .filter(({ matches }) => whole && !failed.some(({ name }) => matches.test(name)))
      .map(({ text }) => `no test that fails is meant by ${text}`),
    ...(whole && passed.length < expected.passed ? [`${passed.length} pass; at least ${expected.passed} should`] : []),
  ]
  const listed = failed.filter(({ name }) => known(name))
  const figures = [`${passed.length} pass`, `${listed.length} fail as listed`, `${left.length} are not for this client`]
  return { complaints, summary: `${figures.join(', ')}, ${complaints.length} complaints` }
}

const glob = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split('*')
      .map(part => part.replace(/[^\w-]/g, '\\$&'))
      .join('.*')}$`,
  )

const firstLines = (said: string): string => said.split('\n').slice(0, 8).join('\n  ')
