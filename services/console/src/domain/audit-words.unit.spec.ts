import { actionWords, outcomeWords } from './audit-words.js';

it('says what was done', () => {
  expect(actionWords('create-api-token')).toBe('Create API token');
  expect(actionWords('connect-hetzner-project')).toBe('Connect Hetzner project');
});

it('says how it ended', () => {
  expect(outcomeWords('DONE')).toBe('Done');
  expect(outcomeWords('NOT_ALLOWED')).toBe('Refused: not allowed');
});
