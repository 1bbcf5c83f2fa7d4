export * from './child.js';
export * from './config.js';
export * from './demo.js';
export * from './graphql-client.js';
export * from './processes.js';
export * from './system.js';
