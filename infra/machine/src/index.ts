export { MAX_USER_DATA_BYTES, renderUserData } from './render-user-data.js';
export type { UserDataInput } from './user-data-input.js';
