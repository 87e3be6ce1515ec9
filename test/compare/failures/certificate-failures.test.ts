import { certificateFailures } from '../../../src/compare/failures/certificate-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('certificate', certificateFailures)
