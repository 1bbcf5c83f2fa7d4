import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { freePortBlock } from '@cleanroom/testing';
import { Launchers } from './launchers.js';

describe('npm start that cannot start', () => {
  const launchers = new Launchers();
  afterAll(() => launchers.end(), 90_000);

  it.each([
    [['--speed', 'fast'], '--speed takes a number'],
    [['--speed', '0'], '--speed takes a number'],
    [['--bus', 'pigeons'], '--bus knows'],
    [['--nonsense'], 'Unknown option'],
  ])('refuses %j with a sentence and without a stack', async (flags, sentence) => {
    const launcher = launchers.launch(launchers.newFolder(), await freePortBlock(), ...flags);
    expect(await launcher.ended).toBe(2);
    expect(launcher.output).toContain(sentence);
    expect(launcher.output).not.toMatch(/\n\s+at /);
  });

  it('names the port that somebody else has taken, and starts nothing', async () => {
    const base = await freePortBlock();
    const other = createServer().listen(base + 3, '127.0.0.1');
    const launcher = launchers.launch(launchers.newFolder(), base, '--speed', '3', '--no-jobs');
    expect(await launcher.ended).toBe(1);
    other.close();
    expect(launcher.output).toContain(`Port ${base + 3} (firewall) is taken`);
    expect(launcher.output).toContain(
      `CLEANROOM_PORT_BASE=${base + 1000} npm start -- --speed 3 --no-jobs\n`,
    );
  });

  it('says that a state folder is broken and how to start afresh, and touches nothing in it', async () => {
    const folder = launchers.newFolder();
    writeFileSync(join(folder, 'installation.json'), '{ "half": ');
    const launcher = launchers.launch(folder, await freePortBlock());
    expect(await launcher.ended).toBe(1);
    expect(launcher.output).toContain('is broken');
    expect(launcher.output).toContain('--reset');
    expect(readFileSync(join(folder, 'installation.json'), 'utf8')).toBe('{ "half": ');
  });

  it('tells of a database whose keys are gone instead of making new ones', async () => {
    const folder = launchers.newFolder();
    mkdirSync(join(folder, 'postgres'));
    const launcher = launchers.launch(folder, await freePortBlock());
    expect(await launcher.ended).toBe(1);
    expect(launcher.output).toContain('installation.json is missing');
  });

  it('refuses a folder that holds other things, also to reset it', async () => {
    const folder = launchers.newFolder();
    writeFileSync(join(folder, 'diary.txt'), 'mine');
    const launcher = launchers.launch(folder, await freePortBlock(), '--reset');
    expect(await launcher.ended).toBe(1);
    expect(launcher.output).toContain('holds other things (diary.txt)');
    expect(readFileSync(join(folder, 'diary.txt'), 'utf8')).toBe('mine');
  });

  it.each([
    ['CLEANROOM_LOG_LEVEL', 'loud'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'nowhere'],
  ])('refuses a %s of "%s" by name', async (name, value) => {
    process.env[name] = value;
    const launcher = launchers.launch(launchers.newFolder(), await freePortBlock());
    delete process.env[name];
    expect(await launcher.ended).toBe(1);
    expect(launcher.output).toContain(`${name} takes`);
  });
});
