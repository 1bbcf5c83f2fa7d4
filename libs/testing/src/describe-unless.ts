import { isCi } from './config.js';

/**
 * `describe` for specs that a machine may lack something for. Where something is missing they are skipped and loudly say
 * so; under CI they fail, so that no check is ever quietly left out there.
 *
 * @param missing what to install, as a sentence or a command; undefined where everything is there
 */
export function describeUnless(missing: string | undefined, name: string, specs: () => void): void {
  if (!missing) return void describe(name, specs);
  if (isCi) {
    describe(name, () => {
      it('has all that it needs', () => {
        throw new Error(missing);
      });
    });
    return;
  }
  process.stderr.write(`\n  NOT TESTED: "${name}". ${missing}\n\n`);
  describe.skip(name, specs);
}
