import { existsSync } from 'node:fs'
import { buildGo } from './go.ts'
import type { Went } from './hello-differences.ts'
import { type Owner, run } from './processes.ts'

/** Debian's golang-refraction-networking-utls-dev. */
export const haveUtls = existsSync('/usr/share/gocode/src/github.com/refraction-networking/utls')

/** A pose of uTLS, and the origin that it asks for. */
export interface Asked {
  readonly pose: string
  readonly port: number
}

export interface Poses {
  readonly names: readonly string[]
  /** Sends them through a proxy's tunnels to `host`; how it went, by the port that was asked. */
  ask(proxyPort: number, roots: string, host: string, asked: readonly Asked[]): Promise<ReadonlyMap<number, Went>>
}

/** Compiles the program that poses. */
export async function buildPoses(owner: Owner): Promise<Poses> {
  const program = await buildGo(owner, 'poses.go')
  return {
    names: JSON.parse((await run(program, [])).stdout),
    async ask(proxyPort, roots, host, asked) {
      const targets = asked.map(({ pose, port }) => `${host}:${port}=${pose}`)
      const args = [`127.0.0.1:${proxyPort}`, roots, ...targets]
      const { code, stdout, stderr } = await run(program, args, { timeout: 120_000 })
      if (code !== 0) throw new Error(`the poses ended with ${code}: ${stderr}`)
      const lines = stdout.split('\n').filter(line => line !== '')
      return new Map(
        lines.map(line => {
          const { pose: _, target, ...outcome } = JSON.parse(line)
          return [Number(target.split(':')[1]), went(outcome)]
        }),
      )
    },
  }
}

interface Outcome {
  readonly answer?: string
  readonly failed?: string
}

/** The page with which Parley says that it was refused is a refusal. */
function went({ failed, ...rest }: Outcome): Went {
  if (failed === undefined) return / 502 /.test(rest.answer ?? '') ? { refused: 'by a page' } : { got: rest }
  return /^remote error|EOF|reset by peer/.test(failed) ? { refused: failed } : { gaveUp: failed }
}
