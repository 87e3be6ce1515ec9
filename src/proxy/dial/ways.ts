import type { Target } from '../../model/connection.ts'
import { problemOf } from '../../problem/problem.ts'
import { matchesTarget } from '../target-pattern.ts'
import { DialError } from './dial.ts'
import type { Credentials, Way } from './other-proxy.ts'
import type { Pac } from './pac/pac.ts'
import type { PacSource } from './pac/pac-source.ts'
import type { Ways } from './reach.ts'

/** How the person wants servers to be reached. */
export interface WaysOut {
  /** Where TLS, or what nobody knows, is asked for by CONNECT or otherwise. */
  readonly secure: Way
  /** Where an `http://` URL is asked for. */
  readonly clear: Way
  /** A PAC file, which then says both. */
  readonly pac?: PacSource
  /** For the proxies that the PAC file names. */
  readonly credentials?: Credentials | undefined
  /** Patterns of targets that are dialled directly. */
  readonly except: readonly string[]
}

const retryAfter = 10_000 // ms

const directly: readonly Way[] = ['direct']

/** The ways that the person wants; none of what they need is loaded before it is asked for. */
export function waysOf(out: WaysOut | undefined, verify: boolean, timeout: number): Ways {
  let pac: Promise<Pac> | undefined
  const load = (source: PacSource): Promise<Pac> => {
    pac ??= pacFrom(source, timeout).catch(error => {
      setTimeout(() => {
        pac = undefined // the server that has it may be there by then
      }, retryAfter).unref()
      throw error
    })
    return pac
  }
  return {
    verify,
    async waysTo(target, clear) {
      if (!out || out.except.some(pattern => matchesTarget(pattern, target))) return directly
      if (!out.pac) return [clear ? out.clear : out.secure]
      const found = await waysByPac(await load(out.pac), target, clear)
      return found.map(way => (way === 'direct' || !out.credentials ? way : { ...way, credentials: out.credentials }))
    },
  }
}

async function pacFrom(source: PacSource, timeout: number): Promise<Pac> {
  const { loadPac } = await import('./pac/pac-source.ts')
  const { openPac } = await import('./pac/pac.ts')
  return loadPac(source, timeout).then(openPac).catch(pacFailed)
}

const waysByPac = (pac: Pac, target: Target, clear: boolean): Promise<readonly Way[]> =>
  pac.find(target, clear).catch(pacFailed)

function pacFailed(error: Error): never {
  throw new DialError(problemOf('upstream-proxy/pac-failed', { detail: error.message }))
}
