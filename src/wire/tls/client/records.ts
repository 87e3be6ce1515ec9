export { clearRecord } from './records/clear-record.ts'
export { maxPlaintext, recordsPerKey } from './records/limits.ts'
export { Opener } from './records/opener.ts'
export { Sealer } from './records/sealer.ts'
