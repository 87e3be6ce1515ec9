import type { Blamed } from './party.ts'

/** Who failed, in a word a program can match. */
export interface Problem<Code extends string = string> {
  /** `area/what`, such as `tls/client-rejected-leaf`; one that a file holds may be of another version. */
  readonly code: Code
  readonly blame: Blamed
  /** What happened and why, in one sentence. */
  readonly message: string
  /** What to do about it. */
  readonly remedy?: string
}

/** For a result that may be a Problem instead. */
export const isProblem = (value: object): value is Problem => 'code' in value && 'blame' in value

const most = 100

/** The problems with one more: each is told once, and no more than 100, however often something goes wrong. */
export const withProblem = (problems: readonly Problem[], problem: Problem): readonly Problem[] =>
  problems.length >= most || problems.some(({ code, message }) => code === problem.code && message === problem.message)
    ? problems
    : [...problems, problem]
