import type { Act } from '../model/act.ts'
import type { Header } from '../model/exchange.ts'
import type { ProblemCode } from '../problem/codes.ts'
import { type Problem, problemOf } from '../problem/problem.ts'
import type { Step } from './actions/action.ts'
import { isEndless, saysLength } from './endless.ts'
import type { World } from './world.ts'

/** One step of a rule that matched. */
export interface Planned<Draft, End> {
  readonly by: string
  readonly did: string
  readonly step: Step<Draft, End>
  /** Bytes of body that it wants to see. */
  readonly wants: number
  /** Only where the head does not say how long it is. */
  readonly unlessSized?: boolean
}

/** Bytes of the body of a message with these fields that a step wants to see. */
export const wantsOf = (
  { wants, unlessSized }: Pick<Planned<unknown, unknown>, 'wants' | 'unlessSized'>,
  headers: readonly Header[],
): number => (unlessSized && saysLength(headers) ? 0 : wants)

/** What became of a message: the last draft, or what ended it; and who did what. */
export interface Performed<Draft, End> {
  readonly draft: Draft
  readonly end?: End
  readonly acts: readonly Act[]
  readonly problems: readonly Problem[]
}

interface Manner<Draft> {
  readonly side?: 'request' | 'response'
  /** What forbids to send it, where the step has changed it. */
  check(draft: Draft, before: Draft): string | undefined
  /** Why a step that wants the body cannot have it; undefined where it can. */
  lacks(draft: Draft, planned: Pick<Planned<unknown, unknown>, 'wants' | 'unlessSized'>): ProblemCode | undefined
}

/** Why a message has no body that somebody wants to see whole. */
export function lacksBody<Draft extends { readonly head: Head; readonly body?: Uint8Array }>(
  { headers }: Head,
  late: boolean | undefined,
): Manner<Draft>['lacks'] {
  return (draft, planned) => {
    if (draft.body !== undefined || wantsOf(planned, draft.head.headers) === 0) return undefined
    return isEndless(headers) ? 'rule/body-endless' : late ? 'rule/body-late' : 'rule/body-too-large'
  }
}

interface Head {
  readonly headers: readonly Header[]
}

/**
 * Takes the steps in order, each with what the ones before have made. One that throws, or makes what cannot be sent, leaves
 * the draft as it was and is told as a problem. Never rejects. At once, unless a step takes its time.
 */
export function perform<Draft extends object, End>(
  steps: readonly Planned<Draft, End>[],
  first: Draft,
  world: World,
  manner: Manner<Draft>,
): Performed<Draft, End> | Promise<Performed<Draft, End>> {
  const acts: Act[] = []
  const problems: Problem[] = []
  let draft = first

  function settle({ by, did }: Planned<Draft, End>, result: Draft | End): End | undefined {
    if (result === draft) return undefined
    const act = { by, did, ...(manner.side && { side: manner.side }) }
    if (!isLike(result, draft)) {
      acts.push(act)
      return result as End
    }
    const wrong = manner.check(result, draft)
    if (wrong) problems.push(problemOf('rule/refused', { detail: `${by}: ${wrong}` }))
    else {
      acts.push(act)
      draft = result
    }
    return undefined
  }

  const failed = ({ by }: Planned<Draft, End>, error: unknown): void =>
    void problems.push(problemIn(error) ?? problemOf('rule/failed', { detail: `${by}: ${sayError(error)}` }))

  const done = (end?: End): Performed<Draft, End> => ({ draft, ...(end !== undefined && { end }), acts, problems })

  function from(index: number): Performed<Draft, End> | Promise<Performed<Draft, End>> {
    for (let at = index; at < steps.length; at++) {
      const planned = steps[at]!
      const lacking = manner.lacks(draft, planned)
      if (lacking) {
        problems.push(problemOf(lacking, { detail: planned.by }))
        continue
      }
      try {
        const result = planned.step(draft, world)
        if (result instanceof Promise) return later(planned, result, at + 1)
        const end = settle(planned, result)
        if (end !== undefined) return done(end)
      } catch (error) {
        failed(planned, error)
      }
    }
    return done()
  }

  async function later(planned: Planned<Draft, End>, result: Promise<Draft | End>, next: number) {
    try {
      const end = settle(planned, await result)
      if (end !== undefined) return done(end)
    } catch (error) {
      failed(planned, error)
    }
    return from(next)
  }

  return from(0)
}

/** Drafts of one kind have one type; what ends the message has another. */
const isLike = <Draft>(result: unknown, draft: Draft): result is Draft =>
  typeof result === 'object' &&
  result !== null &&
  (result as { type?: unknown }).type === (draft as { type?: unknown }).type

/** A step may throw an error that carries a problem of its own. */
const problemIn = (error: unknown): Problem | undefined =>
  (error as { readonly problem?: Problem } | undefined)?.problem

function sayError(error: unknown): string {
  const { code, message, path } = (error ?? {}) as { code?: unknown; message?: unknown; path?: unknown }
  if (code === 'ENOENT') return `there is no ${String(path ?? 'such file')}`
  return String(message ?? error)
}
