import { tlsFailures } from '../../../src/problem/catalogue/tls-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('tls', tlsFailures)
