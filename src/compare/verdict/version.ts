import { listNames, versionName } from '../names.ts'
import { type Check, mismatch, versionsOf } from './check.ts'

export const checkVersion: Check = ({ hello, sent, upstream }) => {
  const chosen = upstream.negotiated.version
  if (chosen === undefined) return undefined
  const offered = versionsOf(hello)
  const aspect = 'version'
  const name = versionName(chosen)
  if (offered.includes(chosen))
    return { aspect, standing: 'fits', sentence: `The client offers ${name}, which the server chose.` }
  const names = listNames(offered, versionName) || 'no version'
  const failure = { aspect, asBrowser: mismatch, asOpenssl: 'tlsv1 alert protocol version' }
  // A server takes the highest version that both know, so what it passed over it does not know.
  const passedOver = offered.filter(version => version > chosen)
  const asked = sent ? versionsOf(sent) : []
  if (passedOver.length === offered.length && passedOver.every(version => asked.includes(version)))
    return {
      ...failure,
      standing: 'fails',
      sentence: `The server speaks ${name} at most, and the client only ${names}.`,
    }
  const sentence = `The server chose ${name}, and the client offers ${names}: they agree only if the server supports that too, which this handshake does not show.`
  return { ...failure, standing: 'may-fail', sentence }
}
