import { failedAnswer } from './failure.js';

it('a refusal is told without characters that nothing can store', () => {
  const response = new Response(null, { status: 400 });
  const body = JSON.stringify({ message: 'no\u0000 such \ud800 tag' });
  expect(failedAnswer('POST', 'POST user/runners', response, body).message).toBe(
    'POST user/runners: 400 no  such \ufffd tag',
  );
});
