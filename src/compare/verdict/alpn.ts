import { answerHidden } from '../hidden.ts'
import type { Check } from './check.ts'

export const checkAlpn: Check = ({ hello, upstream }) => {
  const chosen = upstream.negotiated.alpn
  const offered = hello.alpn
  const aspect = 'alpn'
  if (!offered) {
    if (chosen === undefined) return undefined
    const sentence = `The client offers no ALPN, so the server would have used its default instead of ${chosen}.`
    return { aspect, standing: 'fits', sentence }
  }
  if (chosen === undefined && answerHidden(upstream)) return undefined
  if (chosen === undefined)
    return { aspect, standing: 'fits', sentence: 'The server answers no ALPN, which every client accepts.' }
  if (offered.includes(chosen))
    return { aspect, standing: 'fits', sentence: `The client offers ${chosen}, which the server chose.` }
  return {
    aspect,
    standing: 'may-fail',
    sentence: `The client offers ${offered.join(', ')}, not ${chosen}, which the server chose; a server that supports none of them may refuse.`,
    asBrowser: 'ERR_SSL_PROTOCOL_ERROR',
    asOpenssl: 'tlsv1 alert no application protocol',
  }
}
