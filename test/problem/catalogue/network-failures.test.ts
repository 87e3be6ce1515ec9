import { networkFailures } from '../../../src/problem/catalogue/network-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('network', networkFailures)
