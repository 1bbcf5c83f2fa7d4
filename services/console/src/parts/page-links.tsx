import { Link } from '@tanstack/react-router';
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
  return (
    <nav className="pages" aria-label="Pages">
      <Links links={WATCHED} />
      <span className="pages-gap" />
      <Links links={SET_UP} />
      {mayOwn && <Links links={FOR_OWNERS} />}
    </nav>
  );
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
