const PATHS = {
  fleet: 'M3 3h6v6H3zM11 3h6v6h-6zM3 11h6v6H3zM11 11h6v6h-6z',
  moon: 'M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16',
  leave: 'M8 3H4v14h4M12.5 6.5 16 10l-3.5 3.5M16 10H8',
  search: 'M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11zM13.2 13.2 17 17',
  copy: 'M7 7h10v10H7zM13 7V3H3v10h4',
  jobs: 'M3 5h14M3 10h14M3 15h9',
  cost: 'M4 17V9M10 17V3M16 17v-5M2 17h16',
  schedules: 'M3 5h14v12H3zM3 9h14M7 2.5V5M13 2.5V5',
  firewall: 'M10 2.5 16.5 5v5c0 4-3 6.5-6.5 7.5C6.5 16.5 3.5 14 3.5 10V5z',
  addresses: 'M10 17.5s5.5-5 5.5-9.5a5.5 5.5 0 0 0-11 0c0 4.5 5.5 9.5 5.5 9.5zM10 6.5v3',
  connections: 'M7 3v4M13 3v4M4.5 7h11v3a5.5 5.5 0 0 1-11 0zM10 15.5V18',
  tokens: 'M7 6a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 10h6.5M15 10v3',
  audit: 'M5 2.5h10v15H5zM8 6.5h4M8 10h4M8 13.5h2',
} as const;

/** A drawing beside a word, or in a button that has a name. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
