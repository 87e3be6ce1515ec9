import { certificateFailures } from '../../../src/problem/catalogue/certificate-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('certificate', certificateFailures)
