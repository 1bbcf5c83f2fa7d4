import { refusalOf } from './failure.js';

const refusal = (message: string) =>
  refusalOf({
    operation: 'createServer',
    write: true,
    response: new Response(null, { status: 422 }),
    text: JSON.stringify({ error: { code: 'invalid_input', message } }),
  });

describe('what Hetzner says of a refusal', () => {
  it('is told as it stands', () => {
    const said = "invalid input in field 'name' (cr-01jd8z3k5w9f2v7x4q6r8t0y1a-1)";
    expect(refusal(said).reason).toBe(said);
  });

  it('is told without the token or the ticket that it may repeat', () => {
    const token = 'a1B2'.repeat(16);
    const ticket = `crt_${'Zm9v-Yg_'.repeat(6)}`;
    const error = refusal(`token ${token}, "${ticket}" in user_data`);
    expect(error.reason).toBe('token [token], "[token]" in user_data');
    const told = JSON.stringify([error, error.message, error.stack]);
    for (const secret of [token, ticket]) expect(told).not.toContain(secret);
  });

  it('is not told at any length', () => {
    expect(refusal('long '.repeat(10_000)).message.length).toBeLessThan(400);
  });
});
