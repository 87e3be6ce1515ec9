import { TlsError } from '../tls-error.ts'

/** bad_record_mac, in the same words whether padding, MAC, tag or length is wrong: RFC 5246 7.2.2, RFC 8446 5.2. */
export const badRecord = (): TlsError =>
  new TlsError(20, 'a record that does not open with the keys of this connection')
