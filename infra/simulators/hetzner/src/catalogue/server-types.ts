/** A server type with its prices for new orders since June 2026, net, in euros, without an IPv4 address. */
export interface ServerType {
  readonly id: number;
  readonly name: string;
  readonly cores: number;
  /** GB. */
  readonly memory: number;
  /** GB. */
  readonly disk: number;
  readonly monthly: string;
  readonly hourly: string;
  readonly architecture: 'x86' | 'arm';
  readonly cpuType: 'shared' | 'dedicated';
  readonly category: string;
}

type Row = [
  id: number,
  name: string,
  cores: number,
  memory: number,
  disk: number,
  monthly: string,
  hourly: string,
];

const rows: readonly Row[] = [
  [114, 'cx23', 2, 4, 40, '5.49', '0.0088'],
  [115, 'cx33', 4, 8, 80, '8.49', '0.0136'],
  [116, 'cx43', 8, 16, 160, '15.99', '0.0256'],
  [117, 'cx53', 16, 32, 320, '29.49', '0.0473'],
  [45, 'cax11', 2, 4, 40, '5.99', '0.0096'],
  [93, 'cax21', 4, 8, 80, '10.49', '0.0168'],
  [94, 'cax31', 8, 16, 160, '20.99', '0.0336'],
  [95, 'cax41', 16, 32, 320, '40.99', '0.0657'],
  [107, 'cpx02', 1, 1, 20, '5.99', '0.0096'],
  [108, 'cpx12', 1, 2, 40, '11.49', '0.0184'],
  [109, 'cpx22', 2, 4, 80, '19.49', '0.0312'],
  [110, 'cpx32', 4, 8, 160, '35.49', '0.0569'],
  [111, 'cpx42', 8, 16, 320, '69.49', '0.1114'],
  [112, 'cpx52', 12, 24, 480, '100.49', '0.1610'],
  [113, 'cpx62', 16, 32, 640, '129.99', '0.2083'],
  [96, 'ccx13', 2, 8, 80, '42.99', '0.0689'],
  [97, 'ccx23', 4, 16, 160, '85.99', '0.1378'],
  [98, 'ccx33', 8, 32, 240, '138.49', '0.2219'],
  [99, 'ccx43', 16, 64, 360, '275.99', '0.4423'],
  [100, 'ccx53', 32, 128, 600, '533.49', '0.8550'],
  [101, 'ccx63', 48, 192, 960, '853.49', '1.3678'],
];

export const serverTypes: readonly ServerType[] = rows.map(
  ([id, name, cores, memory, disk, monthly, hourly]): ServerType => ({
    id,
    name,
    cores,
    memory,
    disk,
    monthly,
    hourly,
    architecture: name.startsWith('cax') ? 'arm' : 'x86',
    cpuType: name.startsWith('ccx') ? 'dedicated' : 'shared',
    category: categoryOf(name),
  }),
);

function categoryOf(name: string): string {
  if (name.startsWith('ccx')) return 'General Purpose';
  return name.startsWith('cpx') ? 'Regular Performance' : 'Cost-Optimized';
}
