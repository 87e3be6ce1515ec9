/** Parley against a bare relay, as ratios in one run; README.md says how. */
import './ratio/main.ts'
