import type { Problem } from './problem.ts'

/** An error that says what a person is told. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}
