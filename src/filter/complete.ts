import { operatorNamed, operators } from './operators.ts'

/**
 * Words that could stand where the cursor is, each to replace the word that the cursor ends: operators after `~`, and
 * the usual values after an operator that has some. Never throws, whatever the text.
 */
export function complete(text: string, cursor: number): string[] {
  const before = text.slice(0, cursor)
  const started = /~[a-z0-9]*$/i.exec(before)?.[0]
  if (started !== undefined) return operators.map(({ name }) => `~${name}`).filter(word => word.startsWith(started))
  const value = /~([a-z0-9]+)\s+([^\s()~'"]*)$/i.exec(before)
  if (!value) return []
  return (operatorNamed(value[1]!)?.values ?? []).filter(word => word.toLowerCase().startsWith(value[2]!.toLowerCase()))
}
