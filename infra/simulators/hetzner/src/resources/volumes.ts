import { notFound, unsupported } from '../api-error.js';
import type { Route } from '../route.js';
import { page } from '../wire/page.js';

/** Nobody here has any, but the fleeting plugin for Hetzner deletes no server before it has seen the list. */
export const volumeRoutes: readonly Route[] = [
  {
    operation: 'list_volumes',
    method: 'GET',
    path: '/volumes',
    handle: (_world, request) => page(request, 'volumes', [], (volume) => volume),
  },
  {
    operation: 'create_volume',
    method: 'POST',
    path: '/volumes',
    handle: () => {
      throw unsupported('volumes');
    },
  },
  {
    operation: 'get_volume',
    method: 'GET',
    path: '/volumes/{id}',
    handle: (_world, { params }) => {
      throw notFound('volume', params.id ?? '');
    },
  },
];
