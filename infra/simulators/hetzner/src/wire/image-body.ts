import type { Image } from '../catalogue/images.js';

/** A system image in its wire form. */
export const imageBody = (image: Image): object => ({
  id: image.id,
  type: 'system',
  status: 'available',
  name: image.name,
  description: image.description,
  image_size: null,
  disk_size: 5,
  created: image.created,
  created_from: null,
  bound_to: null,
  os_flavor: image.flavor,
  os_version: image.version,
  rapid_deploy: true,
  protection: { delete: false },
  deprecated: null,
  deleted: null,
  labels: {},
  architecture: image.architecture,
});
