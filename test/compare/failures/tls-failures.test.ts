import { tlsFailures } from '../../../src/compare/failures/tls-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('tls', tlsFailures)
