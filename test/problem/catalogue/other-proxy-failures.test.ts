import { otherProxyFailures } from '../../../src/problem/catalogue/other-proxy-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('other proxy', otherProxyFailures)
