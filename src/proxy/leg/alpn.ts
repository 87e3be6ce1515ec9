/** What scripts speak, and nothing else. */
export const http1 = 'http/1.1'

/**
 * Protocol names, one byte a character, as the list of RFC 7301 3.1: Node would write those of GREASE (RFC 8701) in
 * UTF-8, and throws at an empty one, which no list may hold.
 */
export const alpnList = (protocols: readonly string[]): Uint8Array =>
  Buffer.concat(
    protocols
      .filter(name => name !== '')
      .map(name => Buffer.concat([Uint8Array.of(name.length), Buffer.from(name, 'latin1')])),
  )
