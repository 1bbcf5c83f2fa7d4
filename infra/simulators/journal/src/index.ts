export { endLastLine, linesOf } from './lines-of.js';
export { PacedWriting } from './paced-writing.js';
export { replaceFile } from './replace-file.js';
