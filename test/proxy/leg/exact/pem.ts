import { writePem } from '../../../../src/wire/x509/pem.ts'

/** A certificate in DER as PEM. */
export const pemOf = (der: Uint8Array): string => writePem([der])
