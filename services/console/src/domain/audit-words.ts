/** An action of the audit log as words: create-api-token. */
export function actionWords(action: string): string {
  const words = action
    .replaceAll('-', ' ')
    .replace(/\bapi\b/, 'API')
    .replace(/\bgitlab\b/, 'GitLab');
  return words.charAt(0).toUpperCase() + words.slice(1).replace(/\bhetzner\b/, 'Hetzner');
}

/** How it ended, in words. */
export const outcomeWords = (outcome: string): string =>
  outcome === 'DONE' ? 'Done' : `Refused: ${outcome.toLowerCase().replaceAll('_', ' ')}`;
