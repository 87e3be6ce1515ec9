import type { Field } from '../reader.ts'
import { readStructure } from './structure.ts'

/**
 * Every part of a certificate as a tree, each with its place in `der`, headers included. RFC 5280 4.1.
 * Throws MalformedError for what is no certificate; one extension that cannot be read is shown as bytes.
 */
export const certificateFields = (der: Uint8Array): readonly Field[] => readStructure(der).fields
