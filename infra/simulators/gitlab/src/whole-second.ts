/** An instant as GitLab writes it; of whole seconds, as everything is that another clock is compared with. */
export const wholeSecond = (at: Date): string =>
  new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString();
