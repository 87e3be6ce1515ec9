import { actingFailures } from '../../../src/problem/catalogue/acting-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('acting', actingFailures)
