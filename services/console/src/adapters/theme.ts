export type Theme = 'light' | 'dark';

/** The theme that is shown; `theme.js` chose it before the first paint. */
export const theme = (): Theme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light');

/** Shows a theme, here and at the next visit. */
export function chooseTheme(chosen: Theme): void {
  document.documentElement.dataset.theme = chosen;
  try {
    localStorage.setItem('theme', chosen);
  } catch {
    // A browser that keeps nothing shows it until the page is left.
  }
}

/** Tells when another theme is shown, whoever chose it. */
export function listenToTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
