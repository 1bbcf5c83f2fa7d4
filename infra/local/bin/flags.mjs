// Runs under whatever Node the system has (20 or newer) and before anything is installed: built-in modules only.
import { parseArgs } from 'node:util';

const USAGE = `npm start -- [--speed N] [--no-jobs] [--reset] [--bus embedded|kafka]

  --speed N    virtual seconds per real second, 1 to 600 (default 10)
  --no-jobs    start everything, but play no jobs
  --reset      forget the state of earlier starts
  --bus NAME   embedded (default): the events go through PostgreSQL; kafka: through Apache Kafka, started here
               (needs Java and Maven) or running already at KAFKA_BROKERS=host:port`;

const options = {
  speed: { type: 'string', default: '10' },
  'no-jobs': { type: 'boolean', default: false },
  reset: { type: 'boolean', default: false },
  bus: { type: 'string', default: 'embedded' },
  help: { type: 'boolean', short: 'h', default: false },
};

/** As programs end that were called in a way that they do not know. */
const MISUSED = 2;

/**
 * Reads the command line. Ends the process where help is asked for (code 0), or with a sentence that names what it
 * does not understand (code 2).
 *
 * @param {string[]} args
 * @returns {import('./flags.mjs').Flags}
 */
export function readFlags(args) {
  try {
    refuseWhatNpmKept();
    const values = parse(args);
    if (!values.help) return flagsFrom(values);
  } catch (error) {
    process.stderr.write(`\n  ${error.message}\n\n`);
    process.exit(MISUSED);
  }
  process.stdout.write(`\n${USAGE}\n\n`);
  process.exit(0);
}

/** Without the two dashes npm takes a flag for one of its own, and the start would do the opposite of what was asked. */
function refuseWhatNpmKept() {
  const kept = ['speed', 'no-jobs', 'reset', 'bus'].find(isKeptByNpm);
  if (kept)
    throw new Error(`npm kept --${kept} for itself. Put two dashes before it: npm start -- --${kept}`);
}

/** npm hands its settings on in the environment: `--reset` as "true", `--no-jobs` as jobs without a value. */
function isKeptByNpm(flag) {
  const value = process.env[`npm_config_${flag.replace(/^no-/, '')}`];
  return flag.startsWith('no-') ? value === '' : value !== undefined;
}

function flagsFrom(values) {
  if (values.bus !== 'embedded' && values.bus !== 'kafka')
    throw new Error(`--bus knows "embedded" and "kafka", not "${values.bus}".`);
  const speed = Number(values.speed);
  if (values.speed.trim() === '' || !Number.isFinite(speed) || speed < 1 || speed > 600) {
    throw new Error(`--speed takes a number from 1 to 600, not "${values.speed}".`);
  }
  return { speed, jobs: !values['no-jobs'], reset: values.reset, bus: values.bus };
}

function parse(args) {
  try {
    return parseArgs({
      args,
      options,
    }).values;
  } catch (error) {
    throw new Error(`${error.message}\n\n${USAGE}`, { cause: error });
  }
}
