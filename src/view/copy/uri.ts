import type { Exchange } from '../../model/exchange.ts'
import { urlOf } from './request.ts'

/** What may not stand in a URI (RFC 3986 2), and a percent sign without its two digits. */
const notInUri = /%(?![0-9A-Fa-f]{2})|[^\w\-.~:/?#[\]@!$&'()*+,;=%]/gu

/** A text of bytes as a URI: what may not stand in one is percent-encoded (RFC 3986 2.1). */
export const escapeUri = (latin1: string): string => latin1.replace(notInUri, percentEncoded)

/** The URL of a request as programs take one that refuse what is no URI. */
export const uriOf = (exchange: Exchange): string => escapeUri(urlOf(exchange))

/** A character up to U+00FF is a byte, as in all that is read from the wire. */
const percentEncoded = (character: string): string =>
  [...Buffer.from(character, character > '\xff' ? 'utf8' : 'latin1')]
    .map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('')
