import type { Child } from './start-child.ts'

/** The terminal sends these to everybody in front of it, the child included. */
const fromTerminal = ['SIGINT', 'SIGQUIT'] as const
const fromOthers = ['SIGTERM', 'SIGHUP', 'SIGUSR2'] as const

/**
 * From now on signals are the child's: those that it does not get from the terminal are passed on, and none ends Parley.
 * What came before there was a child comes to it first. SIGTSTP and SIGCONT do to Parley what they do to the child.
 */
export function relaySignals(hasTerminal: boolean): (child: Child) => void {
  const early: NodeJS.Signals[] = []
  let child: Child | undefined
  for (const name of fromTerminal) process.on(name, () => pass(name, hasTerminal))
  for (const name of fromOthers) process.on(name, () => pass(name, false))
  return started => {
    child = started
    for (const name of early) started.signal(name)
  }

  function pass(name: NodeJS.Signals, hasIt: boolean): void {
    if (child === undefined) early.push(name)
    else if (!hasIt) child.signal(name)
  }
}
