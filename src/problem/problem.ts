import type { Problem as StoredProblem } from '../model/problem.ts'
import type { ProblemCode } from './codes.ts'

/** A problem that Parley itself reports: its code has a row in the catalogue. */
export type Problem = StoredProblem<ProblemCode>
