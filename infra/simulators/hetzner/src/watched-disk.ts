type Disk = Record<string, unknown>;

/** A view of a guest's disk that tells of every change made through it, however deep. */
export function watchedDisk(disk: Disk, changed: () => void): Disk {
  return new Proxy(disk, {
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      return isPlain(value) ? watchedDisk(value, changed) : value;
    },
    set: (target, key, value) => {
      changed();
      return Reflect.set(target, key, value);
    },
    deleteProperty: (target, key) => {
      changed();
      return Reflect.deleteProperty(target, key);
    },
  });
}

const isPlain = (value: unknown): value is Disk => typeof value === 'object' && value !== null;
