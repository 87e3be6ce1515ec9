import { ownFailures } from '../../../src/problem/catalogue/own-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('own', ownFailures)
