export { bindingBytes, type Binding } from './binding.js';
export { CannotOpen, sealer, type Sealer } from './sealer.js';
export { Secret } from './secret.js';
export { hashToken, isToken, newToken } from './token.js';
export { generateRecipientKeys, unwrapWith, wrapFor, type RecipientKeys } from './wrap.js';
