import { fail } from '../tls-error.ts'

/**
 * The tls_flags of a ticket, where it has them: at least a byte, and none behind the last flag that is set
 * (draft-ietf-tls-tlsflags 2). No flag is heeded. Throws TlsError.
 */
export function checkTicketFlags(flags: Uint8Array | undefined): void {
  if (flags && (flags.length < 2 || flags[0] !== flags.length - 1)) fail('decode-error', 'tls_flags that are no list')
  if (flags?.at(-1) === 0) fail('illegal-parameter', 'tls_flags without a flag in the last byte')
}
