import dns from 'node:dns'
import type { Target } from '../../../model/connection.ts'
import { hostAndPort } from '../../../model/host-and-port.ts'
import type { Way } from '../other-proxy.ts'
import { type Found, type Interpreter, openInterpreter } from './interpreter.ts'
import { readPacWays } from './pac-ways.ts'

/** A PAC file that was read. */
export interface Pac {
  /** The ways to a target. Throws an Error that says why the file names none. */
  find(target: Target, clear: boolean): Promise<readonly Way[]>
}

const mostNames = 16 // that one question may look up
const lookupPatience = 5000 // ms

/**
 * A PAC file in an interpreter of its own. Names are looked up outside of it: a question that needs one is asked again
 * when it is known.
 */
export async function openPac(text: string): Promise<Pac> {
  const interpreter = await openInterpreter(text)
  return {
    async find(target, clear) {
      const args = [urlOf(target, clear), target.host].map(arg => JSON.stringify(arg)).join(', ')
      return readPacWays(await ask(interpreter, `String(FindProxyForURL(${args}) ?? '')`))
    },
  }
}

/** Without a path: it is the way to a host that is asked for, as browsers do for https. */
function urlOf(target: Target, clear: boolean): string {
  const [scheme, usual] = clear ? ['http', 80] : ['https', 443]
  return `${scheme}://${target.port === usual ? hostAndPort(target).replace(/:\d+$/, '') : hostAndPort(target)}/`
}

async function ask(interpreter: Interpreter, question: string): Promise<string> {
  const found: Found = new Map()
  for (;;) {
    const said = interpreter.evaluate(question, found)
    if ('answer' in said) return said.answer
    if (found.size >= mostNames) throw new Error(`it looks up more than ${mostNames} names`)
    found.set(said.missing, await addressesOf(said.missing))
  }
}

async function addressesOf(name: string): Promise<readonly string[]> {
  const patience = new Promise<readonly string[]>(resolve => setTimeout(() => resolve([]), lookupPatience).unref())
  const asked = dns.promises.lookup(name, { all: true, order: 'ipv4first' }).then(
    all => all.map(({ address }) => address),
    () => [],
  )
  return Promise.race([asked, patience])
}
