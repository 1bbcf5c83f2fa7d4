import { rulesWith, type Schedule, type ScheduleRules } from '../../domain/schedule.js';
import { publicHolidays } from './public-holidays.js';

/** What a schedule says around an instant, with the public holidays of the country that it names. */
export const withPublicHolidays = async (schedule: Schedule, around: Date): Promise<ScheduleRules> => {
  const { holidayCountry } = schedule;
  return rulesWith(
    schedule,
    holidayCountry === null ? [] : await publicHolidays.around(holidayCountry, around),
  );
};
