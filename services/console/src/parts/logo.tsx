/** A closed room with one runner in it. */
export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect className="logo-ground" width="32" height="32" rx="8" />
      <rect className="logo-frame" x="8.5" y="8.5" width="15" height="15" rx="1.5" />
      <rect className="logo-dot" x="13.5" y="13.5" width="5" height="5" />
    </svg>
  );
}
