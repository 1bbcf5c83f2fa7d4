import { publicHolidays } from './public-holidays.js';

const at = new Date('2026-06-01T12:00:00Z');
const names = async (code: string): Promise<Map<string, string>> =>
  new Map((await publicHolidays.around(code, at)).map(({ date, name }) => [date, name]));

describe('the public holidays', () => {
  it.each([
    ['DE', 'DE'],
    ['de-by', 'DE-BY'],
    ['DE-BY-A', 'DE-BY-A'],
    ['US-la', 'US-LA'],
    ['DE-XX', undefined],
    ['DE-BY-A-1', undefined],
    ['DE-', undefined],
    ['ZZ', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
  ])('of "%s" are kept under %s', async (code, found) => {
    expect(await publicHolidays.find(code)).toBe(found);
  });

  it('are those of the country, and of its part where one is named', async () => {
    const [germany, bavaria] = [await names('DE'), await names('DE-BY')];
    expect(germany.get('2026-12-25')).toBe('Christmas Day');
    expect(germany.has('2026-01-06')).toBe(false);
    expect(bavaria.get('2026-01-06')).toBe('Epiphany');
  });

  it('move with Easter and are known for the year before and the two after', async () => {
    const germany = await names('DE');
    const easterMondays = ['2025-04-21', '2026-04-06', '2027-03-29', '2028-04-17'];
    expect(easterMondays.filter((date) => germany.has(date))).toEqual(easterMondays);
  });

  it('leave out what is merely observed, and days of which only half is taken', async () => {
    const [germany, china] = [await names('DE'), await names('CN')];
    expect(germany.has('2026-12-24')).toBe(false);
    expect(china.has('2026-05-04')).toBe(false);
  });

  it('begin on the date whose eve they begin on, and last for all of their days', async () => {
    const turkey = await names('TR');
    const bayram = ['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22', '2026-03-23'];
    expect(bayram.filter((date) => turkey.has(date))).toEqual(bayram.slice(1, 4));
  });
});
