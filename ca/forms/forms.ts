export { sealedTrustStore } from '../pkcs12.ts'
export { subjectHashOld } from './android-name.ts'
export { mobileconfig } from './mobileconfig.ts'
