import type { Session } from '../../src/wire/tls/client/tls-client.ts'
import { Crash, connect } from './connection.ts'
import { readFlags, Unsupported } from './flags.ts'
import { helloFor } from './hello.ts'

/** A test of BoGo's runner by its flags: `node shim.ts FLAGS` by itself, or many in one process (runner.ts). */

/** As BoringSSL's PORTING.md has them. 90 fails even a test that wants a failure. */
export const exitCode = { passed: 0, failed: 1, unimplemented: 89, crashed: 90 } as const

export interface Outcome {
  readonly code: number
  /** Why it is not 0. */
  readonly said: string
}

export async function runShim(args: readonly string[]): Promise<Outcome> {
  try {
    if (!args.includes('-is-handshaker-supported')) await runConnections(args)
    return { code: exitCode.passed, said: '' }
  } catch (error) {
    return { code: codeOf(error), said: (error as Error).message }
  }
}

async function runConnections(args: readonly string[]): Promise<void> {
  const { initial, resume, retry } = readFlags(args)
  const resumed = resume.has('expect-reject-early-data') ? retry : resume
  const count = 1 + (initial.number('resume-count') ?? 0)
  let now = Date.now()
  let session: Session | undefined
  for (let index = 0; index < count; index++) {
    const offering = index === 0 ? initial : resume
    now += 1000 * (offering.number('resumption-delay') ?? 0)
    if (session && now - session.receivedAt > session.lifetime * 1000) session = undefined
    const hello = helloFor(offering, session)
    session = await connect({ hello, flags: index === 0 ? initial : resumed, index, session, now })
  }
}

function codeOf(error: unknown): number {
  if (error instanceof Unsupported) return exitCode.unimplemented
  return error instanceof Crash ? exitCode.crashed : exitCode.failed
}

if (process.argv[1] === import.meta.filename) {
  const args = process.argv.slice(2)
  if (args.includes('-is-handshaker-supported')) console.log('No')
  const { code, said } = await runShim(args)
  if (said !== '') console.error(said)
  process.exitCode = code
}
