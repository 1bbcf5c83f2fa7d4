import { hasAllTools } from './config.js';

/**
 * `describe` for specs that a machine may lack something for. Where something is missing they are skipped and loudly say
 * so, or fail where it must be there, so that no check is quietly left out.
 *
 * @param missing what to install, as a sentence or a command; undefined where everything is there
 * @param isRequired whether what is missing is a failure
 */
export function describeUnless(
  missing: string | undefined,
  name: string,
  specs: () => void,
  isRequired = hasAllTools,
): void {
  if (!missing) return void describe(name, specs);
  if (isRequired) {
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
