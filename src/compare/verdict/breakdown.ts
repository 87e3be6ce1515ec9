import { aboutForm, unexpectedMessage } from '../../problem/from-alert.ts'
import { fatalAlertOf } from '../../problem/last-words.ts'
import type { LegPair } from '../leg-pair.ts'
import { alertName } from '../names.ts'

/**
 * What broke a handshake off that had been agreed on so far, as the end of a sentence: then nobody knows how it would
 * have gone without Parley. Undefined where nothing did, or where only Parley's own part on the client leg was refused.
 */
export function breakdownOf({ client, upstream }: LegPair): string | undefined {
  const alert = upstream && upstream.outcome !== 'established' ? fatalAlertOf('upstream', upstream) : undefined
  if (alert?.from === 'parley')
    return `then Parley aborted the handshake with ${alertName(alert.alert.description)}, as the client might have.`
  if (alert) return `then the server aborted the handshake with ${alertName(alert.alert.description)}.`
  if (upstream && upstream.outcome !== 'established') return 'the handshake with the server never finished.'
  const own = client?.outcome === 'failed' ? fatalAlertOf('client', client) : undefined
  if (own?.from !== 'parley') return undefined
  const { description } = own.alert
  if (description !== unexpectedMessage && !aboutForm.has(description)) return undefined
  return `Parley aborted the client’s handshake with ${alertName(description)}, as the server might have.`
}
