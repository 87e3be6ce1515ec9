import { ruleFailures } from '../../../src/problem/catalogue/rule-failures.ts'
import { checkFailures } from './check-failures.ts'

checkFailures('rule', ruleFailures)
