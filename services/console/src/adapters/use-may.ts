import { useQuery } from '@tanstack/react-query';
import { mayDo, type Role } from '../domain/roles.js';
import { sessionQuery } from './queries.js';

/** Whether whoever is signed in may do what a role may. */
export function useMay(least: Role): boolean {
  const { data: signedIn } = useQuery(sessionQuery);
  return mayDo(signedIn?.role, least);
}
