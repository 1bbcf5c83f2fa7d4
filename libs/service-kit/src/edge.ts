/**
 * What the gateway needs of the kit. Apart from the rest, because that brings Nest, Apollo and TypeORM into a process
 * that has use for none of them.
 */
export { baseConfigSchema } from './base-config.js';
export {
  CALL_HEADERS,
  signCall,
  verifyCall,
  type SignedCaller,
  type SignedParts,
  type UsedNonces,
} from './call-signature.js';
export { clockFrom } from './clock-from.js';
export { endWithSignals, type StoppableService } from './end-with-signals.js';
export { EXPECTED_CODES } from './expected-codes.js';
export { addLogFields, withLogFields, type LogFields } from './log-fields.js';
export { createLogger } from './logger.js';
export { isPrivateAddress } from './private-ranges.js';
export { InvalidConfig, parseConfig, readConfig } from './read-config.js';
export { Metrics } from './metrics.js';
export { repeat } from './repeat.js';
export { sessionIn } from './session-cookie.js';
export {
  signSocket,
  socketCheck,
  SOCKET_PARTS,
  UNAUTHORIZED_CLOSE,
  type SocketContext,
} from './signed-socket.js';
export { currentTraceParent, inTraceOf, startTracing, traceHeaders, withSpan } from './tracing.js';
