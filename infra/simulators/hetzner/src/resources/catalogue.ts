import { notFound, removed, unsupported } from '../api-error.js';
import { images, type Image } from '../catalogue/images.js';
import { locations } from '../catalogue/locations.js';
import { serverTypes } from '../catalogue/server-types.js';
import type { Answer, ApiRequest, Route } from '../route.js';
import { imageBody } from '../wire/image-body.js';
import { page } from '../wire/page.js';
import { pricingBody } from '../wire/pricing-body.js';
import { serverTypeBody } from '../wire/server-type-body.js';
import type { World } from '../world.js';

function datacenters(): Answer {
  throw removed();
}

/** Images are Hetzner's own here, which nobody can change. */
function refuseImageChange(_world: World, { params }: ApiRequest): Answer {
  findImage(params.id);
  throw unsupported('changes of images');
}

export const findImage = (id: string | undefined): Image => byId(images, 'image', id);

function byId<T extends { readonly id: number }>(all: readonly T[], what: string, id: string | undefined): T {
  const found = all.find((each) => String(each.id) === id);
  if (!found) throw notFound(what, id ?? '');
  return found;
}

/** What can be ordered, where, and for how much. */
export const catalogueRoutes: readonly Route[] = [
  {
    operation: 'list_server_types',
    method: 'GET',
    path: '/server_types',
    handle: (world, request) =>
      page(request, 'server_types', serverTypes, (type) => serverTypeBody(type, world)),
  },
  {
    operation: 'get_server_type',
    method: 'GET',
    path: '/server_types/{id}',
    handle: (world, { params }) => ({
      status: 200,
      body: { server_type: serverTypeBody(byId(serverTypes, 'server type', params.id), world) },
    }),
  },
  {
    operation: 'list_locations',
    method: 'GET',
    path: '/locations',
    handle: (_world, request) => page(request, 'locations', locations, (location) => location),
  },
  {
    operation: 'get_location',
    method: 'GET',
    path: '/locations/{id}',
    handle: (_world, { params }) => ({
      status: 200,
      body: { location: byId(locations, 'location', params.id) },
    }),
  },
  {
    operation: 'list_images',
    method: 'GET',
    path: '/images',
    handle: (_world, request) => {
      const wanted = request.query.getAll('architecture');
      const types = request.query.getAll('type');
      const found = images.filter(
        ({ architecture }) =>
          (wanted.length === 0 || wanted.includes(architecture)) &&
          (types.length === 0 || types.includes('system')) &&
          !request.query.has('bound_to'),
      );
      const listed = found.map((image) => ({ ...image, status: 'available' }));
      return page(request, 'images', listed, imageBody);
    },
  },
  {
    operation: 'get_image',
    method: 'GET',
    path: '/images/{id}',
    handle: (_world, { params }) => ({
      status: 200,
      body: { image: imageBody(findImage(params.id)) },
    }),
  },
  { operation: 'update_image', method: 'PUT', path: '/images/{id}', handle: refuseImageChange },
  { operation: 'delete_image', method: 'DELETE', path: '/images/{id}', handle: refuseImageChange },
  {
    operation: 'change_image_protection',
    method: 'POST',
    path: '/images/{id}/actions/change_protection',
    handle: refuseImageChange,
  },
  {
    operation: 'get_pricing',
    method: 'GET',
    path: '/pricing',
    handle: ({ prices }) => ({ status: 200, body: { pricing: pricingBody(prices) } }),
  },
  { operation: 'list_datacenters', method: 'GET', path: '/datacenters', handle: datacenters },
  { operation: 'get_datacenter', method: 'GET', path: '/datacenters/{id}', handle: datacenters },
];
