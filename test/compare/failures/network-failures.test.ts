import { networkFailures } from '../../../src/compare/failures/network-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('network', networkFailures)
