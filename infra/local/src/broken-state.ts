import { StopWithMessage } from './stop-with-message.js';

/** What a person is told of a state folder that cannot be used. */
export const brokenState = (path: string, why: string): StopWithMessage =>
  new StopWithMessage(
    `The state folder ${path} is broken: ${why}.\n  Start afresh with: npm start -- --reset`,
  );
