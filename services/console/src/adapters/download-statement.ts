import { NoAnswer, SignedOut } from './session.js';

export type StatementForm = 'csv' | 'json';

const WHY_NOT: Readonly<Record<string, string>> = {
  not_closed: 'The statement of that month is not made yet.',
  nothing_billed: 'Nothing was billed in that month.',
};

/**
 * Saves the statement of a month as a file; the session is enough for it.
 *
 * @returns why there is none; empty where it was saved
 * @throws SignedOut, NoAnswer
 */
export async function downloadStatement(month: string, form: StatementForm): Promise<string> {
  const file = `${month}.${form}`;
  const response = await fetch(`/billing/statements/${file}`).catch(() => {
    throw new NoAnswer('Cleanroom cannot be reached from here.');
  });
  if (response.status === 401) throw new SignedOut();
  if (response.status === 404) {
    const { error } = (await response.json()) as { readonly error: string };
    return WHY_NOT[error] ?? 'There is no such statement.';
  }
  if (!response.ok) throw new NoAnswer('The billing service does not answer at the moment.');
  save(await response.blob(), `cleanroom-${file}`);
  return '';
}

function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
