import { storeFailures } from '../../../src/problem/catalogue/store-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('store', storeFailures)
