import type { ZodError } from 'zod';

/** What is wrong with a body, in a sentence that names each field. */
export const problemsOf = ({ issues }: ZodError): string =>
  issues
    .map((issue) => {
      const field = issue.path.join('.');
      if (issue.code !== 'unrecognized_keys') return `${field || 'the body'}: ${issue.message}`;
      return issue.keys.map((key) => `${[...issue.path, key].join('.')}: there is no such field`).join('; ');
    })
    .join('; ');
