import {
  enterPrimaryIp,
  enterServer,
  isServerName,
  primaryIpCount,
  renameServer,
  serverCount,
  strikePrimaryIp,
  strikeServer,
} from './census.js';
import { emptyProject, type PrimaryIp, type Project, type Server } from './state.js';

const server = (id: number, name: string): Server => ({ id, name }) as Server;
const ip = (id: number): PrimaryIp => ({ id }) as PrimaryIp;
const counted = (project: Project) => [serverCount(project), primaryIpCount(project)];

describe('the census of a project', () => {
  it('agrees with the state through creations, renamings and deletions', () => {
    const project = emptyProject('p');
    const [one, two] = [server(1, 'one'), server(2, 'two')];
    enterServer(project, one);
    enterServer(project, two);
    enterPrimaryIp(project, ip(3));
    renameServer(project, one, 'first');
    strikeServer(project, two);
    strikeServer(project, two);
    strikePrimaryIp(project, ip(4));
    expect(counted(project)).toEqual([1, 1]);
    expect(['one', 'first', 'two'].map((name) => isServerName(project, name))).toEqual([false, true, false]);
    expect(Object.keys(project.servers)).toEqual(['1']);
  });

  it('counts what a restored project brings along', () => {
    const restored = { ...emptyProject('p'), servers: { 1: server(1, 'one') }, primaryIps: { 2: ip(2) } };
    expect([...counted(restored), isServerName(restored, 'one')]).toEqual([1, 1, true]);
    strikePrimaryIp(restored, ip(2));
    expect(counted(restored)).toEqual([1, 0]);
  });
});
