import { tls13 } from '../../wire/tls/registry/versions.ts'
import { versionName } from '../names.ts'
import { type Check, versionsOf } from './check.ts'

const fallbackSignal = 0x5600 // TLS_FALLBACK_SCSV

/**
 * A client that says it fell back is refused by a server that can do more than it offers (RFC 7507 3). What the server
 * can do shows in the end of its random (RFC 8446 4.1.3), where Parley did not pass the signal on.
 */
export const checkFallback: Check = ({ hello, sent, upstream }) => {
  const { serverHello, negotiated } = upstream
  const most = Math.max(...versionsOf(hello))
  if (!hello.cipherSuites.includes(fallbackSignal) || !(most < tls13) || !serverHello) return undefined
  if (sent?.cipherSuites.includes(fallbackSignal) || (negotiated.version ?? most) > most) return undefined
  const aspect = 'fallback'
  const signal = 'The client says that it fell back to an older version (TLS_FALLBACK_SCSV)'
  const failure = { aspect, asBrowser: 'ERR_SSL_PROTOCOL_ERROR', asOpenssl: 'tlsv1 alert inappropriate fallback' }
  const tail = Buffer.from(serverHello.random.subarray(24)).toString('latin1')
  const canDoMore = tail === 'DOWNGRD\x01' || (tail === 'DOWNGRD\x00' && most < 0x0303)
  if (canDoMore)
    return {
      ...failure,
      standing: 'fails',
      sentence: `${signal}, and the server can do more than ${versionName(most)}, so it would refuse with inappropriate_fallback.`,
    }
  return {
    ...failure,
    standing: 'may-fail',
    sentence: `${signal}, which the server did not see: it would refuse if it can do more than ${versionName(most)}.`,
  }
}
