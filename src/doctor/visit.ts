import { type Finding, ok, trouble } from './finding.ts'

/** What came of sending a program through the proxy. */
export interface Visit {
  readonly name: string
  /** Where it lies. */
  readonly path: string
  readonly remedy: string
  /** Its request reached the origin: HTTP's version, and ms from its start. */
  readonly heard?: { readonly version: string; readonly after: number }
  /** Why its connection failed, as the capture has it. */
  readonly problem?: { readonly message: string }
  readonly timedOut: boolean
  /** What it printed last. */
  readonly said: string
}

const mostSaid = 160 // characters

/** A program's finding: through Parley or not, and if not, who says what. */
export function findingOf({ name, path, remedy, heard, problem, timedOut, said }: Visit): Finding {
  if (heard) {
    const protocol = heard.version === '2.0' ? 'HTTP/2' : `HTTP/${heard.version}`
    return ok(name, `${protocol} in ${(heard.after / 1000).toFixed(1)} s, ${path}`)
  }
  if (problem) return trouble(name, problem.message, remedy)
  const why = timedOut ? 'did not come within its time' : 'did not come to Parley'
  const words = lastLine(said)
  return trouble(name, `${why}${words === '' ? '' : `: ${words}`} (${path})`, remedy)
}

const lastLine = (text: string): string => text.trim().split(/\r?\n/).at(-1)!.trim().slice(0, mostSaid)
