/** RFC 8446 6, and where an RFC leaves the choice, what it leaves. */
export const unexpectedMessage = 10
export const badRecordMac = 20
export const recordOverflow = 22
export const handshakeFailure = 40
export const badCertificate = 42
export const unsupportedCertificate = 43
export const illegalParameter = 47
export const decodeError = 50
export const decryptError = 51
export const protocolVersion = 70
export const insufficientSecurity = 71
export const missingExtension = 109
export const unsupportedExtension = 110
/** Bytes that are wrong both in form and in sense. */
export const malformed = [illegalParameter, decodeError]
/** An extension that was not asked for, or not there. */
export const misplaced = [illegalParameter, unsupportedExtension]
