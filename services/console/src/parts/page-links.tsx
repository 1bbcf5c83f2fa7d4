import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMay } from '../adapters/use-may.js';
import { Icon } from './icon.js';

const WATCHED = [
  ['/', 'fleet', 'Fleet'],
  ['/jobs', 'jobs', 'Jobs'],
  ['/cost', 'cost', 'Cost'],
  ['/schedules', 'schedules', 'Schedules'],
] as const;
const SET_UP = [
  ['/firewall', 'firewall', 'Firewall'],
  ['/static-ips', 'addresses', 'Static IPs'],
  ['/connections', 'connections', 'Connections'],
  ['/tokens', 'tokens', 'API tokens'],
] as const;
const FOR_OWNERS = [['/audit', 'audit', 'Audit log']] as const;

/** The way to every page that whoever is signed in may see: what is watched, then what is set up once. */
export function PageLinks() {
  const mayOwn = useMay('OWNER');
  const pages = useRef<HTMLElement>(null);
  const path = useLocation({ select: ({ pathname }) => pathname });
  useEffect(() => showCurrent(pages.current), [path, mayOwn]);
  return (
    <nav className="pages" aria-label="Pages" ref={pages}>
      <Links links={WATCHED} />
      <span className="pages-gap" />
      <Links links={SET_UP} />
      {mayOwn && <Links links={FOR_OWNERS} />}
    </nav>
  );
}

/** On a phone the links are one line that is wider than the screen: moves the current one to the middle, nothing else. */
function showCurrent(pages: HTMLElement | null): void {
  const current = pages?.querySelector('[aria-current="page"]');
  if (!pages || !current) return;
  const [room, its] = [pages.getBoundingClientRect(), current.getBoundingClientRect()];
  pages.scrollLeft += its.left + its.width / 2 - (room.left + room.width / 2);
}

interface LinksProps {
  readonly links: typeof WATCHED | typeof SET_UP | typeof FOR_OWNERS;
}

const Links = ({ links }: LinksProps) =>
  links.map(([to, icon, name]) => (
    <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }}>
      <Icon name={icon} /> {name}
    </Link>
  ));
