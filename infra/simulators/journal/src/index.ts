export { EVERY_OPERATION, faultModes, faultOrder, type Fault, type FaultMode } from './fault-order.js';
export { Faults } from './faults.js';
export { endLastLine, linesOf } from './lines-of.js';
export { PacedWriting } from './paced-writing.js';
export { problemsOf } from './problems-of.js';
export { replaceFile } from './replace-file.js';
export { seededRandom } from './seeded-random.js';
