/** A system image. Snapshots do not exist in the simulator. */
export interface Image {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly flavor: 'debian' | 'ubuntu';
  readonly version: string;
  readonly architecture: 'x86' | 'arm';
  readonly created: string;
}

const image = (
  id: number,
  flavor: Image['flavor'],
  version: string,
  architecture: Image['architecture'],
  created: string,
): Image => ({
  id,
  name: `${flavor}-${version}`,
  description: `${flavor === 'debian' ? 'Debian' : 'Ubuntu'} ${version}`,
  flavor,
  version,
  architecture,
  created,
});

export const images: readonly Image[] = [
  image(67794396, 'ubuntu', '22.04', 'x86', '2022-04-21T13:32:38Z'),
  image(103908130, 'ubuntu', '22.04', 'arm', '2023-03-20T10:10:04Z'),
  image(114690387, 'debian', '12', 'x86', '2023-06-13T06:00:56Z'),
  image(114690389, 'debian', '12', 'arm', '2023-06-13T06:00:58Z'),
  image(161547269, 'ubuntu', '24.04', 'x86', '2024-04-25T13:26:27Z'),
  image(161547270, 'ubuntu', '24.04', 'arm', '2024-04-25T13:26:51Z'),
  image(310557660, 'debian', '13', 'x86', '2025-08-11T08:05:29Z'),
  image(310557661, 'debian', '13', 'arm', '2025-08-11T08:05:42Z'),
];
