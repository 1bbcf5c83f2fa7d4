import fc from 'fast-check';
import { planScript } from './run-script.js';

const step = (...script: string[]) => ({ name: 'script', script, when: 'on_success' });
const always = (...script: string[]) => ({ name: 'after_script', script, when: 'always' });
const shown = (lines: readonly { text: string }[]) => lines.map(({ text }) => text).join('');

describe('the plan of a script', () => {
  it('takes as long as its sleeps and shows every line when it runs', () => {
    const plan = planScript([step('make', 'sleep 1.5', 'sleep 2', 'echo done')]);
    expect(plan).toMatchObject({ duration: 3500, exitCode: 0 });
    expect(plan.lines).toEqual([
      { at: 0, text: '$ make\n' },
      { at: 0, text: '$ sleep 1.5\n' },
      { at: 1500, text: '$ sleep 2\n' },
      { at: 3500, text: '$ echo done\n' },
      { at: 3500, text: 'done\n' },
    ]);
  });

  it('ends a step at its exit and skips what follows, but not what runs always', () => {
    const plan = planScript([step('exit 4', 'echo a'), step('echo b'), always('echo c')]);
    expect(plan.exitCode).toBe(4);
    expect(shown(plan.lines)).toBe('$ exit 4\n$ echo c\nc\n');
  });

  it('goes on to the next step after an exit of 0', () => {
    expect(shown(planScript([step('exit 0', 'echo a'), step('echo b')]).lines)).toBe(
      '$ exit 0\n$ echo b\nb\n',
    );
  });

  it('keeps the exit code when what runs always fails', () => {
    expect(planScript([step('true'), always('exit 1')]).exitCode).toBe(0);
  });

  it('begins where it is told', () => {
    expect(planScript([step('sleep 1')], 500)).toMatchObject({ duration: 1500, lines: [{ at: 500 }] });
  });

  it('never goes back in time and never writes after its end, whatever the script', () => {
    const line = fc.oneof(
      fc.nat(90).map((n) => `sleep ${n}`),
      fc.nat(300).map((n) => `exit ${n}`),
      fc.string(),
    );
    const anyStep = fc.record({
      name: fc.constant('script'),
      script: fc.array(line),
      when: fc.constantFrom('on_success', 'always'),
    });
    fc.assert(
      fc.property(fc.array(anyStep), (steps) => {
        const { lines, duration, exitCode } = planScript(steps);
        const times = lines.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(Math.max(0, ...times)).toBeLessThanOrEqual(duration);
        expect(exitCode).toBeLessThan(256);
      }),
    );
  });
});
