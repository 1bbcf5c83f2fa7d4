import { formatAmount, type Money } from '@cleanroom/kernel';
import { GraphQLError } from 'graphql';
import type { CostReport } from '../../domain/cost-report.js';
import type { BudgetAnswer } from '../../actions/read-budget.js';

/** Money as the public API writes it. */
export const presentMoney = (money: Money) => ({ amount: formatAmount(money), currency: money.currency });

export const presentReport = ({
  estimated,
  savedPercent,
  baselineMachines,
  perDay,
  ...amounts
}: CostReport) => ({
  estimated,
  savedPercent,
  baselineMachines: baselineMachines.map((one) => ({ ...one, hourly: presentMoney(one.hourly) })),
  total: presentMoney(amounts.total),
  machines: presentMoney(amounts.machines),
  staticIps: presentMoney(amounts.staticIps),
  alwaysOnBaseline: presentMoney(amounts.alwaysOnBaseline),
  saved: presentMoney(amounts.saved),
  perDay: perDay.map(({ date, cost, baseline }) => ({
    date,
    cost: presentMoney(cost),
    baseline: presentMoney(baseline),
  })),
});

/**
 * Null where there is no budget.
 *
 * @throws GraphQLError `SERVICE_UNAVAILABLE` while a price has to become known first
 */
export function presentBudget(answer: BudgetAnswer) {
  if (answer === 'none') return null;
  if (answer === 'price-unknown') throw pricesUnknown();
  const { limit, spent, reserved, forecast, period, onExhausted } = answer;
  return {
    limit: presentMoney(limit),
    spent: presentMoney(spent),
    reserved: presentMoney(reserved),
    forecast: presentMoney(forecast),
    period,
    onExhausted,
  };
}

/** For a moment after a project is connected; a sum without it would be too small. */
export const pricesUnknown = (): GraphQLError =>
  new GraphQLError('One of the prices is not known yet. Try again in a moment.', {
    extensions: { code: 'SERVICE_UNAVAILABLE' },
  });
