import { useSyncExternalStore } from 'react';
import { chooseTheme, listenToTheme, theme } from '../adapters/theme.js';
import { Icon } from './icon.js';

/** Changes between light and dark. */
export function ThemeButton() {
  const shown = useSyncExternalStore(listenToTheme, theme);
  const other = shown === 'dark' ? 'light' : 'dark';
  return (
    <button className="quiet-button" type="button" onClick={() => chooseTheme(other)} title={`Show ${other}`}>
      <Icon name={shown === 'dark' ? 'sun' : 'moon'} />
      <span className="only-read">Show {other}</span>
    </button>
  );
}
