import { forecast } from '../weather/forecast.js';
import { seeds } from '../weather/seeds.js';
import { withstand } from '../weather/withstand.js';

const all = seeds('1-100');
let withstood = 0;

describe('in rough weather, an installation', () => {
  afterAll(() => process.stderr.write(`Rough weather: ${withstood} of ${all.length} seeds withstood.\n`));

  it.each(all)(
    'loses no job, doubles nothing, leaves no orphan and bills what Hetzner bills, under CLEANROOM_SEEDS=%i',
    async (seed) => {
      await withstand(forecast(seed));
      withstood += 1;
    },
    1_500_000,
  );
});
