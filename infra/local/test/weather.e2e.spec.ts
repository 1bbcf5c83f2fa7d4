import { forecast } from './weather/forecast.js';
import { withstand } from './weather/withstand.js';

/** One of the hundred of `rough-weather`: it kills three services and the database, and needs no minute of waiting. */
const SEED = 12;

it(
  'an installation in rough weather loses no job, doubles nothing, leaves no orphan and bills what Hetzner bills',
  () => withstand(forecast(SEED)),
  600_000,
);
